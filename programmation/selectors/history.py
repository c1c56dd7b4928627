"""What happened to a proposal: its own changes, and each decision of the funders as it was written."""

from typing import Any

from asv_platform.audit.selectors import SYSTEM, HistoryEntry, history_of
from asv_platform.common.formats import date_short, money
from programmation.models import Decision, Proposal


def proposal_history(proposal: Proposal, *, limit: int) -> list[HistoryEntry]:
    """The changes of a proposal and of its decisions, the latest first."""
    written = Decision.history.filter(proposal_id=proposal.pk).select_related("funder", "history_user")
    entries = [_entry(record) for record in written.order_by("-history_date", "-history_id")[:limit]]
    return sorted([*history_of(proposal, limit=limit), *entries], key=lambda entry: entry.at, reverse=True)[:limit]


def _entry(record: Any) -> HistoryEntry:
    verb = "enregistrée" if record.history_type == "+" else "corrigée"
    told = [record.get_outcome_display(), money(record.amount or None), f"le {date_short(record.decided_on)}"]
    return HistoryEntry(
        title=f"Décision de « {record.funder} » {verb} par {record.history_user or SYSTEM}",
        at=record.history_date,
        changes=(),
        text=", ".join(filter(None, [*told, record.committee, record.motive])),
    )
