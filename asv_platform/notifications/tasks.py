"""What the worker does with the outbox."""

from django.core.files.storage import default_storage
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from asv_platform.common.jobs import MAX_TRIES, job, retry_delay
from asv_platform.common.models import Job
from asv_platform.notifications.models import ERASED, Message, MessageState


@job("notifications.send_message")
def send_message(row: Job, *, message_id: int) -> None:
    """Send one message unless it already left; on failure the reason is kept on it, and the job tries again."""
    try:
        _send_once(message_id)
    except Exception as error:
        final = row.tries >= MAX_TRIES
        messages = Message.objects.filter(pk=message_id)
        messages.update(
            state=MessageState.FAILED if final else MessageState.QUEUED,
            error=f"{type(error).__name__}: {error}"[:500],
            next_try_at=None if final else timezone.now() + retry_delay(row.tries),
        )
        if final:
            messages.filter(is_sensitive=True).update(**ERASED)
        raise


@transaction.atomic
def _send_once(message_id: int) -> None:
    # The row stays locked while the message leaves: never two senders at once.
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state == MessageState.SENT:
        return
    _email(message).send()
    message.state, message.sent_at, message.error = MessageState.SENT, timezone.now(), ""
    if message.is_sensitive:
        message.body, message.html = ERASED["body"], ERASED["html"]
    message.save()


def _email(message: Message) -> EmailMultiAlternatives:
    # A constant Message-ID lets a mailbox recognise the copy that a crash at the worst moment could send.
    headers = {"Message-ID": f"<message-{message.pk}-{int(message.created_at.timestamp())}@asv.invalid>"}
    email = EmailMultiAlternatives(message.subject, message.body, to=[message.to], headers=headers)
    if message.html:
        email.attach_alternative(message.html, "text/html")
    for name, content_type, path in message.attachments:
        with default_storage.open(path) as file:
            email.attach(name, file.read(), content_type)
    return email
