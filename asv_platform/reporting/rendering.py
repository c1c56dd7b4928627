"""HTML in, tagged PDF out. Nothing here reads the database, the clock or the network.

WeasyPrint is imported on the first rendering only: web processes never load it.
"""

import gc
import hashlib
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

VARIANT = {"pdf_variant": "pdf/ua-1", "pdf_tags": True, "optimize_images": True, "dpi": 150, "jpeg_quality": 80}
PDF_ASSETS = settings.BASE_DIR / "static" / "pdf"
STYLESHEETS = ("page.css", "text.css", "report.css", "note.css")

# Fonts and stylesheets are shared, and pango is not re-entrant: one rendering at a time in a process.
_lock = threading.Lock()


class ForbiddenAddress(ValueError):
    """A document asked for something else than the files it may show."""


@dataclass(frozen=True)
class AttachedFile:
    """A file embedded in the PDF: the data behind its figures."""

    name: str
    content: str
    description: str


@dataclass(frozen=True)
class RenderedPdf:
    """A finished document and what identifies it."""

    content: bytes
    sha256: str
    page_count: int


@dataclass(frozen=True)
class _Engine:
    weasyprint: Any
    fonts: Any
    fetcher: Any
    stylesheets: list


def render_pdf(html: str, *, attachments: Sequence[AttachedFile] = ()) -> RenderedPdf:
    """Render a complete HTML document as PDF/UA-1. The same input gives the same bytes.

    Images and fonts may come from static/pdf, STATIC_ROOT, MEDIA_ROOT and data: addresses; anything else is left out.
    """
    with _lock, _no_garbage_collection():
        engine = _engine()
        document = engine.weasyprint.HTML(
            string=html, base_url=PDF_ASSETS.as_uri() + "/", url_fetcher=engine.fetcher
        ).render(stylesheets=engine.stylesheets, font_config=engine.fonts, **VARIANT)
        document.metadata.attachments += [_attachment(engine, file) for file in attachments]
        content = document.write_pdf(**VARIANT)
    return RenderedPdf(content, hashlib.sha256(content).hexdigest(), len(document.pages))


@lru_cache(maxsize=1)
def _engine() -> _Engine:
    import weasyprint  # noqa: PLC0415 -- slow import, and only workers render
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- slow import, and only workers render

    # One line for each step of each page says nothing to an operator; refused addresses stay warnings.
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    fonts, fetcher = FontConfiguration(), _fetcher(weasyprint)
    stylesheets = [
        weasyprint.CSS(filename=PDF_ASSETS / name, font_config=fonts, url_fetcher=fetcher) for name in STYLESHEETS
    ]
    return _Engine(weasyprint, fonts, fetcher, stylesheets)


def _fetcher(weasyprint: Any) -> Any:
    class OwnFilesOnly(weasyprint.urls.URLFetcher):
        """Refuses every address outside the project's own files (SSRF, file disclosure)."""

        def fetch(self, url, headers=None):
            check_address(url)
            return super().fetch(url, headers)

    return OwnFilesOnly(allowed_protocols={"file", "data"}, allow_redirects=False)


def check_address(url: str) -> None:
    """Raise ForbiddenAddress unless ``url`` is a data: address or a file under one of the permitted folders."""
    parts = urlsplit(url)
    if parts.scheme == "data":
        return
    if parts.scheme == "file" and parts.netloc in {"", "localhost"}:
        path = Path(unquote(parts.path)).resolve()
        if any(path.is_relative_to(root) for root in _permitted_folders()):
            return
    raise ForbiddenAddress(f"Adresse refusée dans un document : {url[:120]}")


def _permitted_folders() -> list[Path]:
    return [Path(folder).resolve() for folder in (PDF_ASSETS, settings.STATIC_ROOT, settings.MEDIA_ROOT)]


def _attachment(engine: _Engine, file: AttachedFile) -> Any:
    return engine.weasyprint.Attachment(
        string=file.content, name=file.name, description=file.description, relationship="Data"
    )


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A rendering makes many objects that all live until its end: collecting meanwhile costs 14 % and frees nothing.
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
