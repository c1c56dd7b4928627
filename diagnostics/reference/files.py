"""The shipped files, read as their producers published them. Origin and licence: data/README.md."""

import csv
import hashlib
import json
import lzma
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
# Raised when the same files must give other rows: the fingerprint changes, so the next run loads again.
LOADER_VERSION = 1
SPACES = str.maketrans("", "", " \u00a0\u202f\u2009")
# What producers write in a cell they withhold: an empty cell, « s » (secret), « nd » (not available), « . ».
WITHHELD = {"", "s", "nd", ".", "ns"}


class Unreadable(ValueError):
    """A cell that is neither a number nor a known way of withholding one."""


@dataclass(frozen=True)
class Line:
    """One line of a published file: where it stands, and its cells by trimmed header."""

    number: int
    cells: dict[str, str]


def fingerprint() -> str:
    """Identity of the shipped files and of the rules that load them."""
    digest = hashlib.sha256(f"loader {LOADER_VERSION}".encode())
    for path in sorted([*DATA_DIR.glob("*.xz"), DATA_DIR / "indicators.json"]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def definitions() -> list[dict]:
    """The indicators of indicators.json, in their order."""
    return json.loads((DATA_DIR / "indicators.json").read_text(encoding="utf-8"))["indicators"]


def read_lines(name: str) -> list[Line]:
    """The data lines of ``<name>.xz``, whatever the separator, byte-order mark or trailing semicolons."""
    text = lzma.decompress((DATA_DIR / f"{name}.xz").read_bytes()).decode("utf-8-sig")
    return parse_lines(text)


def parse_lines(text: str) -> list[Line]:
    """The data lines of a published table; columns without a header are dropped, headers are trimmed."""
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if first.count(";") > first.count(",") else ",")
    headers = [header.strip() for header in next(reader)]
    named = [(position, header) for position, header in enumerate(headers) if header]
    return [
        Line(reader.line_num, {header: row[position] for position, header in named if position < len(row)})
        for row in reader
        if any(cell.strip() for cell in row)
    ]


def number(cell: str) -> Decimal | None:
    """« 1 234,5 » → 1234.5; None when the producer withheld the cell. Raises Unreadable."""
    compact = cell.translate(SPACES).replace(",", ".").replace("\u2212", "-")
    if compact.lower() in WITHHELD:
        return None
    try:
        value = Decimal(compact)
    except InvalidOperation:
        raise Unreadable(cell) from None
    if not value.is_finite():
        raise Unreadable(cell)
    return value
