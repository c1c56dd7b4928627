"""Money asked and granted: every sum is made by the database, once, for pages, exports and reports alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from asv_platform.common.formats import money
from programmation.enums import BudgetSide, FundingState
from programmation.models import BudgetLine, Decision, Envelope, Programme, Proposal
from programmation.nomenclature import GRANTS, IN_KIND_USES
from programmation.querysets import COUNTED

ZERO = Decimal(0)
MONEY = DecimalField(max_digits=14, decimal_places=2)
# A convention is due above this sum in a year, from one funder (loi du 12 avril 2000, décret du 6 juin 2001).
CONVENTION_THRESHOLD = Decimal(23000)

COST = Q(side=BudgetSide.CHARGE) & ~Q(code__startswith=IN_KIND_USES)
ASKED = Q(side=BudgetSide.PRODUCT, code__startswith=GRANTS, funding_state=FundingState.ASKED)


def asked_lines() -> QuerySet[BudgetLine]:
    """The lines of budget that ask for a grant, of the proposals in the running."""
    return BudgetLine.objects.filter(ASKED, proposal__in=Proposal.objects.in_the_running())


def _sum_of_lines(condition: Q) -> Coalesce:
    return _sum(BudgetLine.objects.filter(condition, proposal=OuterRef("pk")))


def _granted(**rows: OuterRef) -> dict[str, Coalesce]:
    """``granted``, the accords of these rows that count, and ``freed``, those that count no more."""
    decisions = Decision.objects.filter(**rows)
    return {"granted": _sum(decisions.counted()), "freed": _sum(decisions.freed())}


def with_money(proposals: QuerySet) -> QuerySet:
    """The proposals with ``cost`` (charges, without 86), ``asked`` (lines 74 asked), ``granted`` and ``freed``."""
    return proposals.annotate(cost=_sum_of_lines(COST), asked=_sum_of_lines(ASKED), **_granted(proposal=OuterRef("pk")))


def actions_with_money(actions: QuerySet) -> QuerySet:
    """The actions with what their proposal was ``granted``; ``freed`` once they are cancelled or archived."""
    return actions.annotate(**_granted(proposal=OuterRef("proposal_id")))


def freed_words(row: Any) -> str:
    """« 3 234,50 € non comptés », under the money granted of a row; empty when every accord counts."""
    return f"{money(row.freed)} non comptés" if row.freed else ""


@dataclass(frozen=True)
class MoneyTotals:
    """The total row of a list of proposals."""

    cost: Decimal
    asked: Decimal
    granted: Decimal


def money_totals(proposals: QuerySet) -> MoneyTotals:
    """The sums of the proposals given, in one query."""
    found = with_money(proposals.order_by()).aggregate(Sum("cost"), Sum("asked"), Sum("granted"))
    return MoneyTotals(*(found[f"{name}__sum"] or ZERO for name in ("cost", "asked", "granted")))


@dataclass(frozen=True)
class FunderMoney:
    """What one funder was asked, granted, and has left in the programme of a year."""

    funder_id: int | None
    funder: str
    label: str
    envelope_id: int | None
    envelope: Decimal | None
    asked: Decimal
    granted: Decimal
    freed: Decimal  # granted to proposals withdrawn since, or to actions cancelled or archived
    proposals: int

    @property
    def remaining(self) -> Decimal | None:
        """What is left to grant; negative when too much was promised; None without envelope."""
        return None if self.envelope is None else self.envelope - self.granted

    @property
    def share(self) -> int | None:
        """The part of the envelope already granted, in percent."""
        return round(100 * self.granted / self.envelope) if self.envelope else None


@dataclass(frozen=True)
class ProgrammeMoney:
    """The money of a programme: by funder, and in all."""

    funders: tuple[FunderMoney, ...]

    @property
    def envelope(self) -> Decimal:
        return sum((row.envelope or ZERO for row in self.funders), ZERO)

    @property
    def asked(self) -> Decimal:
        return sum((row.asked for row in self.funders), ZERO)

    @property
    def granted(self) -> Decimal:
        return sum((row.granted for row in self.funders), ZERO)

    @property
    def freed(self) -> Decimal:
        return sum((row.freed for row in self.funders), ZERO)

    @property
    def remaining(self) -> Decimal:
        """What is left in the envelopes that exist."""
        return sum((row.remaining for row in self.funders if row.remaining is not None), ZERO)


def programme_money(programme: Programme) -> ProgrammeMoney:
    """Envelope, asked, granted and remaining by funder, largest envelope first; three queries whatever the size."""
    rows = Envelope.objects.active().filter(programme=programme).select_related("funder")
    envelopes = {row.funder_id: row for row in rows}
    asked: dict[int | None, Mapping[str, Any]] = {
        row["funder"]: row
        for row in asked_lines()
        .filter(proposal__call__programme=programme)
        .order_by()
        .values("funder", "funder__name")
        .annotate(total=Sum("amount"), proposals=Count("proposal", distinct=True))
    }
    granted: dict[int | None, Mapping[str, Any]] = {
        row["funder"]: row
        for row in Decision.objects.accepted()
        .filter(proposal__call__programme=programme)
        .order_by()
        .values("funder", "funder__name")
        .annotate(total=Sum("amount", filter=COUNTED), freed=Sum("amount", filter=~COUNTED))
    }
    names = {pk: row["funder__name"] for pk, row in [*asked.items(), *granted.items()] if pk}
    names |= {pk: row.funder.name for pk, row in envelopes.items()}
    found = [
        FunderMoney(
            funder_id=pk,
            funder=names.get(pk, "Autres financeurs"),
            label=envelopes[pk].label if pk in envelopes else "",
            envelope_id=envelopes[pk].pk if pk in envelopes else None,
            envelope=envelopes[pk].amount if pk in envelopes else None,
            asked=asked.get(pk, {}).get("total") or ZERO,
            granted=granted.get(pk, {}).get("total") or ZERO,
            freed=granted.get(pk, {}).get("freed") or ZERO,
            proposals=asked.get(pk, {}).get("proposals", 0),
        )
        for pk in {*envelopes, *asked, *granted}
    ]
    return ProgrammeMoney(
        tuple(sorted(found, key=lambda row: (row.funder_id is None, -(row.envelope or 0), row.funder)))
    )


def envelopes_with_money(envelopes: QuerySet) -> QuerySet:
    """The envelopes with ``asked``, ``granted`` and ``freed`` of their funder, and ``remaining``, in one query."""
    mine = {"funder": OuterRef("funder"), "proposal__call__programme": OuterRef("programme")}
    return (
        envelopes.select_related("funder", "programme")
        .annotate(asked=_sum(asked_lines().filter(**mine)), **_granted(**mine))
        .annotate(remaining=F("amount") - F("granted"))
    )


def _sum(rows: QuerySet) -> Coalesce:
    total = rows.order_by().values("asv").annotate(total=Sum("amount")).values("total")
    return Coalesce(Subquery(total, output_field=MONEY), Value(ZERO), output_field=MONEY)


def envelope_totals(envelopes: QuerySet) -> list[Decimal]:
    """Envelope, asked, granted and remaining of these rows (already with their money), in one query."""
    names = ("amount", "asked", "granted", "remaining")
    found = envelopes.order_by().aggregate(**{f"sum_{name}": Sum(name) for name in names})
    return [found[f"sum_{name}"] or ZERO for name in names]


@dataclass(frozen=True)
class ConventionFlag:
    """One funder grants one organisation more than the threshold in a year: a convention is due."""

    organisation_id: int
    organisation: str
    funder: str
    total: Decimal


def conventions_due(programme: Programme, *, organisation_id: int | None = None) -> list[ConventionFlag]:
    """The pairs (organisation, funder) above 23,000 € in the year of the programme, largest first."""
    decisions = Decision.objects.counted().filter(proposal__call__programme__year=programme.year)
    if organisation_id:
        decisions = decisions.filter(proposal__organisation_id=organisation_id)
    rows = (
        decisions.order_by()
        .values("proposal__organisation", "proposal__organisation__name", "funder__name")
        .annotate(total=Sum("amount"))
        .filter(total__gt=CONVENTION_THRESHOLD)
        .order_by("-total")
    )
    return [
        ConventionFlag(
            row["proposal__organisation"], row["proposal__organisation__name"], row["funder__name"], row["total"]
        )
        for row in rows
    ]
