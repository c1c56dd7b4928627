"""The chapter Les actions: one sheet for each action, and its thread from a need to what comes next."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from asv_platform.common.formats import join_and, money, number, plural
from asv_platform.common.masking import masks
from asv_platform.reporting import charts
from asv_platform.reporting.annual.money import grants_bar
from asv_platform.reporting.measures import MeasureRow, measure_rows
from asv_platform.reporting.snapshot import ActionFacts, AnnualSnapshot
from asv_platform.reporting.totals import granted_by_funder, planned_of
from asv_platform.reporting.words import share, whole_percent

DISTRICT = re.compile(r"^Quartiers?\s+")  # a name that would be said twice: « quartier Quartier Pasteur »
MOST_NEEDS = 2  # what a knot can hold without pushing the sheet over its page


@dataclass(frozen=True)
class Knot:
    """A point of the thread: what it is, what it says, whether it is still to be tied."""

    label: str
    text: str
    state: str = ""  # "", here, open


@dataclass(frozen=True)
class Sheet:
    action: ActionFacts
    chain: list[Knot]
    places: str
    people: str
    people_note: str
    spent: str
    spent_note: str
    bar: SafeString | None  # of the grants
    parts: list[tuple[int, str, Decimal]]
    measures: list[MeasureRow]
    source: str


def actions(snapshot: AnnualSnapshot) -> dict:
    """What the chapter shows: full sheets for the actions that reported, short ones for the others."""
    hidden = masks([action.people for action in snapshot.actions])
    sheets = [_sheet(action, snapshot, mask) for action, mask in zip(snapshot.actions, hidden, strict=True)]
    return {
        "reported": [sheet for sheet in sheets if sheet.action.is_reported],
        "awaited": [sheet for sheet in sheets if not sheet.action.is_reported],
    }


def _sheet(action: ActionFacts, snapshot: AnnualSnapshot, mask: str) -> Sheet:
    amounts = granted_by_funder(snapshot, [action])
    names = {funder.key: funder.name for funder in snapshot.funders}
    parts = [charts.Part(names.get(key, key), amount) for key, amount in amounts.items() if amount]
    return Sheet(
        action=action,
        chain=chain(action, snapshot),
        places=_places(action, snapshot),
        people=mask or number(action.people),
        people_note=_people_note(action, masked=bool(mask)),
        spent=money(action.spent),
        spent_note=_spent_note(action),
        bar=grants_bar(parts, width=51.3, height=4),
        parts=[(charts.tint(i), part.label, Decimal(part.value)) for i, part in enumerate(parts)],
        measures=measure_rows(action),
        source=_source(action),
    )


def _people_note(action: ActionFacts, *, masked: bool) -> str:
    notes = []
    if action.sessions is not None:
        notes.append(f"{number(action.sessions)} séance{'s' if action.sessions > 1 else ''}")
    if action.people and action.spent is not None and not masked:
        notes.append(f"{money(round(action.spent / action.people))} par personne")
    return " ; ".join(notes)


def _spent_note(action: ActionFacts) -> str:
    planned = planned_of(action)
    if action.spent is None:
        return "compte rendu financier attendu"
    rate = share(action.spent, planned)
    return "" if rate is None else f"{whole_percent(rate)} des {money(planned)} prévus, toutes ressources comprises"


def _places(action: ActionFacts, snapshot: AnnualSnapshot) -> str:
    names = [DISTRICT.sub("", place.name) for place in snapshot.territory.places if place.number in action.places]
    if not names:
        return ""
    if len(names) == len(snapshot.territory.places) > 1:
        return "tous les quartiers"
    return f"quartier{'s' if len(names) > 1 else ''} {join_and(names)}"


def _source(action: ActionFacts) -> str:
    return join_and(list(dict.fromkeys(m.source for m in action.measures if m.source)))


def chain(action: ActionFacts, snapshot: AnnualSnapshot) -> list[Knot]:
    """From a need to what comes next; a knot that nobody tied is drawn open and says so."""
    titles = {priority.number: priority.title for priority in snapshot.diagnostic.priorities}
    priority = titles.get(action.priority or 0, "")
    return [
        _needs_knot(action),
        Knot(
            f"Priorité {action.priority}" if priority else "Priorité",
            priority or "non rattachée",
            "" if priority else "open",
        ),
        Knot(f"Action {action.number}", action.title, "here"),
        _result_knot(action),
        Knot("Ensuite", action.next_step or f"bilan {snapshot.edition.year + 1}", "open"),
    ]


def _needs_knot(action: ActionFacts) -> Knot:
    """Every need of the priority, in the words of the diagnostic."""
    if not action.needs:
        return Knot("Besoin entendu", "non renseigné", "open")
    label = "Besoin entendu" if len(action.needs) == 1 else f"{len(action.needs)} besoins entendus"
    more = len(action.needs) - MOST_NEEDS
    others = [f"et {plural(more, 'autre')}"] if more > 0 else []
    return Knot(label, " ; ".join([*action.needs[:MOST_NEEDS], *others]))


def _result_knot(action: ActionFacts) -> Knot:
    """The first result measured; when there is none, what was done, under that name."""
    if not action.is_reported:
        return Knot("Résultat", "bilan attendu", "open")
    known = sorted((row for row in measure_rows(action) if row.is_known), key=lambda row: not row.is_result)
    if not known:
        return Knot("Résultat", "bilan rendu")
    return Knot("Résultat" if known[0].is_result else "Réalisé", f"{known[0].label} : {known[0].result}")
