"""Files that are not what they say, and files that are not for the one who asks."""

import io
import re
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.urls import reverse

from asv_platform.common.forms import MAX_UPLOAD, UploadField
from asv_platform.territories.scoping import asv_scope
from programmation.models import ProposalPiece
from tests.factories.actors import OrganisationFactory, PartnerAccessFactory
from tests.factories.programmation import CallFactory, ProgrammeFactory, ProposalFactory

PDF = b"%PDF-1.4\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 60
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>zz()</script></svg>"


def zipped(name: str, content: bytes, *others: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
        for other in others:
            archive.writestr(other, b"x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rib.pdf", b""),
        ("rib.pdf", b"x"),
        ("rib.pdf", SVG),
        ("rib.pdf", b"<!doctype html><script>zz()</script>"),
        ("rib.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("rib.pdf", PNG),
        ("rib.svg", SVG),
        ("rib.html", PDF),
        ("rib.pdf.exe", PDF),
        ("rib", PDF),
        (".pdf", b"\x00" * 20),
        ("rib.png", PDF),
        ("rib.docx", PDF),
        ("rib.docx", b"PK\x03\x04" + b"\x00" * 50),
        ("rib.docx", zipped("x", b"x")),
        ("rib.docx", zipped("[Content_Types].xml", b"x", "word/vbaProject.bin")),
        ("rib.xlsx", zipped("mimetype", b"x")),
        ("rib.odt", zipped("[Content_Types].xml", b"x")),
        ("rib.docm", zipped("word/vbaProject.bin", b"x")),
        ("rib.zip", zipped("x", b"x")),
        ("rib.\u202efdp", PDF),
    ],
)
def test_file_that_lies_is_refused_in_french(name, content):
    with pytest.raises(ValidationError) as refusal:
        UploadField().clean(SimpleUploadedFile(name, content))

    assert any(word in refusal.value.messages[0] for word in ("fichier", "contenu", "Formats"))


def test_file_too_large_is_refused_without_being_read():
    with TemporaryUploadedFile("rib.pdf", "application/pdf", MAX_UPLOAD + 1, None) as file:
        file.write(PDF)
        with pytest.raises(ValidationError, match="dépasse 10 Mo"):
            UploadField().clean(file)


def test_zip_bomb_is_not_opened():
    bomb = zipped("word/document.xml", b"\x00" * 50_000_000, "[Content_Types].xml")

    assert UploadField().clean(SimpleUploadedFile("bilan.docx", bomb)).size < 100_000


@pytest.mark.parametrize(("name", "proof"), [("a.docx", "[Content_Types].xml"), ("a.ods", "mimetype")])
def test_document_is_accepted_and_left_at_its_beginning(name, proof):
    file = UploadField().clean(SimpleUploadedFile(name, zipped(proof, b"x")))

    assert file.read(2) == b"PK"


@pytest.fixture
def draft(blanc_mesnil):
    """A proposal being written."""
    organisation = OrganisationFactory(asv=blanc_mesnil)
    call = CallFactory(programme=ProgrammeFactory(asv=blanc_mesnil))
    return ProposalFactory(call=call, organisation=organisation, draft=True)


@pytest.fixture
def partner(draft):
    """Who writes it."""
    return PartnerAccessFactory(organisation=draft.organisation).user


NAMES = [
    "../../etc/cron.d/x.pdf",
    "..\\..\\x.pdf",
    "/etc/x.pdf",
    "a" * 500 + ".pdf",
    "\u202efdp.pdf",
    "<b>.pdf",
    'x"; y=".pdf',
]


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_name_of_a_file_leads_nowhere(client, draft, partner, name):
    """The file lands in its own folder under a name that nobody chose, and comes back as an attachment."""
    client.force_login(partner)

    response = send_raw(client, reverse("partner:piece_add", kwargs={"pk": draft.pk}), name)

    assert response.status_code == 302, response.content.decode()[:500]
    with asv_scope(draft.asv_id):
        piece = ProposalPiece.objects.get()
    assert re.fullmatch(rf"pieces/{draft.asv_id}/[0-9a-f]{{32}}\.pdf", piece.file.name)
    got = client.get(reverse("partner:piece_download", kwargs={"pk": piece.pk}))
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(got.streaming_content) == PDF


@pytest.mark.django_db
def test_piece_has_no_address_but_its_own_page(client, draft, partner, charlie):
    client.force_login(partner)
    send_raw(client, reverse("partner:piece_add", kwargs={"pk": draft.pk}), "rib.pdf")
    with asv_scope(draft.asv_id):
        piece = ProposalPiece.objects.get()

    assert client.get(f"/media/{piece.file.name}").status_code == 404
    client.force_login(charlie)
    assert client.get(reverse("partner:piece_download", kwargs={"pk": piece.pk})).status_code == 404


def send_raw(client, path: str, name: str):
    """What a browser would never send: Django’s client cleans the names of files."""
    quoted = name.replace('"', "%22")
    parts = [
        b'--zz\r\nContent-Disposition: form-data; name="kind"\r\n\r\nbank_details\r\n',
        f'--zz\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'.encode(),
        b"Content-Type: text/html\r\n\r\n" + PDF + b"\r\n--zz--\r\n",
    ]
    return client.generic("POST", path, b"".join(parts), content_type="multipart/form-data; boundary=zz")
