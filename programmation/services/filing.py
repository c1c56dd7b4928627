"""Filing a proposal, completing it, withdrawing it."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.territories.editing import change_row, lock
from programmation import notifications
from programmation.enums import CallState, ProposalTransition
from programmation.fingerprint import fingerprint
from programmation.models import Programme, Proposal
from programmation.selectors.draft import Draft
from programmation.selectors.filing import Missing, missing_before_filing
from programmation.workflow import PROPOSAL


class CallClosed(DomainError):
    """The deadline and its grace are over."""

    def __init__(self) -> None:
        super().__init__("L’appel a fermé pendant votre saisie : votre brouillon est conservé.")


class ChangedSinceRead(StaleEdit):
    """The proposal is no longer what the person read before filing it."""

    def __init__(self) -> None:
        DomainError.__init__(
            self, "Le dossier a changé depuis que vous avez ouvert cette page : relisez-le avant de le déposer."
        )


class ProposalIncomplete(DomainError):
    """Something is missing; ``missing`` says what, step by step."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(f"Il reste à compléter avant le dépôt : {' '.join(item.text for item in missing)}")


@transaction.atomic
def file_proposal(*, proposal: Proposal, by, at: dt.datetime, version: int | None = None) -> Proposal:
    """File a draft, or send a completed file back: number, date, fingerprint, receipt by mail.

    ``version`` is the one that the person read. A proposal already filed comes back as it is: a double click files
    once. Raises ChangedSinceRead, CallClosed, ProposalIncomplete or TransitionRefused.
    """
    # The programme is the lock of the numbers of its year.
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=proposal.call.programme_id)
    fresh = _locked(proposal)
    if fresh.number and fresh.state == "filed":
        return fresh
    if version is not None and version != fresh.version:
        raise ChangedSinceRead
    first = fresh.number is None
    transition = ProposalTransition.FILE if first else ProposalTransition.COMPLETE
    target = PROPOSAL.target(transition, source=fresh.state)
    if first and fresh.call.state_at(at) not in {CallState.OPEN, CallState.GRACE}:
        raise CallClosed
    draft = Draft(fresh)
    if missing := missing_before_filing(fresh, on=timezone.localdate(at), draft=draft):
        raise ProposalIncomplete(missing)
    if first:
        fresh.year, fresh.number = programme.year, _next_number(fresh.asv_id, programme.year)
    fresh.state, fresh.filed_at, fresh.filed_by = target, at, by
    fresh.fingerprint = fingerprint(draft)
    fresh.version += 1
    fresh.save()
    record("proposal.filed" if first else "proposal.completed", by=by, subject=fresh, fingerprint=fresh.fingerprint)
    notifications.proposal_filed(fresh, by=by, is_first=first)
    return fresh


@transaction.atomic
def withdraw_proposal(*, proposal: Proposal, by, motive: str = "") -> Proposal:
    """Take a proposal back before any decision, and tell the others. Raises TransitionRefused afterwards."""
    fresh = lock(proposal)
    state = PROPOSAL.target(ProposalTransition.WITHDRAW, source=fresh.state)
    changed = change_row(fresh, by=by, event="proposal.withdrawn", state=state)
    if changed.number:
        notifications.proposal_withdrawn(changed, by=by, motive=motive)
    return changed


def _locked(proposal: Proposal) -> Proposal:
    rows = Proposal.objects.select_related("call__programme", "organisation", "asv")
    return rows.select_for_update(of=("self",)).get(pk=proposal.pk)


def _next_number(asv_id: int, year: int) -> int:
    last = Proposal.objects.filter(asv_id=asv_id, year=year).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
