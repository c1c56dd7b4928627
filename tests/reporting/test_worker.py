"""With a real worker: an edition made and delivered end to end, and a power cut in the middle of the deliveries."""

import datetime as dt

import pytest
from django.utils import timezone

from asv_platform.common.models import Job, JobState
from asv_platform.common.tasks import sweep_jobs
from asv_platform.notifications.models import Message, MessageState
from asv_platform.reporting import services
from asv_platform.reporting.enums import Channel, EditionKind, EditionState
from asv_platform.reporting.models import Delivery, Edition
from asv_platform.territories.scoping import asv_scope
from tests.factories.platform import AsvFactory, UserFactory
from tests.factories.reporting import EditionFactory, RecipientFactory

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60


@pytest.fixture
def asv(transactional_db):
    return AsvFactory()


@pytest.fixture
def author(transactional_db):
    return UserFactory()


def sent() -> int:
    return Message.objects.filter(state=MessageState.SENT).count()


def test_worker_makes_and_delivers_an_edition(worker, mailbox, asv, author):
    with asv_scope(asv.pk):
        draft = services.request_edition(asv=asv, kind=EditionKind.ELECTED_NOTE, year=2025, by=author)
        worker.wait_until(lambda: bool(Edition.objects.get(pk=draft.pk).preview), seconds=PATIENCE)
        services.issue_edition(edition=draft, by=author, on=dt.date(2026, 4, 14))
        issued = {"pk": draft.pk, "state": EditionState.ISSUED}
        worker.wait_until(lambda: Edition.objects.filter(**issued).exists(), seconds=PATIENCE)
        edition = Edition.objects.get(pk=draft.pk)
        services.send_edition(
            edition=edition, recipients=[RecipientFactory(asv=asv)], channel=Channel.ATTACHMENT, by=author,
            now=timezone.now(),
        )  # fmt: skip
        worker.wait_until(lambda: sent() == 1, seconds=PATIENCE)

    [message] = mailbox.messages()
    [attachment] = message.iter_attachments()
    assert attachment.get_content()[:5] == b"%PDF-"
    assert edition.page_count == 1


def test_each_recipient_gets_one_message_although_the_worker_was_killed(worker, mailbox, asv, author):
    with asv_scope(asv.pk):
        edition = EditionFactory(asv=asv, author=author, issued=True)
        recipients = [RecipientFactory(asv=asv) for _ in range(20)]
        services.send_edition(
            edition=edition, recipients=recipients, channel=Channel.LINK, by=author, now=timezone.now()
        )
        worker.wait_until(lambda: sent() >= 3, seconds=PATIENCE)
        worker.kill()
        # What an hour would do: the lease of the job that died runs out.
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=timezone.now() - dt.timedelta(hours=1))
        worker.start()
        sweep_jobs()
        services.send_edition(
            edition=edition, recipients=recipients, channel=Channel.LINK, by=author, now=timezone.now()
        )
        worker.wait_until(lambda: sent() == 20, seconds=PATIENCE)

        assert Delivery.objects.filter(edition=edition).count() == 20
    # A power cut between the sending and its note may repeat a message: its Message-ID is then the same.
    received = {(str(message["To"]), str(message["Message-ID"])) for message in mailbox.messages()}
    assert sorted(address for address, _ in received) == sorted(row.email for row in recipients)
