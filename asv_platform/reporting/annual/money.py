"""The chapters Le programme and Les finances."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from asv_platform.common.formats import money, plural, signed
from asv_platform.reporting import charts
from asv_platform.reporting.snapshot import ActionFacts, AnnualSnapshot
from asv_platform.reporting.totals import ZERO, Totals, granted_by_funder, planned_of, totals_of
from asv_platform.reporting.words import listed, share, whole_percent

GAP_TO_EXPLAIN = Decimal("0.10")
MOST_FUNDERS = 5  # columns that the programme table can hold
WIDE_FUNDERS = 3  # up to here they can be wide


@dataclass(frozen=True)
class ProgrammeRow:
    number: str
    title: str
    holder: str
    places: str
    amounts: list[Decimal]
    total: Decimal


@dataclass(frozen=True)
class ProgrammeGroup:
    number: str
    title: str
    amounts: list[Decimal]
    total: Decimal
    rows: list[ProgrammeRow]


@dataclass(frozen=True)
class Column:
    """A column of funders: the first ones by name, the others together."""

    name: str
    keys: frozenset[str]


@dataclass(frozen=True)
class FunderRow:
    name: str
    requested: Decimal | None
    granted: Decimal
    paid: Decimal | None
    rate: str


@dataclass(frozen=True)
class KeyFigure:
    """A figure set large, what it counts and what one must know to read it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class GapRow:
    number: int
    title: str
    gap: str
    reason: str


def funder_columns(snapshot: AnnualSnapshot) -> list[Column]:
    """At most five columns, the largest funders first; beyond, the rest is added up under « Autres »."""
    granted = granted_by_funder(snapshot)
    names = {funder.key: funder.name for funder in snapshot.funders}
    keys = [key for key in granted if granted[key]] or list(granted)
    if len(keys) > MOST_FUNDERS:
        keys.sort(key=lambda key: -granted[key])
    shown, rest = (keys, []) if len(keys) <= MOST_FUNDERS else (keys[: MOST_FUNDERS - 1], keys[MOST_FUNDERS - 1 :])
    columns = [Column(names.get(key, key), frozenset({key})) for key in shown]
    return [*columns, Column("Autres", frozenset(rest))] if rest else columns


def programme(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Le programme shows."""
    columns = funder_columns(snapshot)
    groups = _groups(snapshot, columns)
    amounts = _amounts(snapshot.actions, columns)
    total = sum(amounts, ZERO)
    return {
        "headline": _programme_headline(groups, total),
        "columns": columns,
        "width": "w13" if len(columns) > WIDE_FUNDERS else "w24",
        "groups": groups,
        "amounts": amounts,
        "total": total,
        "shares": [whole_percent(share(amount, total)) for amount in amounts],
        "objectives": _objectives(snapshot),
        "source": snapshot.programme_source,
        "flow": _flow(snapshot),
    }


def _amounts(actions: Iterable[ActionFacts], columns: list[Column]) -> list[Decimal]:
    actions = list(actions)
    return [
        sum((g.amount for action in actions for g in action.grants if g.funder in column.keys), ZERO)
        for column in columns
    ]


def _groups(snapshot: AnnualSnapshot, columns: list[Column]) -> list[ProgrammeGroup]:
    titles = {priority.number: priority.title for priority in snapshot.diagnostic.priorities}
    order: list[int | None] = [*titles, None]
    groups = []
    for key in order:
        actions = [a for a in snapshot.actions if (a.priority if a.priority in titles else None) == key]
        if not actions:
            continue
        amounts = _amounts(actions, columns)
        rows = [_programme_row(action, snapshot, columns) for action in actions]
        title = titles[key] if key is not None else "Sans priorité rattachée"
        groups.append(ProgrammeGroup(str(key or ""), title, amounts, sum(amounts, ZERO), rows))
    return groups


def _programme_row(action: ActionFacts, snapshot: AnnualSnapshot, columns: list[Column]) -> ProgrammeRow:
    everywhere = len(action.places) == len(snapshot.territory.places) > 1
    return ProgrammeRow(
        number=str(action.number),
        title=action.title,
        holder=action.holder,
        places="tous" if everywhere else " · ".join(str(place) for place in action.places),
        amounts=_amounts([action], columns),
        total=action.granted,
    )


def _programme_headline(groups: list[ProgrammeGroup], total: Decimal) -> str:
    named = [group for group in groups if group.number]
    if not named or not total:
        return "Les actions votées et leurs financeurs"
    first = max(named, key=lambda group: group.total)
    part = "Toutes les" if first.total == total else f"{whole_percent(share(first.total, total))} des"
    return f"{part} subventions pour « {first.title} »"


def _objectives(snapshot: AnnualSnapshot) -> list[dict]:
    return [
        {
            "number": objective.number,
            "level": objective.level,
            "title": objective.title,
            "priority": objective.priority,
            "actions": " · ".join(str(number) for number in objective.actions),
        }
        for objective in snapshot.objectives
    ]


def finances(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Les finances shows."""
    totals = totals_of(snapshot)
    funders = _funders(snapshot)
    planned = sum((h.planned for h in snapshot.headings), ZERO)
    actual = sum((h.actual for h in snapshot.headings), ZERO)
    return {
        "headline": _finances_headline(totals, funders),
        "totals": totals,
        "figures": _figures(totals),
        "funders": funders,
        "funders_total": _funders_total(funders),
        "has_paid": any(funder.paid is not None for funder in funders),
        "headings": [
            (h.name, h.planned, h.actual, whole_percent(share(h.actual, h.planned))) for h in snapshot.headings
        ],
        "headings_planned": planned,
        "headings_actual": actual,
        "headings_rate": whole_percent(share(actual, planned)),
        "gaps": list(_gaps(snapshot.actions)),
        "missing": listed(totals.missing),
    }


def _finances_headline(totals: Totals, funders: list[FunderRow]) -> str:
    total = _funders_total(funders)
    parts = []
    if totals.spending_rate is not None:
        parts.append(f"{whole_percent(totals.spending_rate)} du coût total prévu est réalisé")
    if total.paid is not None and total.granted > total.paid:
        parts.append(f"{money(total.granted - total.paid)} restent à verser")
    return ", ".join(parts) or f"{money(totals.granted)} de subventions accordées"


def _figures(totals: Totals) -> list[KeyFigure]:
    """What was granted, what the actions were to cost and what they cost: three sums that are not to be mixed up."""
    granted = KeyFigure(
        money(totals.granted), "de subventions accordées", f"par les financeurs, à {plural(totals.actions, 'action')}"
    )
    if not totals.accounted:
        return [granted]
    rendered = plural(totals.accounted, "compte rendu financier", "comptes rendus financiers")
    return [
        granted,
        KeyFigure(money(totals.planned), "de coût total prévu", f"subventions et autres ressources, {rendered}"),
        KeyFigure(money(totals.spent), "de coût total réalisé", f"soit {whole_percent(totals.spending_rate)} du prévu"),
    ]


def _funders(snapshot: AnnualSnapshot) -> list[FunderRow]:
    granted = granted_by_funder(snapshot)
    return [
        _funder_row(funder.name, funder.requested, granted[funder.key], funder.paid)
        for funder in snapshot.funders
        if granted[funder.key] or funder.requested
    ]


def _funder_row(name: str, requested: Decimal | None, granted: Decimal, paid: Decimal | None) -> FunderRow:
    rate = whole_percent(share(paid, granted)) if paid is not None else "–"
    return FunderRow(name, requested, granted, paid, rate)


def _funders_total(funders: list[FunderRow]) -> FunderRow:
    return _funder_row(
        "Total",
        _sum_if_known([row.requested for row in funders]),
        sum((row.granted for row in funders), ZERO),
        _sum_if_known([row.paid for row in funders]),
    )


def _sum_if_known(amounts: list[Decimal | None]) -> Decimal | None:
    """A total is only shown when every line is known."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, ZERO) if known and len(known) == len(amounts) else None


def _flow(snapshot: AnnualSnapshot) -> SafeString | None:
    columns, priorities = funder_columns(snapshot), snapshot.diagnostic.priorities
    rows = [(priority.title, [a for a in snapshot.actions if a.priority == priority.number]) for priority in priorities]
    loose = [a for a in snapshot.actions if a.priority not in {priority.number for priority in priorities}]
    rows = [(name, actions) for name, actions in [*rows, ("Autres actions", loose)] if actions]
    matrix = [[_amounts(actions, [column])[0] for _, actions in rows] for column in columns]
    if not any(any(line) for line in matrix):
        return None
    left = [charts.Part(column.name, sum(line, ZERO)) for column, line in zip(columns, matrix, strict=True)]
    right = [charts.Part(name, sum((line[j] for line in matrix), ZERO)) for j, (name, _) in enumerate(rows)]
    given = ", ".join(f"{part.label} {money(part.value)}" for part in left)
    used = ", ".join(f"{part.label} {money(part.value)}" for part in right)
    return charts.flow(left, right, matrix, title=f"Qui paie : {given}. Pour quoi : {used}")


def _gaps(actions: Iterable[ActionFacts]) -> Iterable[GapRow]:
    for action in actions:
        planned = planned_of(action)
        if action.spent is None or not planned:
            continue
        gap = (action.spent - planned) / planned
        if abs(gap) > GAP_TO_EXPLAIN:
            reason = action.gap_reason or "Non expliqué par le porteur."
            yield GapRow(action.number, action.title, f"{signed(gap * 100, 1)} %", reason)


def funder_parts(snapshot: AnnualSnapshot) -> list[charts.Part]:
    """What each funder granted over the year, the smallest ones together; empty when nothing was granted."""
    columns = funder_columns(snapshot)
    amounts = _amounts(snapshot.actions, columns)
    return [charts.Part(column.name, amount) for column, amount in zip(columns, amounts, strict=True) if amount]


def grants_bar(parts: list[charts.Part], *, width: float, height: float) -> SafeString | None:
    """Who granted what, said in the title too; None when nothing was granted."""
    title = "Subventions accordées : " + ", ".join(f"{part.label} {money(part.value)}" for part in parts)
    return charts.stacked(parts, width=width, height=height, title=title) if parts else None
