"""SVG for print: one unit is one millimetre, presentation attributes only, ``<title>`` first (it becomes the Alt).

WeasyPrint sets SVG text glyph by glyph: words live in HTML cells, marks live here.
"""

import base64
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

INK, MUTED, THREAD, RULE, TINT = "#22304A", "#5B6475", "#B3261E", "#C9CDD5", "#F5F2EB"
RAMP = ("#22304A", "#566789", "#8D9BB5", "#BDC6D6", "#E4E8EF")
"""One hue, five luminances: it survives a photocopy."""

FONT = "Fil Sans"


def n(value: float) -> str:
    """A coordinate, to a hundredth of a millimetre, without useless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def figure(width: float, height: float, title: str, body: str | Iterable[str], *, css: str = "") -> SafeString:
    """A whole drawing. ``title`` is what somebody who does not see it is told."""
    content = body if isinstance(body, str) else "".join(body)
    css_class = f' class="{css}"' if css else ""
    return SafeString(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}mm" '
        f'height="{n(height)}mm" role="img" font-family="{FONT}" font-size="2.9" fill="{INK}"{css_class}>'
        f"<title>{escape(title)}</title>{content}</svg>"
    )


def rect(x: float, y: float, w: float, h: float, fill: str = INK, extra: str = "") -> str:
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(max(w, 0))}" height="{n(h)}" fill="{fill}"{extra}/>'


def line(x1: float, y1: float, x2: float, y2: float, stroke: str = INK, width: float = 0.25) -> str:
    return f'<line x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}" stroke="{stroke}" stroke-width="{width}"/>'


def text(
    x: float, y: float, label: object, size: float = 2.9, *, anchor: str = "start", fill: str = INK, weight: int = 400
) -> str:
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-family="{FONT}" font-size="{size}" text-anchor="{anchor}" fill="{fill}" '
        f'font-weight="{weight}">{escape(str(label))}</text>'
    )


def circle(cx: float, cy: float, r: float, fill: str = INK, stroke: str = "none", width: float = 0) -> str:
    return f'<circle cx="{n(cx)}" cy="{n(cy)}" r="{n(r)}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'


def path(d: str, *, fill: str = "none", stroke: str = "none", width: float = 0, extra: str = "") -> str:
    return f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"{extra}/>'


def background(body: str, width: float, height: float) -> str:
    """A drawing as a CSS image: an artifact of the page, that no reader reads aloud."""
    raw = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" '
        f'width="{n(width)}mm" height="{n(height)}mm">{body}</svg>'
    )
    return f'url("data:image/svg+xml;base64,{base64.b64encode(raw.encode()).decode()}")'
