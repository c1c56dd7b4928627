"""An elected member reads the note: attached to a mail, then through a link, until the link is closed."""

import re

import pytest
from django.urls import reverse

from asv_platform.reporting.enums import EditionState
from asv_platform.reporting.models import Delivery, Edition
from tests.factories.reporting import RecipientFactory
from tests.harness.browser import assert_fits_width, assert_no_axe_violations, save
from tests.harness.verapdf import assert_pdf_ua

SLUG = "le-blanc-mesnil-dugny"
EMAIL = "elue@exemple.fr"
READY = {EditionState.DRAFT: "preview", EditionState.ISSUED: "file"}


@pytest.fixture
def elected(blanc_mesnil):
    return RecipientFactory(asv=blanc_mesnil, name="Hélène Marchetti", email=EMAIL)


def assert_valid_pdf(content: bytes, folder) -> None:
    """A file that a PDF reader opens, tagged for those who listen to it."""
    path = folder / "recu.pdf"
    path.write_bytes(content)
    assert_pdf_ua(path)


def edition_page(page, name: str, pk: int) -> None:
    page.goto(reverse(f"reporting:{name}", kwargs={"asv": SLUG, "pk": pk}))


def issue_a_note(page, worker) -> Edition:
    page.goto(reverse("reporting:edition_prepare_note", kwargs={"asv": SLUG}))
    page.locator("main [name=headline]").fill("Une année de plus près de chez soi")
    save(page)
    edition = Edition._base_manager.get()
    worker.wait_until(lambda: bool(Edition._base_manager.get().preview))
    edition_page(page, "edition_issue", edition.pk)
    save(page)
    worker.wait_until(lambda: bool(Edition._base_manager.get().file))
    return Edition._base_manager.get()


def send_the_note(page, edition, channel: str) -> None:
    edition_page(page, "edition_send", edition.pk)
    page.locator(f"main [name=channel][value={channel}]").check()
    save(page)


@pytest.mark.pdf
def test_elected_member_reads_the_note(page, phone, log_in, alice, elected, mailbox, worker, tmp_path):
    log_in(page, alice)
    edition = issue_a_note(page, worker)
    send_the_note(page, edition, "attachment")
    worker.wait_until(lambda: bool(mailbox.to(EMAIL)))
    attached = next(mailbox.to(EMAIL)[0].iter_attachments())
    assert attached.get_content_type() == "application/pdf"
    assert edition.page_count == 1
    assert_valid_pdf(attached.get_content(), tmp_path)

    # Who has the file needs no link: another reader receives one.
    Delivery._base_manager.all().delete()
    send_the_note(page, edition, "link")
    worker.wait_until(lambda: len(mailbox.to(EMAIL)) == 2)
    link = re.search(r"https?://[^/\s]+(/lecture/\S+)", mailbox.text(mailbox.to(EMAIL)[-1]))
    assert link
    phone.goto(link.group(1))
    assert_fits_width(phone)
    assert_no_axe_violations(phone)
    token = phone.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    read = phone.request.post(link.group(1), form={"csrfmiddlewaretoken": token}, headers={"Referer": phone.url})
    assert read.body() == attached.get_content()
    assert Delivery._base_manager.get().open_count == 1

    page.goto(reverse("reporting:delivery_revoke", kwargs={"asv": SLUG, "pk": Delivery._base_manager.get().pk}))
    save(page)
    assert phone.goto(link.group(1)).status in {404, 410}
    assert phone.locator("main form").count() == 0
    assert_fits_width(phone)
