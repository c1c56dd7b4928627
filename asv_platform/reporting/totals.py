"""The figures of a year that several pages show: computed once, from the rows of the snapshot."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from asv_platform.common.formats import date_short
from asv_platform.common.masking import total_hides
from asv_platform.reporting.snapshot import ActionFacts, AnnualSnapshot
from asv_platform.reporting.words import share

ZERO = Decimal(0)


@dataclass(frozen=True)
class Totals:
    """Sums over the actions; what rests on reports says on how many of them."""

    actions: int
    reported: int
    missing: tuple[int, ...]  # numbers of the actions whose report is awaited
    missing_granted: Decimal
    granted: Decimal
    spent: Decimal
    planned: Decimal  # of the actions whose accounts are known
    accounted: int
    people: int | None
    people_hidden: bool  # the total is small, or would give a masked action away
    counted: int  # actions that counted people
    share_in_qpv: Decimal | None
    sessions: int | None
    due_on: dt.date | None = None  # of the reports awaited, as long as none of them is late
    participations: int | None = None
    share_of_participations_in_qpv: Decimal | None = None

    @property
    def spending_rate(self) -> Decimal | None:
        """Spent over planned, for the actions whose accounts are known."""
        return share(self.spent, self.planned)

    @property
    def awaited(self) -> str:
        """When the reports are due; empty once one of them is late, or when none is awaited."""
        if self.due_on is None:
            return ""
        return f"{'bilans attendus' if len(self.missing) > 1 else 'bilan attendu'} pour le {date_short(self.due_on)}"

    @property
    def coverage(self) -> str:
        """The words that go with every figure drawn from reports."""
        verb = "ont" if self.reported > 1 else "a"
        noun = "actions" if self.reported > 1 else "action"
        return (
            f"{self.reported} {noun} sur {self.actions} {verb} rendu leur bilan"
            if self.reported > 1
            else (f"{self.reported} {noun} sur {self.actions} {verb} rendu son bilan")
        )


def totals_of(snapshot: AnnualSnapshot) -> Totals:
    """The totals of a year."""
    actions = snapshot.actions
    accounted = [action for action in actions if action.spent is not None]
    missing = [action for action in actions if not action.is_reported]
    return Totals(
        actions=len(actions),
        reported=len(actions) - len(missing),
        missing=tuple(action.number for action in missing),
        missing_granted=_sum(action.granted for action in missing),
        granted=_sum(action.granted for action in actions),
        spent=_sum(action.spent for action in accounted),
        planned=_sum(planned_of(action) for action in accounted),
        accounted=len(accounted),
        people=_known([action.people for action in actions]),
        people_hidden=total_hides([action.people for action in actions]),
        counted=sum(action.people is not None for action in actions),
        share_in_qpv=_share_in_qpv(actions),
        sessions=_known([action.sessions for action in actions]),
        due_on=_due_on(missing),
        participations=_known([action.participations for action in actions]),
        share_of_participations_in_qpv=_share_of_participations(actions),
    )


def planned_of(action: ActionFacts) -> Decimal:
    """The budget an action foresaw; what it was granted, when it gave no other."""
    return action.granted if action.planned is None else action.planned


def granted_by_funder(snapshot: AnnualSnapshot, actions: Iterable[ActionFacts] | None = None) -> dict[str, Decimal]:
    """The amount of each funder of the snapshot, in its order, over ``actions`` (all by default)."""
    sums = {funder.key: ZERO for funder in snapshot.funders}
    for action in snapshot.actions if actions is None else actions:
        for grant in action.grants:
            sums[grant.funder] = sums.get(grant.funder, ZERO) + grant.amount
    return sums


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _due_on(missing: list[ActionFacts]) -> dt.date | None:
    days = [action.report_due_on for action in missing if action.report_due_on]
    return max(days) if days and len(days) == len(missing) else None


def _known(counts: list[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


def _share_in_qpv(actions: Iterable[ActionFacts]) -> Decimal | None:
    pairs = [(a.people_in_qpv, a.people) for a in actions if a.people_in_qpv is not None and a.people is not None]
    return share(sum(inside for inside, _ in pairs), sum(people for _, people in pairs))


def _share_of_participations(actions: Iterable[ActionFacts]) -> Decimal | None:
    pairs = [
        (a.participations_in_qpv, a.participations)
        for a in actions
        if a.participations_in_qpv is not None and a.participations is not None
    ]
    return share(sum(inside for inside, _ in pairs), sum(people for _, people in pairs))
