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


class AssetsMissing(RuntimeError):
    """Our own stylesheets or fonts could not be read as they are written."""


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
class Engine:
    """What every rendering shares."""

    weasyprint: Any
    fonts: Any
    fetcher: Any
    stylesheets: list


def render_pdf(html: str, *, attachments: Sequence[AttachedFile] = ()) -> RenderedPdf:
    """Render a complete HTML document as PDF/UA-1. The same input gives the same bytes.

    Images may come from static/pdf, MEDIA_ROOT and data: addresses; anything else is left out. Raises AssetsMissing
    when our own stylesheets or fonts cannot be read: in another font, pages overflow.
    """
    with _lock, _no_garbage_collection():
        engine = the_engine()
        document = engine.weasyprint.HTML(
            string=html, base_url=PDF_ASSETS.as_uri() + "/", url_fetcher=engine.fetcher
        ).render(stylesheets=engine.stylesheets, font_config=engine.fonts, **VARIANT)
        document.metadata.attachments += [_attachment(engine, file) for file in attachments]
        content = document.write_pdf(**VARIANT)
    return RenderedPdf(content, hashlib.sha256(content).hexdigest(), len(document.pages))


@lru_cache(maxsize=1)
def the_engine() -> Engine:
    """WeasyPrint with our stylesheets and fonts, read once for the process. Raises AssetsMissing."""
    import weasyprint  # noqa: PLC0415 -- slow import, and only workers render
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 -- slow import, and only workers render

    # One line for each step of each page says nothing to an operator; refused addresses stay warnings.
    logging.getLogger("weasyprint.progress").setLevel(logging.WARNING)
    fonts, fetcher = FontConfiguration(), _fetcher(weasyprint)
    with _warnings_refused():
        stylesheets = [
            weasyprint.CSS(filename=PDF_ASSETS / name, font_config=fonts, url_fetcher=fetcher) for name in STYLESHEETS
        ]
    return Engine(weasyprint, fonts, fetcher, stylesheets)


class _Kept(logging.Handler):
    """Keeps what is said."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@contextmanager
def _warnings_refused() -> Iterator[None]:
    """WeasyPrint warns and goes on, in whatever font the machine has."""
    kept, logger = _Kept(), logging.getLogger("weasyprint")
    logger.addHandler(kept)
    try:
        yield
    finally:
        logger.removeHandler(kept)
    if kept.said:
        raise AssetsMissing(" ; ".join(kept.said))


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
    return [Path(folder).resolve() for folder in (PDF_ASSETS, settings.MEDIA_ROOT)]


def _attachment(engine: Engine, file: AttachedFile) -> Any:
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
