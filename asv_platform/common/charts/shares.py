"""Parts of a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString

from asv_platform.common import formats
from asv_platform.common.charts.base import Chart, drawing, rect, sentence, short, text


@dataclass(frozen=True)
class Share:
    """One part of a whole."""

    label: str
    value: float
    text: str = ""


# Greys and hatches apart enough to be told in black and white; the label stands in or under each part.
SHARE_TONES = ("ink", "better", "past", "worse", "bg")


def stacked_share(title: str, shares: Sequence[Share], *, desc: str = "", width: float = 620) -> Chart:
    """One bar cut in parts, its key under it; parts are framed, so they stay apart in greyscale."""
    total = sum(share.value for share in shares) or 1
    parts, x = [], 0.0
    rows = []
    for index, share in enumerate(shares):
        tone = SHARE_TONES[index % len(SHARE_TONES)]
        wide = share.value / total * width
        part = formats.percent(share.value / total * 100, 0)
        parts.append(rect(x + 0.5, 4, wide - 1, 30, tone, framed=True))
        if wide > 44:
            parts.append(
                text(x + wide / 2, 24, part, tone="on" if tone == "ink" else "ink", anchor="middle", bold=True)
            )
        y = 58 + index * 24
        parts.append(rect(0, y - 12, 20, 15, tone, framed=True))
        parts.append(text(30, y, f"{share.label}, {share.text or formats.number(share.value)} ({part})"))
        rows.append([share.label, share.text or formats.number(share.value), part])
        x += wide
    described = desc or sentence([(row[0], row[2]) for row in rows])
    svg = drawing(parts, width, 52 + len(shares) * 24, title, described)
    return Chart(title, svg, ["", "Valeur", "Part"], rows)


def meter(share: float, label: str, *, width: float = 300) -> SafeString:
    """A share of a whole, 0 to 100; past 100 the excess is drawn in the colour of danger, after a gap."""
    share = max(float(share or 0), 0)
    scale = width / max(share, 100)
    parts = [rect(0, 0, 100 * scale, 8, "bg", radius=0), rect(0, 0, min(share, 100) * scale, 8, "ink", radius=0)]
    if share > 100:
        parts.append(rect(100 * scale + 2, 0, (share - 100) * scale - 2, 8, "bad", radius=1))
    body = "".join(parts)
    return SafeString(
        f'<svg class="chart meter" viewBox="0 0 {short(width)} 8" preserveAspectRatio="none" role="img" '
        f'aria-label="{escape(label)} : {escape(formats.percent(share, 0))}">{body}</svg>'
    )
