"""How far each delivery went: read on the message of the outbox, on what the reader did, never copied."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from asv_platform.notifications.models import MessageState
from asv_platform.reporting.enums import Channel, DeliveryState
from asv_platform.reporting.models import Delivery, Edition


@dataclass(frozen=True)
class DeliveryRow:
    """One line of the deliveries of an edition."""

    pk: int
    name: str
    function: str
    email: str
    channel: str
    state: str
    tone: str
    detail: str
    sent_at: dt.datetime | None
    next_try_at: dt.datetime | None
    opened_at: dt.datetime | None
    open_count: int
    expires_at: dt.datetime | None
    can_revoke: bool
    can_renew: bool


def delivery_rows(edition: Edition) -> list[DeliveryRow]:
    """The deliveries of an edition, by name, in one query."""
    now = timezone.now()
    rows = (
        Delivery.objects.filter(edition=edition)
        .select_related("edition", "recipient", "message")
        .order_by("recipient__name")
    )
    return [_row(delivery, now) for delivery in rows]


def state_of(delivery: Delivery) -> DeliveryState:
    """Where a delivery is. Its message must be loaded."""
    if delivery.opened_at:
        return DeliveryState.OPENED
    if delivery.message is None or delivery.message.state in {MessageState.QUEUED, MessageState.SENDING}:
        return DeliveryState.QUEUED
    if delivery.message.state == MessageState.FAILED:
        return DeliveryState.FAILED
    return DeliveryState.REVOKED if delivery.revoked_at else DeliveryState.SENT


def _row(delivery: Delivery, now: dt.datetime) -> DeliveryRow:
    state, message = state_of(delivery), delivery.message
    is_link = delivery.channel == Channel.LINK
    return DeliveryRow(
        pk=delivery.pk,
        name=delivery.recipient.name,
        function=delivery.recipient.function,
        email=message.to if message else delivery.recipient.email,
        channel=delivery.get_channel_display(),
        state=state.label,
        tone=state.tone,
        detail=_detail(delivery, now),
        sent_at=message.sent_at if message else None,
        next_try_at=message.next_try_at if message else None,
        opened_at=delivery.opened_at,
        open_count=delivery.open_count,
        expires_at=delivery.expires_at,
        can_revoke=is_link and not delivery.is_closed(now),
        can_renew=is_link and delivery.is_closed(now) and delivery.edition.is_issued,
    )


def _detail(delivery: Delivery, now: dt.datetime) -> str:
    if delivery.message and delivery.message.error:
        return "Le message n’a pas pu partir. Vérifiez l’adresse du destinataire."
    if delivery.channel == Channel.LINK and delivery.is_closed(now):
        return "Le lien ne s’ouvre plus."
    return ""
