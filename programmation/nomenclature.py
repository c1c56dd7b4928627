"""The official budget grid (Cerfa 12156, Dauphin): versioned data, one file a version under ``data/``."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CURRENT = "dauphin-8"
FOLDER = Path(__file__).parent / "data"
GRANTS = "74"
IN_KIND_USES = "86"
IN_KIND_RESOURCES = "87"


@dataclass(frozen=True)
class GridLine:
    """One official line: ``shown_code`` is what people read, empty for the portal's own codes."""

    code: str
    label: str

    @property
    def shown_code(self) -> str:
        return self.code if self.code[0].isdigit() and len(self.code) == 3 else ""


@dataclass(frozen=True)
class Post:
    """A post (60, 61 … 87) and its lines."""

    code: str
    label: str
    lines: tuple[GridLine, ...]

    @property
    def shown_code(self) -> str:
        return self.code if self.code.isdigit() else ""

    @property
    def is_in_kind(self) -> bool:
        """Voluntary contributions (86 and 87): balanced between themselves, outside the totals."""
        return self.code in {IN_KIND_USES, IN_KIND_RESOURCES}


@dataclass(frozen=True)
class Nomenclature:
    """One version of the grid."""

    version: str
    label: str
    charges: tuple[Post, ...]
    products: tuple[Post, ...]

    def posts(self, side: str) -> tuple[Post, ...]:
        return self.charges if side == "charge" else self.products

    def post_of(self, side: str, code: str) -> str:
        """The post of a line; the first two digits for a line that this version does not know."""
        return self._posts_by_line.get((side, code), code[:2])

    @property
    def _posts_by_line(self) -> dict[tuple[str, str], str]:
        return _index(self.version)

    @property
    def grants(self) -> Post:
        """The post 74: one line a funder."""
        return next(post for post in self.products if post.code == GRANTS)


@cache
def nomenclature(version: str = CURRENT) -> Nomenclature:
    """The grid of this version; KeyError when no such file is shipped."""
    path = FOLDER / f"nomenclature-{version}.json"
    if version not in versions():
        raise KeyError(version)
    data = json.loads(path.read_text())
    return Nomenclature(version, data["label"], _posts(data["charges"]), _posts(data["products"]))


@cache
def versions() -> frozenset[str]:
    """The versions shipped with the application."""
    return frozenset(path.stem.removeprefix("nomenclature-") for path in FOLDER.glob("nomenclature-*.json"))


def _posts(rows: list[dict]) -> tuple[Post, ...]:
    return tuple(
        Post(row["code"], row["label"], tuple(GridLine(line["code"], line["label"]) for line in row["lines"]))
        for row in rows
    )


@cache
def _index(version: str) -> dict[tuple[str, str], str]:
    grid = nomenclature(version)
    return {
        (side, line.code): post.code
        for side in ("charge", "product")
        for post in grid.posts(side)
        for line in post.lines
    }
