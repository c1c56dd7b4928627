"""HTML to PDF: nothing fetched from elsewhere, the same bytes, no WeasyPrint in the web processes."""

import os
import re
import subprocess
import sys
import zlib

import pytest
from django.conf import settings

from asv_platform.reporting import rendering
from asv_platform.reporting.rendering import PDF_ASSETS, AttachedFile, ForbiddenAddress, check_address, render_pdf

PAGE = '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Essai</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/secret",
        "https://exemple.fr/logo.png",
        "ftp://exemple.fr/logo.png",
        "file:///etc/passwd",
        (settings.BASE_DIR / "pyproject.toml").as_uri(),
        PDF_ASSETS.as_uri() + "/../../pyproject.toml",
        PDF_ASSETS.as_uri() + "/%2e%2e/%2e%2e/pyproject.toml",
        "file://ailleurs" + str(PDF_ASSETS / "page.css"),
    ],
)
def test_address_outside_the_permitted_folders_is_refused(address):
    with pytest.raises(ForbiddenAddress):
        check_address(address)


@pytest.mark.parametrize(
    "address", [(PDF_ASSETS / "fonts" / "FilSans-Regular.ttf").as_uri(), "data:image/png;base64,iVBORw0KGgo="]
)
def test_address_of_our_own_files_is_permitted(address):
    check_address(address)


@pytest.mark.pdf
def test_foreign_image_is_left_out_and_the_document_still_made(tmp_path):
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')

    with_image = render_pdf(PAGE.format(f'<p>Texte</p><img src="{secret.as_uri()}" alt="">'))

    assert with_image.page_count == 1
    assert b"/Subtype /Form" not in with_image.content


@pytest.mark.pdf
def test_rendering_twice_gives_the_same_bytes():
    attached = [AttachedFile("chiffres.csv", "n°;valeur\r\n1;2\r\n", "Les chiffres")]

    first = render_pdf(PAGE.format("<p>Texte</p>"), attachments=attached)
    second = render_pdf(PAGE.format("<p>Texte</p>"), attachments=attached)

    assert first == second
    assert first.content.startswith(b"%PDF-1.7")


def fonts_of(pdf: bytes) -> set[str]:
    """The families of a document; their objects are compressed."""
    text = b"".join(
        zlib.decompressobj().decompress(found) for found in re.findall(rb"stream\n(\x78.*?)endstream", pdf, re.S)
    )
    return {name.decode() for name in re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", text)}


# The test settings are not those of anybody: what people receive is made under these.
@pytest.mark.pdf
@pytest.mark.parametrize("module", ["dev", "production"])
def test_documents_are_set_in_our_font_wherever_they_are_made(module, tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"asv_platform.settings.{module}",
        "SECRET_KEY": "k3-" + "aB9?" * 20,
        "ALLOWED_HOSTS": "localhost",
        "VAR_DIR": str(tmp_path),
    }
    code = (
        "import sys, django; django.setup(); from asv_platform.reporting.rendering import render_pdf;"
        f"sys.stdout.buffer.write(render_pdf({PAGE.format('<p>Texte</p>')!r}).content)"
    )
    command = [sys.executable, "-c", code]

    pdf = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE).stdout

    assert fonts_of(pdf) == {"Fil-Sans", "Fil-Sans-Semi-Bold"}


@pytest.mark.pdf
def test_no_document_is_made_without_its_fonts(monkeypatch):
    rendering.the_engine.cache_clear()
    monkeypatch.setattr(rendering, "_permitted_folders", list)

    with pytest.raises(rendering.AssetsMissing, match="Fil Sans"):
        render_pdf(PAGE.format("<p>Texte</p>"))


def test_importing_the_site_does_not_load_weasyprint():
    code = "import django; django.setup(); import asv_platform.urls, sys; sys.exit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False).returncode == 0
