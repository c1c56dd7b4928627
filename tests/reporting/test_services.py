"""From the draft to the readers: made by jobs, numbered once, sent exactly once."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from asv_platform.audit.models import AuditEntry
from asv_platform.common.errors import StaleEdit
from asv_platform.common.jobs import run_due_jobs, run_job
from asv_platform.common.models import Job, JobState
from asv_platform.common.workflow import TransitionRefused
from asv_platform.notifications.models import Message
from asv_platform.reporting import links, services
from asv_platform.reporting.enums import Channel, DeliveryState, EditionKind, EditionState
from asv_platform.reporting.models import Delivery, Edition
from asv_platform.reporting.selectors import delivery_rows
from asv_platform.reporting.services import NotReady
from tests.factories.reporting import DeliveryFactory, EditionFactory, RecipientFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 4, 14)
NOTE: Any = {"kind": EditionKind.ELECTED_NOTE, "year": 2025}


@pytest.fixture
def edition(blanc_mesnil, alice):
    return EditionFactory(asv=blanc_mesnil, author=alice, issued=True)


def issued_note(asv, by) -> Edition:
    """A note requested, previewed and issued by its jobs."""
    draft = services.request_edition(asv=asv, by=by, **NOTE)
    run_due_jobs()
    services.issue_edition(edition=draft, by=by, on=ON)
    run_due_jobs()
    return Edition.objects.get(pk=draft.pk)


def test_draft_gets_its_preview_and_its_frozen_data_from_a_job(in_asv, alice):
    draft = services.request_edition(asv=in_asv, by=alice, headline="Une année", **NOTE)
    assert draft.preview.name == ""

    run_due_jobs()

    draft.refresh_from_db()
    assert draft.state == EditionState.DRAFT
    assert default_storage.exists(draft.preview.name)
    assert draft.frozen.data["identity"]["name"] == "Le Blanc-Mesnil – Dugny"


def test_issued_edition_has_number_date_file_and_fingerprint(in_asv, alice):
    first, second = issued_note(in_asv, alice), issued_note(in_asv, alice)

    assert [first.number, second.number] == [1, 2]
    assert second.supersedes == first
    assert (first.state, first.page_count, len(first.sha256)) == (EditionState.ISSUED, 1, 64)
    assert first.frozen.data["edition"] | {"number": 1, "issued_on": "2026-04-14"} == first.frozen.data["edition"]
    assert AuditEntry.objects.filter(event="edition.issued", subject_id=first.pk).count() == 1


def test_job_that_runs_twice_changes_nothing(in_asv, alice):
    edition = issued_note(in_asv, alice)
    job = Job.objects.get(name="reporting.build_edition")
    Job.objects.filter(pk=job.pk).update(state=JobState.WAITING)

    run_job(job.pk)

    again = Edition.objects.get(pk=edition.pk)
    assert (again.sha256, again.issued_at, again.file.name) == (edition.sha256, edition.issued_at, edition.file.name)


def test_draft_without_preview_is_not_issued(in_asv, alice):
    draft = services.request_edition(asv=in_asv, by=alice, **NOTE)

    with pytest.raises(services.NotReady, match="aperçu"):
        services.issue_edition(edition=draft, by=alice, on=ON)


def test_issued_edition_does_not_change(in_asv, edition, alice):
    with pytest.raises(services.AlreadyIssued):
        services.revise_edition(edition=edition, by=alice, headline="Autre")
    with pytest.raises(services.AlreadyIssued):
        services.discard_edition(edition=edition, by=alice, now=timezone.now())
    with pytest.raises(TransitionRefused):
        services.issue_edition(edition=edition, by=alice, on=ON)


def test_database_refuses_an_issued_edition_without_file(in_asv, edition):
    edition.file = ""

    with pytest.raises(IntegrityError), transaction.atomic():
        edition.save()


def test_stale_revision_is_refused(in_asv, alice):
    draft = EditionFactory(asv=in_asv, author=alice)
    services.revise_edition(edition=draft, by=alice, version=draft.version, headline="Première")

    with pytest.raises(StaleEdit):
        services.revise_edition(edition=draft, by=alice, version=draft.version, headline="Seconde")


def test_making_that_keeps_failing_is_given_up_and_can_be_started_again(in_asv, alice):
    draft = services.request_edition(asv=in_asv, by=alice, **NOTE)
    Edition.objects.filter(pk=draft.pk).update(kind="inconnu")
    for _ in range(3):
        Job.objects.filter(pk=draft.job_id).update(due_at=timezone.now())
        run_job(draft.job_id)

    draft.refresh_from_db()
    assert draft.state == EditionState.FAILED
    assert draft.failure.startswith("KeyError")

    Edition.objects.filter(pk=draft.pk).update(kind=EditionKind.ELECTED_NOTE)
    services.refresh_edition(edition=draft, by=alice)
    run_due_jobs()
    draft.refresh_from_db()
    assert (draft.state, draft.failure, bool(draft.preview)) == (EditionState.DRAFT, "", True)


@pytest.mark.parametrize("channel", Channel)
def test_edition_is_sent_once_to_each_recipient(in_asv, edition, alice, mailbox, channel):
    recipients = [RecipientFactory(asv=in_asv) for _ in range(3)]

    for chosen in (recipients[:2], recipients, recipients):
        services.send_edition(edition=edition, recipients=chosen, channel=channel, by=alice, now=timezone.now())
        run_due_jobs()
    run_due_jobs()

    assert Message.objects.count() == 3
    assert not Message.objects.filter(Q(body__contains="/lecture/") | Q(html__contains="/lecture/")).exists()
    assert {row.state for row in delivery_rows(edition)} == {DeliveryState.SENT.label}


def test_paused_recipient_receives_nothing(in_asv, edition, alice):
    paused = RecipientFactory(asv=in_asv, is_active=False)

    sent = services.send_edition(
        edition=edition, recipients=[paused], channel=Channel.LINK, by=alice, now=timezone.now()
    )

    assert sent == []


def test_draft_is_not_sent(in_asv, alice):
    draft = EditionFactory(asv=in_asv, author=alice)

    with pytest.raises(services.NotReady):
        services.send_edition(edition=draft, recipients=[], channel=Channel.LINK, by=alice, now=timezone.now())


def test_withdrawal_closes_the_links_and_keeps_the_file(in_asv, edition, alice):
    delivery = DeliveryFactory(asv=in_asv, edition=edition)

    services.withdraw_edition(edition=edition, by=alice, reason="Montant erroné", now=timezone.now())

    edition.refresh_from_db()
    assert (edition.state, edition.withdrawal_reason) == (EditionState.WITHDRAWN, "Montant erroné")
    assert default_storage.exists(edition.file.name)
    assert Delivery.objects.get(pk=delivery.pk).revoked_at is not None


def test_renewed_link_is_another_address_in_another_message(in_asv, alice):
    past = timezone.now() - dt.timedelta(days=1)
    delivery = DeliveryFactory(asv=in_asv, expires_at=past, message=None)
    old = links.token_for(delivery)

    renewed = services.renew_link(delivery=delivery, by=alice, now=timezone.now())

    assert links.delivery_for(old) is None
    assert links.delivery_for(links.token_for(renewed)) == renewed
    assert not renewed.is_closed(timezone.now())
    assert Message.objects.filter(to=delivery.recipient.email).count() == 1


def test_link_that_still_opens_is_not_renewed(in_asv, alice):
    with pytest.raises(NotReady):
        services.renew_link(delivery=DeliveryFactory(asv=in_asv), by=alice, now=timezone.now())


def test_replaced_edition_is_not_sent_and_the_next_one_says_what_it_replaces(client, alice, in_asv):
    first, second = issued_note(in_asv, alice), issued_note(in_asv, alice)
    client.force_login(alice)
    recipient = RecipientFactory(asv=in_asv)
    page = f"/asv/{in_asv.slug}/rapports/{first.pk}/"

    offered = [action.label for action in client.get(page).context["page"].actions]
    with pytest.raises(NotReady, match="édition 2 remplace"):
        services.send_edition(edition=first, recipients=[recipient], channel="link", by=alice, now=timezone.now())
    services.send_edition(edition=second, recipients=[recipient], channel="attachment", by=alice, now=timezone.now())
    run_due_jobs()

    mail = Message.objects.get(to=recipient.email)
    assert "Envoyer" not in offered
    assert ", édition 2 – " in mail.subject
    assert "Elle remplace l’édition 1" in mail.body
