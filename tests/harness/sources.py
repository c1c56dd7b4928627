"""The project read as text and as syntax trees, for the tests of its own rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUR_APPS = ("actors", "asv_platform", "diagnostics", "evaluation", "programmation")


def our_sources() -> Iterator[Path]:
    """Every Python file of the project, migrations and tests left out."""
    for package in (*OUR_APPS, "scripts"):
        yield from (path for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts)


def our_tests() -> Iterator[Path]:
    """Every Python file of the suite."""
    yield from sorted((ROOT / "tests").rglob("*.py"))


def our_templates() -> Iterator[Path]:
    """Every template of the project."""
    for folder in ("templates", *OUR_APPS):
        for extension in ("html", "txt", "svg"):
            yield from sorted(path for path in (ROOT / folder).rglob(f"*.{extension}") if "data" not in path.parts)


def our_assets() -> Iterator[Path]:
    """The stylesheets and scripts written here; vendored ones are left out."""
    for extension in ("css", "js"):
        for path in sorted((ROOT / "static").rglob(f"*.{extension}")):
            if "vendor" not in path.parts:
                yield path


def our_documents() -> Iterator[Path]:
    """Every page of documentation."""
    for folder in ("docs", *OUR_APPS, "static"):
        yield from sorted((ROOT / folder).rglob("*.md"))
    yield from sorted(ROOT.glob("*.md"))


def name(path: Path) -> str:
    """The path as a person would write it."""
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
