"""The effects that something recorded allows one to state, at the three levels; nothing is presumed."""

from collections.abc import Iterable

from asv_platform.common.formats import number, percent, plural, shorten
from asv_platform.common.masking import is_small, total_hides
from asv_platform.reporting.facts.life import Effect, Means
from asv_platform.reporting.facts.programme import ActionFacts, Measure
from asv_platform.reporting.measures import hidden_result
from asv_platform.reporting.words import capital
from programmation.models import Action, Programme

MEASURED, DECLARED = "Mesuré", "Déclaré"
MOST_RESULTS = 4
PROFESSIONAL, TRAINED = "professionnel", "formé"


def trained_professionals(facts: Iterable[ActionFacts]) -> int | None:
    """How many professionals the actions say they trained; None when no indicator counts them, or one is hidden."""
    found = [
        measure for _, measure in _measures(facts) if _is_professional(measure) and TRAINED in measure.label.lower()
    ]
    if not found or any(hidden_result(measure) or is_small(measure.result) for measure in found):
        return None
    return int(sum(measure.result or 0 for measure in found))


def effects_of(facts: tuple[ActionFacts, ...], actions: list[Action]) -> tuple[Effect, ...]:
    """The effects of a year: people declared, results measured, ordinary money engaged."""
    return (*_declared(facts), *_measured(facts), *_policies(actions))


def means_of(facts: tuple[ActionFacts, ...], programme: Programme | None) -> tuple[Means, ...]:
    """How the year acted at each level, from what was recorded."""
    sessions = sum(action.sessions or 0 for action in facts)
    found = []
    if facts:
        held = f", {plural(sessions, 'séance tenue', 'séances tenues')}" if sessions else ""
        found.append(Means("residents", f"{plural(len(facts), 'action')}{held}"))
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


def _declared(facts: tuple[ActionFacts, ...]) -> Iterable[Effect]:
    counts = [action.people for action in facts if action.people is not None]
    people = sum(counts)
    if people and not total_hides(counts):
        twice = ", doubles comptes possibles" if len(counts) > 1 else ""
        said = f"déclarées par {plural(len(counts), 'action')} sur {len(facts)}{twice}."
        yield Effect("residents", plural(people, "personne touchée", "personnes touchées"), capital(said), DECLARED)


def _measured(facts: tuple[ActionFacts, ...]) -> Iterable[Effect]:
    results = [
        (action, measure)
        for action, measure in _measures(facts)
        if (measure.is_result or _is_professional(measure)) and not hidden_result(measure)
    ]
    reached = [row for row in results if row[1].target and row[1].result and row[1].result >= row[1].target]
    for action, measure in (reached or results)[:MOST_RESULTS]:
        level = "professionals" if _is_professional(measure) else "residents"
        yield Effect(level, f"{measure.label} : {_said(measure)}", _aim(action, measure), MEASURED)


def _said(measure: Measure) -> str:
    return percent(measure.result) if measure.unit == "%" else number(measure.result)


def _aim(action: ActionFacts, measure: Measure) -> str:
    aim = f"objectif {number(measure.target)}, " if measure.target is not None else ""
    return capital(f"{aim}action {action.number}.")


def _policies(actions: list[Action]) -> Iterable[Effect]:
    ordinary = [action for action in actions if action.is_common_law]
    if ordinary:
        title = f"{plural(len(ordinary), 'action payée', 'actions payées')} par le droit commun"
        yield Effect("policies", title, f"Sur {plural(len(actions), 'action')} au programme.", MEASURED)
