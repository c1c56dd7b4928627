"""French microtypography over finished HTML: text nodes only, never tags, attributes or styles."""

import re
from collections.abc import Callable

THIN = "\u202f"  # narrow no-break space
HARD = "\u00a0"  # no-break space
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
UNITS = "ans|an|mois|jours|jour|h|min|km|m²|personnes|habitants|actions|séances|enfants"
NUMBERED = r"n°|p\.|M\.|Mme|art\.|QPV|[Pp]riorité|[Aa]ction|[ÉEé]dition|chapitre|page"

RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in [
        (rf"[ {HARD}]([;:!?»%€])", THIN + r"\1"),
        (rf"«[ {HARD}]", "«" + THIN),
        (rf"(?<=\d)[ {HARD}](?=\d{{3}}(?!\d))", THIN),
        (r"(?<=[A-Za-zÀ-ÿ])(?:'|&#x27;|&#39;)(?=[A-Za-zÀ-ÿ«])", "’"),  # as typed, or as Django escapes it
        (rf"\b(\d{{1,2}}|1er) (?=(?:{MONTHS})\b)", r"\1" + HARD),
        (rf"(?<=\d) (?=(?:{UNITS})\b)", HARD),
        (rf"\b({NUMBERED}) (?=[\dA-ZÉ])", r"\1" + HARD),
        (r" [–-] ", HARD + "– "),
        (rf"(?<=\d)[ {HARD}]h (?=\d)", HARD + "h" + HARD),
        (r" (à|y|ou|et|de) (?=\d)", r" \1" + HARD),
    ]
]
ORDINAL = re.compile(r"\b1er\b")
# An element of HTML, a superscript ends a drawing in the middle.
DRAWING = re.compile(r"(<svg\b.*?</svg>)", re.S)
# A document's title goes to its metadata as it is; an SVG's becomes the alternative text of a figure.
MARKUP = re.compile(r"(<style.*?</style>|<title>.*?</title>|<desc>.*?</desc>|<[^>]*>)", re.S)


def french(html: str) -> str:
    """The same document with the no-break spaces and apostrophes that French printing expects."""
    pieces = DRAWING.split(html)
    pieces[::2] = [_each_text(piece, _set_prose) for piece in pieces[::2]]
    pieces[1::2] = [_each_text(piece, _set) for piece in pieces[1::2]]
    return "".join(pieces)


def _each_text(html: str, change: Callable[[str], str]) -> str:
    parts = MARKUP.split(html)
    parts[::2] = [change(text) if text.strip() else text for text in parts[::2]]
    return "".join(parts)


def _set(text: str) -> str:
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def _set_prose(text: str) -> str:
    return ORDINAL.sub("1<sup>er</sup>", _set(text))
