"""The outbox: nothing is sent inside a request, nothing is sent twice, nothing is lost."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

from asv_platform.common.jobs import enqueue
from asv_platform.notifications.models import ERASED, Message, MessageState

BODY_KEPT = dt.timedelta(days=90)
ADDRESS_KEPT = dt.timedelta(days=365)


@transaction.atomic
def send(
    *,
    to: str,
    subject: str,
    template: str,
    context: dict,
    asv=None,
    attachments: Iterable[tuple[str, str, str]] = (),
    dedupe_key: str | None = None,
    sensitive: bool = False,
) -> Message:
    """Write one e-mail to ``to`` in the outbox; a job sends it after the commit, with retries.

    ``template`` is a path without extension: ``….txt`` is the body, ``email/layout.html`` wraps it for HTML readers.
    ``attachments`` are (file name, content type, path in the private storage). With a ``dedupe_key`` already used,
    returns the first message and writes nothing: one e-mail for one act. A ``sensitive`` body is erased once sent, or
    given up.
    """
    body = render_to_string(f"{template}.txt", context).strip() + "\n"
    fields = {
        "asv": asv,
        "to": to,
        "subject": " ".join(subject.split())[:250],
        "body": body,
        "html": render_to_string("email/layout.html", {"body": body, "subject": subject, "asv": asv}),
        "attachments": [list(attachment) for attachment in attachments],
        "is_sensitive": sensitive,
    }
    if dedupe_key is None:
        message = Message.objects.create(**fields)
    else:
        message, created = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults=fields)
        if not created:
            return message
    enqueue("notifications.send_message", asv=asv, dedupe_key=f"message:{message.pk}", message_id=message.pk)
    return message


def send_each(addresses: Iterable[str], *, key: str, **mail: Any) -> None:
    """The same e-mail to each of these addresses, once an act: ``key`` names the act. ``mail`` is as in ``send``."""
    for address in addresses:
        send(to=address, dedupe_key=f"{key}:{address}"[:200], **mail)


def erase_old_messages(*, now: dt.datetime) -> int:
    """Erase the text of what left more than three months ago, then to whom and about what after a year.

    Returns how many lost something. The row stays: it says that a message left, and when.
    """
    over = Message.objects.filter(state__in=[MessageState.SENT, MessageState.FAILED])
    bodies = over.filter(created_at__lt=now - BODY_KEPT).exclude(**ERASED).update(**ERASED)
    addresses = over.filter(created_at__lt=now - ADDRESS_KEPT).exclude(to="")
    return bodies + addresses.update(to="", subject="(objet effacé)")
