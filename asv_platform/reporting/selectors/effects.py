"""The effects that something recorded allows one to state, at the three levels; nothing is presumed."""

from collections.abc import Iterable
from decimal import Decimal

from asv_platform.common.formats import number, percent, plural, shorten
from asv_platform.common.masking import total_hides
from asv_platform.reporting.facts.life import Effect, Means
from asv_platform.reporting.facts.programme import ActionFacts, Measure
from asv_platform.reporting.measures import hidden_result, state_of
from evaluation.enums import ResultState
from programmation.models import Action, Programme

MEASURED, DECLARED = "Mesuré", "Déclaré"
PROFESSIONAL = "professionnel"


def effects_of(facts: tuple[ActionFacts, ...], actions: list[Action]) -> tuple[Effect, ...]:
    """The effects of a year: results measured, ordinary money engaged."""
    return (*_measured(facts), *_policies(actions))


def means_of(facts: tuple[ActionFacts, ...], programme: Programme | None) -> tuple[Means, ...]:
    """How the year acted at each level, from what was recorded."""
    sessions = sum(action.sessions or 0 for action in facts)
    found = []
    if facts:
        held = f", {plural(sessions, 'séance tenue', 'séances tenues')}" if sessions else ""
        found.append(Means("residents", f"{plural(len(facts), 'action')}{held}"))
        found += [Means("residents", people)] if (people := _people(facts)) else []
    holders = {action.holder for action in facts}
    if holders:
        found.append(Means("professionals", f"{plural(len(holders), 'structure porteuse', 'structures porteuses')}"))
    if programme and programme.cls_axes.strip():
        found.append(Means("policies", f"Contrat local de santé : {shorten(programme.cls_axes, 140)}"))
    if programme and programme.city_contract_axes.strip():
        found.append(Means("policies", f"Contrat de ville : {shorten(programme.city_contract_axes, 140)}"))
    return tuple(found)


def _measures(facts: Iterable[ActionFacts]) -> list[tuple[ActionFacts, Measure]]:
    return [(action, measure) for action in facts for measure in action.measures if measure.result is not None]


def _is_professional(measure: Measure) -> bool:
    return PROFESSIONAL in f"{measure.label} {measure.unit}".lower()


def _people(facts: tuple[ActionFacts, ...]) -> str:
    """How many people the actions say they reached: what was done for them, not yet an effect."""
    counts = [action.people for action in facts if action.people is not None]
    people = sum(counts)
    if not people or total_hides(counts):
        return ""
    twice = ", doubles comptes possibles" if len(counts) > 1 else ""
    said = plural(people, "personne touchée", "personnes touchées")
    return f"{said}, par {plural(len(counts), 'action')} sur {len(facts)}{twice}"


def _measured(facts: tuple[ActionFacts, ...]) -> Iterable[Effect]:
    """What was measured, targets reached and missed alike, in the order of the actions."""
    for action, measure in _measures(facts):
        if (measure.is_result or _is_professional(measure)) and not hidden_result(measure):
            level = "professionals" if _is_professional(measure) else "residents"
            yield Effect(
                level, f"{measure.label} : {_figure(measure, measure.result)}", _aim(action, measure), MEASURED
            )


def _figure(measure: Measure, value: Decimal | None) -> str:
    return percent(value) if measure.unit == "%" else number(value)


def _aim(action: ActionFacts, measure: Measure) -> str:
    if measure.target is None:
        return f"Action {action.number}."
    reached = "atteint" if state_of(measure) == ResultState.REACHED else "non atteint"
    return f"Objectif {_figure(measure, measure.target)}, {reached} ; action {action.number}."


def _policies(actions: list[Action]) -> Iterable[Effect]:
    ordinary = [action for action in actions if action.is_common_law]
    if ordinary:
        title = f"{plural(len(ordinary), 'action payée', 'actions payées')} par le droit commun"
        yield Effect("policies", title, f"Sur {plural(len(actions), 'action')} au programme.", DECLARED)
