"""What surrounds every member page: the thread in the header, the navigation, the person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from asv_platform.console.navigation import MAIN, SECONDARY, STAGES, Entry
from asv_platform.console.stages import stage_captions
from asv_platform.territories.models import Asv


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    current: bool
    icon: str = ""
    caption: str = ""
    children: tuple["Link", ...] = ()


@dataclass(frozen=True)
class Frame:
    """The frame of a member page; built from the URL and one query for the captions."""

    asv: Asv
    stages: tuple[Link, ...]
    nav: tuple[Link, ...]
    secondary: tuple[Link, ...]
    account: tuple[Link, ...]
    user_label: str
    search_url: str


def build_frame(request, asv: Asv) -> Frame:
    """The frame of the page that ``request`` asks for."""
    match = request.resolver_match
    view_name = match.view_name if match else ""
    captions = stage_captions(asv)
    return Frame(
        asv=asv,
        stages=tuple(_link(entry, asv, view_name, captions.get(entry.label, "")) for entry in STAGES),
        nav=tuple(_link(entry, asv, view_name) for entry in MAIN),
        secondary=tuple(_link(entry, asv, view_name) for entry in SECONDARY),
        account=tuple(account_links(request.user, asv)),
        user_label=str(request.user),
        search_url=reverse("console:search", kwargs={"asv": asv.slug}),
    )


def account_links(user, asv: Asv | None = None) -> Iterator[Link]:
    """Where a person goes from any page: their account, their other ASV, the site of operators."""
    yield Link("Mon compte", reverse("account"), current=False, icon="user")
    for other in user.asvs:
        if asv is None or other.pk != asv.pk:
            yield Link(
                f"ASV {other}", reverse("console:dashboard", kwargs={"asv": other.slug}), False, icon="arrow-right"
            )
    if user.is_superuser:
        yield Link("Administration", reverse("admin:index"), current=False, icon="settings")


def _link(entry: Entry, asv: Asv, view_name: str, caption: str = "") -> Link:
    current = entry.holds(view_name)
    children = entry.children if current else ()
    return Link(
        label=entry.label,
        url=reverse(entry.url_name, kwargs={"asv": asv.slug}),
        current=current,
        icon=entry.icon,
        caption=caption,
        children=tuple(_link(child, asv, view_name) for child in children),
    )
