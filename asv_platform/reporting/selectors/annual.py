"""The year of an ASV, read once for every document that prints it."""

import datetime as dt
from dataclasses import replace

from actors.models import Organisation
from asv_platform.reporting.enums import EditionKind
from asv_platform.reporting.selectors import alerts, diagnosis, effects, figures, outlook, programme, results
from asv_platform.reporting.selectors.publishing import publishable, published_attendance
from asv_platform.reporting.selectors.territory import identity_of, territory_of
from asv_platform.reporting.selectors.year import Year, year_of
from asv_platform.reporting.snapshot import ActionFacts, AnnualSnapshot, EditionFacts, Network, Territory
from asv_platform.territories.models import Asv
from programmation.models import Action


def annual_snapshot(asv: Asv, *, year: int, on: dt.date) -> AnnualSnapshot:
    """Everything known of ``year`` as it stands ``on`` that day. Must run inside the scope of ``asv``.

    The number of queries does not depend on the number of actions. What has no row is left out, never filled in.
    """
    found = year_of(asv, year=year, on=on)
    published = figures.figures_of(asv)
    territory = _territory(asv, published)
    places = {place.code: place.number for place in territory.places}
    heard, actions = diagnosis.heard_in(found), programme.loaded_actions(found)
    objectives = programme.loaded_objectives(found)
    answered = {action.number: programme.priorities_of(action, objectives) for action in actions}
    recorded = results.results_of(actions, on=on)
    facts = _facts(actions, recorded, heard, answered, places)
    answers = programme.answers_of(answered)
    return AnnualSnapshot(
        identity=identity_of(asv, towns=territory.towns),
        edition=EditionFacts(EditionKind.ANNUAL_REPORT, EditionKind.ANNUAL_REPORT.label, year, data_on=on),
        territory=territory,
        network=_network(found),
        diagnostic=diagnosis.diagnostic_of(found, heard, published, places=places, answers=answers),
        objectives=programme.objectives_of(objectives, actions),
        programme_source=programme.source_of(found),
        actions=facts,
        granted_before=programme.granted_in(found, year - 1),
        funders=programme.funders_of(found, actions),
        headings=results.headings_of(actions, recorded),
        means=effects.means_of(facts, found.programme),
        effects=effects.effects_of(facts, actions),
        attendance=published_attendance(results.attendance_of(recorded), recorded.shown),
        broken_links=alerts.broken_links(alerts.alerts_in(found)),
        commitments=outlook.commitments_of(actions, recorded.reports),
        calendar=outlook.calendar_of(found),
        next_committee=outlook.next_committee_of(found),
    )


def _facts(
    actions: list[Action],
    recorded: results.Results,
    heard: diagnosis.Heard,
    answered: dict[int, list[int]],
    places: dict[str, int],
) -> tuple[ActionFacts, ...]:
    used: set[int] = set()
    threads = [programme.thread_of(answered[action.number], heard, used=used) for action in actions]
    return publishable(
        [
            results.action_facts(action, recorded, thread, places=places)
            for action, thread in zip(actions, threads, strict=True)
        ],
        recorded.shown,
    )


def _territory(asv: Asv, published: figures.Figures) -> Territory:
    territory = territory_of(asv)
    source = published.place_source or territory.source
    return replace(territory, places=figures.with_figures(territory.places, published), source=source)


def _network(year: Year) -> Network:
    partners = Organisation.objects.active().filter(asv=year.asv, is_funder=False).count()
    return Network(partners=partners or None)
