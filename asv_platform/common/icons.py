"""The icons: one SVG file each under ``static/icons``, read once and written inside the page."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString

# The two drawings of the thread are not icons: they replace the bead of a knot.
LOOP = (
    '<svg class="loop {extra}" viewBox="0 0 56 24" aria-hidden="true" focusable="false">'
    '<path d="M0 14H9C17 14 19 3 29 3c9 0 12 7 9 12-3 6-14 6-18 0-3-5 1-9 8-9 9 0 11 8 20 8H56"/></svg>'
)
CUT = SafeString(
    '<svg class="cut" viewBox="0 0 84 28" aria-hidden="true" focusable="false">'
    '<path d="M0 11C15 11 21 13 23 18c1 3 0 5-2 9M84 11C69 11 63 13 61 18c-1 3 0 5 2 9'
    'M23 18c2 3 3 5 3 9M61 18c-2 3-3 5-3 9"/><circle cx="42" cy="11" r="7"/></svg>'
)
FOLDER = Path(settings.BASE_DIR) / "static" / "icons"


class UnknownIcon(KeyError):
    """No file of that name under ``static/icons``."""


@cache
def icon_paths(name: str) -> str:
    """What is drawn inside the SVG of this icon; UnknownIcon when there is no such file."""
    path = FOLDER / f"{name}.svg"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise UnknownIcon(name)
    text = path.read_text()
    return text[text.index(">") + 1 : text.rindex("</svg>")]


def icon_svg(name: str) -> SafeString:
    """The icon as decoration: a word always stands beside it, so assistive tools skip it."""
    drawing = icon_paths(name)
    return SafeString(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{drawing}</svg>')
