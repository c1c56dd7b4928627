from django import template

register = template.Library()


@register.filter
def siret(number: str) -> str:
    """``732 829 320 00074``: the SIREN in threes, then the establishment."""
    return "\u00a0".join((number[0:3], number[3:6], number[6:9], number[9:])) if len(number) == 14 else number


@register.filter
def bare_url(address: str) -> str:
    """The web address as people say it: without scheme nor final slash."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
