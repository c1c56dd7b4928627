"""The formats of ``asv_platform.common.formats`` as template filters, available in every template."""

from collections.abc import Callable

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString

from asv_platform.common import formats

register = template.Library()
MISSING = SafeString('<span aria-hidden="true">–</span><span class="visually-hidden">non renseigné</span>')

FILTERS: dict[str, Callable[..., str]] = {
    "money": formats.money,
    "signed": formats.signed,
    "number": formats.number,
    "percent": formats.percent,
    "file_size": formats.file_size,
    "date_long": formats.date_long,
    "date_short": formats.date_short,
    "date_numeric": formats.date_numeric,
    "datetime": formats.date_time,
    "hour": formats.time,
    "month": formats.month,
    "phone": formats.phone,
    "join_and": formats.join_and,
    "shorten": formats.shorten,
    "short_place": formats.short_place,
}
for name, function in FILTERS.items():
    register.filter(name, function)


@register.filter
def typo(text: object) -> str:
    """French spaces and apostrophes of a plain text; HTML comes back untouched, its attributes are not prose."""
    return text if isinstance(text, SafeString) else formats.typo(str(text))


@register.filter
def plural(count: int | None, words: str) -> str:
    """``{{ n|plural:"proposition" }}`` or ``{{ n|plural:"travail,travaux" }}``: the number and its word."""
    singular, _, many = words.partition(",")
    return formats.plural(count, singular, many)


@register.filter
def agree(count: int | None, endings: str = ",s") -> str:
    """``retenue{{ n|agree }}``: the ending only; ``agree:"al,aux"`` for other plurals. 0 is singular."""
    singular, _, many = endings.partition(",")
    return singular if abs(count or 0) < 2 else many


@register.filter
def breakable(text: object) -> str:
    """A text whose lines may break at every space: for columns narrower than « 18 novembre 2026 »."""
    return str(text).replace("\xa0", " ")


@register.filter
def until(start, end) -> str:
    """``{{ starts_on|until:ends_on }}``: the period in words."""
    return formats.period(start, end)


@register.filter
def nl2p(text: str | None) -> SafeString:
    """Paragraphs from blank lines, line breaks from single ones; everything else is escaped."""
    blocks = [block.strip() for block in str(text or "").replace("\r\n", "\n").split("\n\n")]
    paragraphs = ((format_html_join(SafeString("<br>"), "{}", ((line,) for line in block.split("\n"))),)
                  for block in blocks if block)  # fmt: skip
    return format_html_join("\n", "<p>{}</p>", paragraphs)


@register.filter
def dash(value) -> str:
    """The value, or a dash that a screen reader says aloud as missing."""
    if value is None or value == "":
        return MISSING
    return conditional_escape(value)


@register.filter
def lower_first(text: str) -> str:
    """The text with a small first letter, to go on with a sentence; an acronym keeps its capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
