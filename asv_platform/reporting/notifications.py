"""Who is told what when an edition leaves."""

from django.conf import settings
from django.urls import reverse

from asv_platform.notifications.models import Message
from asv_platform.notifications.services import send
from asv_platform.reporting import links
from asv_platform.reporting.enums import Channel
from asv_platform.reporting.models import Delivery, Edition


def edition_delivered(delivery: Delivery) -> Message:
    """The one e-mail of a delivery: the file itself, or a link to read it."""
    edition, is_link = delivery.edition, delivery.channel == Channel.LINK
    pdf = (edition.file_name, "application/pdf", edition.file.name or "")
    return send(
        to=delivery.recipient.email,
        subject=f"{edition.get_kind_display()} {edition.year}{_again(edition)} – {edition.asv.name}",
        template="email/reporting/edition_link" if is_link else "email/reporting/edition_attached",
        context={
            "edition": edition,
            "recipient": delivery.recipient,
            "asv": edition.asv,
            "until": delivery.expires_at,
            "url": link_url(delivery) if is_link else "",
        },
        asv=edition.asv,
        attachments=() if is_link else [pdf],
        # A renewed link is another message; the same one is never sent twice.
        dedupe_key=f"delivery:{delivery.pk}:{delivery.link_key}" if is_link else f"delivery:{delivery.pk}",
        sensitive=is_link,
    )


def _again(edition: Edition) -> str:
    """« , édition 2 », for an edition that replaces one: two mails never bear the same subject."""
    return f", édition {edition.number}" if edition.supersedes else ""


def link_url(delivery: Delivery) -> str:
    """The whole address of a reading link."""
    return settings.SITE_URL.rstrip("/") + reverse("reading:read", kwargs={"token": links.token_for(delivery)})
