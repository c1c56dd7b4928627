"""The outbox: one e-mail for one act, nothing lost when the mail server or the broker is down, nothing sent twice."""

import datetime as dt
import time

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from asv_platform.common.jobs import MAX_TRIES, run_due_jobs
from asv_platform.common.models import Job
from asv_platform.common.tasks import sweep_jobs
from asv_platform.notifications.models import Message, MessageState
from asv_platform.notifications.services import send

CONTEXT = {"code": "123 456", "until": dt.time(12, 5), "site_name": "Plateforme ASV"}


def write(to="ada@exemple.fr", **kwargs):
    return send(
        to=to, subject="Objet\nsur deux lignes", template="email/accounts/login_code", context=CONTEXT, **kwargs
    )


@pytest.mark.django_db
def test_send_writes_one_message_on_one_line_of_subject(mailbox):
    message = write()

    run_due_jobs()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.subject == "Objet sur deux lignes"
    assert len(mailbox.messages()) == 1


@pytest.mark.django_db
def test_send_with_the_same_key_sends_once(mailbox):
    write(dedupe_key="acte-1")
    write(dedupe_key="acte-1")

    run_due_jobs()

    assert Message.objects.count() == 1
    assert len(mailbox.messages()) == 1


@pytest.mark.django_db
def test_message_of_a_rolled_back_act_never_leaves(mailbox):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    run_due_jobs()

    assert mailbox.messages() == []


@pytest.mark.django_db
def test_sensitive_body_is_erased_when_it_is_given_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = write(sensitive=True)
    told = message.body
    for _ in range(MAX_TRIES):
        message.refresh_from_db()
        assert message.body == told
        Job.objects.update(due_at=timezone.now())
        run_due_jobs()

    message.refresh_from_db()
    assert (message.state, message.body, message.html) == (MessageState.FAILED, "(contenu effacé)", "")


@pytest.mark.django_db
def test_sensitive_body_is_erased_once_sent(mailbox):
    message = write(sensitive=True)

    run_due_jobs()

    message.refresh_from_db()
    assert "123 456" not in message.body + message.html
    assert "123 456" in mailbox.messages()[0].get_body(preferencelist=("plain",)).get_content()


@pytest.mark.django_db
def test_attachment_is_read_from_the_private_storage(mailbox):
    path = default_storage.save("essai/rapport.pdf", ContentFile(b"%PDF-1.7 essai"))
    write(attachments=[("rapport.pdf", "application/pdf", path)])

    run_due_jobs()

    part = next(mailbox.messages()[0].iter_attachments())
    assert (part.get_filename(), part.get_payload(decode=True)) == ("rapport.pdf", b"%PDF-1.7 essai")


@pytest.mark.django_db
def test_mail_server_down_keeps_the_message_and_says_why(settings, mailbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    message = write()

    run_due_jobs()

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert "ConnectionRefusedError" in message.error
    assert message.next_try_at > timezone.now()

    settings.EMAIL_BACKEND = "asv_platform.notifications.backends.MailboxBackend"
    Job.objects.update(due_at=timezone.now())
    run_due_jobs()

    assert len(mailbox.messages()) == 1


@pytest.mark.django_db(transaction=True)
def test_celery_worker_sends_what_was_written(worker, mailbox):
    write()

    assert waited_for(lambda: len(mailbox.messages()) == 1)
    assert waited_for(lambda: Message.objects.get().state == MessageState.SENT)


@pytest.mark.django_db(transaction=True)
def test_sweep_finds_what_the_broker_lost_and_each_recipient_hears_once(worker, mailbox):
    worker.stop()
    for index in range(20):
        write(to=f"destinataire{index}@exemple.fr")
    worker.start()

    sweep_jobs()
    sweep_jobs()

    assert waited_for(lambda: not Message.objects.exclude(state=MessageState.SENT).exists(), seconds=30)
    time.sleep(1)
    recipients = sorted(str(message["To"]) for message in mailbox.messages())
    assert recipients == sorted(f"destinataire{index}@exemple.fr" for index in range(20))


def waited_for(condition, *, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False
