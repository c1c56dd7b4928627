"""The verbs of reporting: prepare, issue, send, withdraw."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from asv_platform.accounts.models import User
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.common.jobs import enqueue
from asv_platform.reporting import links, notifications
from asv_platform.reporting.annual.chapters import TITLES
from asv_platform.reporting.enums import Channel, EditionState, EditionTransition
from asv_platform.reporting.kinds import KINDS
from asv_platform.reporting.models import Delivery, Edition, Recipient
from asv_platform.reporting.selectors import missing_before_issue, successor_of
from asv_platform.reporting.workflow import EDITION
from asv_platform.territories.editing import change_row, create_row
from asv_platform.territories.models import Asv

EDITORIAL = ("headline", "foreword", "foreword_author", "chapters", "comments", "decisions")


class NotReady(DomainError):
    """The draft lacks something; the message says what."""


class AlreadyIssued(DomainError):
    """What is issued never changes."""

    def __init__(self) -> None:
        super().__init__("Cette édition est émise : elle ne change plus. Préparez-en une nouvelle pour la corriger.")


class ChangedSinceRead(StaleEdit):
    """The draft is not the one that was read: nothing is issued."""

    def __init__(self) -> None:
        DomainError.__init__(
            self,
            "Ce brouillon a changé depuis que vous l’avez ouvert. Rien n’est émis : revenez à l’édition, relisez "
            "l’aperçu, puis émettez.",
        )


@transaction.atomic
def request_edition(*, asv: Asv, kind: str, year: int, by: User, **editorial: Any) -> Edition:
    """Prepare a draft of ``kind`` for ``year``, and have its preview made.

    ``editorial`` holds any of EDITORIAL: what the coordinator adds to the data.
    """
    if kind not in KINDS:
        raise NotReady("Ce document n’existe pas : choisissez-en un dans la liste.")
    edition = Edition.objects.create(asv=asv, kind=kind, year=year, author=by, **_editorial(editorial))
    record("edition.requested", by=by, subject=edition)
    return _ask_for_preview(edition)


@transaction.atomic
def revise_edition(*, edition: Edition, by: User, version: int | None = None, **editorial: Any) -> Edition:
    """Change what the coordinator adds to a draft, and have its preview made again. Raises StaleEdit, AlreadyIssued."""
    edition = _locked_draft(edition)
    if version is not None and version != edition.version:
        raise StaleEdit
    for name, value in _editorial(editorial).items():
        setattr(edition, name, value)
    record("edition.revised", by=by, subject=edition)
    return _ask_for_preview(edition)


@transaction.atomic
def refresh_edition(*, edition: Edition, by: User) -> Edition:
    """Read the data of a draft anew; a making that was interrupted starts again."""
    edition = _locked_draft(edition)
    record("edition.refreshed", by=by, subject=edition)
    return _ask_for_preview(edition)


@transaction.atomic
def issue_edition(*, edition: Edition, by: User, on: dt.date, version: int | None = None) -> Edition:
    """Give the draft its number and its date, and have its file made from the data of the preview.

    Raises NotReady while the preview does not exist, ChangedSinceRead when ``version`` is not the draft's any more.
    """
    edition = _lock(edition)
    if version is not None and version != edition.version:
        raise ChangedSinceRead
    state = EDITION.target(EditionTransition.ISSUE, source=edition.state)
    if missing := missing_before_issue(edition):
        raise NotReady(" ".join(missing))
    edition.state, edition.issued_on, edition.author = state, on, by
    edition.number = edition.number or _next_number(edition)
    edition.version += 1
    edition.save()
    record("edition.issuing", by=by, subject=edition, number=edition.number)
    return _ask(edition, "reporting.build_edition")


@transaction.atomic
def withdraw_edition(*, edition: Edition, by: User, reason: str, now: dt.datetime) -> Edition:
    """Take an issued edition back: it stays readable by the team, says why, and its links close."""
    edition = _lock(edition)
    edition.state = EDITION.target(EditionTransition.WITHDRAW, source=edition.state)
    edition.withdrawn_at, edition.withdrawal_reason = now, reason
    edition.version += 1
    edition.save()
    Delivery.objects.filter(edition=edition, channel=Channel.LINK, revoked_at__isnull=True).update(revoked_at=now)
    record("edition.withdrawn", by=by, subject=edition, reason=reason)
    return edition


@transaction.atomic
def discard_edition(*, edition: Edition, by: User, now: dt.datetime) -> Edition:
    """Take a draft off the list."""
    edition = _lock(edition)
    if edition.state not in {EditionState.DRAFT, EditionState.FAILED}:
        raise AlreadyIssued
    edition.archived_at = now
    edition.save(update_fields=["archived_at", "updated_at"])
    record("edition.discarded", by=by, subject=edition)
    return edition


@transaction.atomic
def send_edition(
    *, edition: Edition, recipients: Iterable[Recipient], channel: str, by: User, now: dt.datetime
) -> list[Delivery]:
    """Send an issued edition, one message to each recipient; who already received it is left out.

    Returns the deliveries created: none when everybody has it.
    """
    edition = _lock(edition)
    if edition.state != EditionState.ISSUED:
        raise NotReady("Seule une édition émise s’envoie.")
    if successor := successor_of(edition):
        raise NotReady(f"L’édition {successor.number} remplace celle-ci : envoyez-la à sa place.")
    known = set(Delivery.objects.filter(edition=edition).values_list("recipient_id", flat=True))
    chosen = {recipient.pk: recipient for recipient in recipients if recipient.is_active}
    created = [_deliver(edition, chosen[pk], channel, by, now) for pk in chosen if pk not in known]
    if created:
        record("edition.sent", by=by, subject=edition, recipients=len(created), channel=channel)
    return created


def _deliver(edition: Edition, recipient: Recipient, channel: str, by: User, now: dt.datetime) -> Delivery:
    is_link = channel == Channel.LINK
    delivery = Delivery.objects.create(
        asv=edition.asv,
        edition=edition,
        recipient=recipient,
        channel=channel,
        sent_by=by,
        link_key=links.new_key() if is_link else "",
        expires_at=now + dt.timedelta(days=links.VALID_DAYS) if is_link else None,
    )
    delivery.message = notifications.edition_delivered(delivery)
    delivery.save(update_fields=["message", "updated_at"])
    return delivery


@transaction.atomic
def revoke_link(*, delivery: Delivery, by: User, now: dt.datetime) -> Delivery:
    """Close the reading link of a delivery for good."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.channel != Channel.LINK:
        raise NotReady("Cet envoi est parti en pièce jointe : il n’a pas de lien à désactiver.")
    if delivery.revoked_at is None:
        delivery.revoked_at = now
        delivery.save(update_fields=["revoked_at", "updated_at"])
        record("delivery.revoked", by=by, subject=delivery)
    return delivery


@transaction.atomic
def renew_link(*, delivery: Delivery, by: User, now: dt.datetime) -> Delivery:
    """Send a new reading link, valid for a month, in place of one that ran out or was closed.

    The old address never opens again. Raises NotReady for an attachment, or once the edition is withdrawn.
    """
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    if delivery.channel != Channel.LINK:
        raise NotReady("Cet envoi est parti en pièce jointe : il n’a pas de lien à renouveler.")
    if delivery.edition.state != EditionState.ISSUED:
        raise NotReady("Cette édition est retirée : elle ne s’envoie plus.")
    if not delivery.is_closed(now):
        raise NotReady("Ce lien s’ouvre encore : il n’y a rien à renouveler.")
    delivery.link_key, delivery.revoked_at = links.new_key(), None
    delivery.expires_at = now + dt.timedelta(days=links.VALID_DAYS)
    delivery.message = notifications.edition_delivered(delivery)
    delivery.save(update_fields=["link_key", "revoked_at", "expires_at", "message", "updated_at"])
    record("delivery.renewed", by=by, subject=delivery)
    return delivery


@transaction.atomic
def record_opening(*, delivery: Delivery, now: dt.datetime) -> Delivery:
    """Count one reading through the link; the first one is logged."""
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)
    is_first = delivery.opened_at is None
    delivery.opened_at = delivery.opened_at or now
    delivery.open_count += 1
    delivery.save(update_fields=["opened_at", "open_count", "updated_at"])
    if is_first:
        record("delivery.opened", by=None, subject=delivery)
    return delivery


def create_recipient(*, asv: Asv, by: User, **fields: Any) -> Recipient:
    """Add somebody to the recipients of the ASV. Raises ValidationError when the address is already there."""
    return create_row(Recipient, asv=asv, by=by, event="recipient.created", **fields)


def update_recipient(*, recipient: Recipient, by: User, version: int | None = None, **fields: Any) -> Recipient:
    """Change a recipient. Raises StaleEdit when somebody else saved it meanwhile."""
    return change_row(recipient, by=by, event="recipient.updated", version=version, **fields)


def archive_recipient(*, recipient: Recipient, by: User, now: dt.datetime) -> Recipient:
    """Take somebody off the recipients; what they received stays."""
    return change_row(recipient, by=by, event="recipient.archived", archived_at=now, is_active=False)


def _lock(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(of=("self",)).select_related("asv", "author").get(pk=edition.pk)


def _locked_draft(edition: Edition) -> Edition:
    edition = _lock(edition)
    if edition.state == EditionState.FAILED:
        edition.state = EDITION.target(EditionTransition.RESUME, source=edition.state)
        edition.failure = ""
    if edition.state != EditionState.DRAFT:
        raise AlreadyIssued
    return edition


def _editorial(given: dict[str, Any]) -> dict[str, Any]:
    unknown = given.keys() - set(EDITORIAL)
    if unknown:
        raise TypeError(f"not editorial: {sorted(unknown)}")
    if foreign := set(given.get("chapters") or ()) - set(TITLES):
        raise NotReady(f"Chapitre inconnu : {', '.join(sorted(foreign))}.")
    fields = dict(given)
    for name, kind in (("chapters", list), ("decisions", list), ("comments", dict)):
        if name in fields:
            fields[name] = kind(fields[name] or ())
    return fields


def _next_number(edition: Edition) -> int:
    # Two issues at once would take the same number: the row of the ASV is their queue.
    Asv.objects.select_for_update().get(pk=edition.asv_id)
    same = Edition.objects.filter(kind=edition.kind, year=edition.year)
    return (same.aggregate(last=Max("number"))["last"] or 0) + 1


def _ask_for_preview(edition: Edition) -> Edition:
    edition.version += 1
    edition.preview = ""
    edition.save()
    return _ask(edition, "reporting.build_preview")


def _ask(edition: Edition, name: str) -> Edition:
    key = f"{name}:{edition.pk}:{edition.version}"
    edition.job = enqueue(name, asv=edition.asv, dedupe_key=key, edition_id=edition.pk)
    edition.save(update_fields=["job", "updated_at"])
    return edition
