"""The year of an ASV, read from its rows: nothing invented, nothing that grows with the actions."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.annual.overview import partners_figure
from asv_platform.reporting.note import note_document
from asv_platform.reporting.rendering import render_pdf
from asv_platform.reporting.selectors import alerts_of, annual_snapshot, suggestions_of
from asv_platform.reporting.selectors.year import current_year, year_of
from asv_platform.reporting.totals import totals_of
from diagnostics.enums import DiagnosticState, VoiceKind
from evaluation.enums import SessionState
from tests.factories.diagnostics import (
    DiagnosticFactory,
    EvidenceFactory,
    NeedFactory,
    PriorityFactory,
    ThemeChapterFactory,
    VoiceFactory,
)
from tests.factories.evaluation import (
    ActionIndicatorFactory,
    ActionReportFactory,
    MeasureFactory,
    ReportLineFactory,
    SessionFactory,
)
from tests.factories.platform import AsvFactory
from tests.factories.programmation import (
    ActionFactory,
    BudgetLineFactory,
    DecisionFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    ProposalIndicatorFactory,
)

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 6, 1)
MOST_QUERIES = 40
WORDS = "On m’a dit six mois d’attente."


class YearRows:
    """A programme of 2025 on a diagnostic of 2024, and actions to add to it."""

    def __init__(self, asv):
        self.asv = asv
        self.diagnostic = DiagnosticFactory(asv=asv, year=2024)
        chapter = ThemeChapterFactory(asv=asv, diagnostic=self.diagnostic, residents_say="Le dentiste est loin.")
        self.need = NeedFactory(asv=asv, diagnostic=self.diagnostic, statement="Voir un dentiste", theme=chapter.theme)
        self.voice(need=self.need, heard_on=dt.date(2024, 5, 3))
        EvidenceFactory(asv=asv, need=self.need, figure=True)
        self.priority = self.priority_of("Se soigner près de chez soi", [self.need], rank=1)
        self.programme = ProgrammeFactory(
            asv=asv, year=2025, state="running", voted_on=dt.date(2025, 2, 12), committee_on=dt.date(2025, 2, 12)
        )
        self.objective = ObjectiveFactory(programme=self.programme, priorities=[self.priority])

    def voice(self, **fields):
        place = self.asv.neighbourhoods.order_by("code").first()
        return VoiceFactory(
            asv=self.asv,
            diagnostic=self.diagnostic,
            words=WORDS,
            kind=VoiceKind.RESIDENTS,
            neighbourhood=place,
            **fields,
        )

    def priority_of(self, title, needs, **fields):
        return PriorityFactory(asv=self.asv, diagnostic=self.diagnostic, title=title, needs=needs, **fields)

    def action(self, *, reported=True, **report):
        action = ActionFactory(programme=self.programme)
        action.objectives.add(self.objective)
        DecisionFactory(proposal=action.proposal, amount=Decimal(5000))
        BudgetLineFactory(proposal=action.proposal, asked=True, amount=Decimal(7000))
        SessionFactory(action=action, women=28, men=13, from_qpv=29, age_60=41)
        SessionFactory(action=action, state=SessionState.PLANNED, women=0, men=0, from_qpv=0)
        MeasureFactory(indicator=ActionIndicatorFactory(action=action, target=Decimal(36)), value=Decimal(41))
        if reported:
            filed = ActionReportFactory(
                action=action, filed=True, **{"people_reached": 41, "summary": "Trente permanences.", **report}
            )
            ReportLineFactory(report=filed, planned=Decimal(1000), actual=Decimal(900))
        return action


@pytest.fixture
def rows(blanc_mesnil):
    return YearRows(blanc_mesnil)


def plain(html: str) -> str:
    """What a reader reads, in order; plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]*>", " ", html, flags=re.DOTALL))


def queries_of(asv) -> int:
    with CaptureQueriesContext(connection) as captured:
        annual_snapshot(asv, year=2025, on=ON)
    return len(captured)


def test_snapshot_costs_the_same_for_three_and_thirty_actions(in_asv, rows):
    for _ in range(3):
        rows.action()
    few = queries_of(in_asv)
    for _ in range(27):
        rows.action()
    ProposalIndicatorFactory(proposal=rows.action(reported=False).proposal)

    assert queries_of(in_asv) == few
    assert few <= MOST_QUERIES


def test_action_is_told_from_the_need_to_the_result(in_asv, rows):
    rows.action(difficulties="Peu d’hommes.", lessons="Aller au marché.", next_steps="Reprendre en mars.")

    [action] = annual_snapshot(in_asv, year=2025, on=ON).actions

    assert (action.needs, action.priority, action.quote) == (("Voir un dentiste",), 1, f"« {WORDS} »")
    assert (action.granted, action.spent, action.planned) == (5000, 900, 1000)
    assert (action.people, action.sessions, action.participations, action.participations_in_qpv) == (41, 1, 41, 29)
    assert (action.done, action.difficult, action.lessons) == (
        "Trente permanences.", "Peu d’hommes.", "Aller au marché.",
    )  # fmt: skip
    assert [(measure.target, measure.result) for measure in action.measures] == [(36, 41)]


def test_action_is_told_with_every_need_of_its_priority_and_no_word_of_one_of_them(in_asv, rows):
    other = NeedFactory(asv=in_asv, diagnostic=rows.diagnostic, statement="Trouver un médecin", severity=1)
    rows.priority.needs.add(other)
    rows.voice(need=other, heard_on=dt.date(2024, 5, 3))
    rows.action()
    rows.action()

    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    assert [set(action.needs) for action in snapshot.actions] == [{"Voir un dentiste", "Trouver un médecin"}] * 2
    assert [action.quote for action in snapshot.actions] == ["", ""]
    assert "2 besoins entendus" in annual_document(snapshot).html


def test_words_already_quoted_are_not_replaced_by_those_of_another_need(in_asv, rows):
    rows.action()
    rows.action()

    first, second = annual_snapshot(in_asv, year=2025, on=ON).actions

    assert (first.needs, bool(first.quote)) == (second.needs, True)
    assert second.quote == ""


def test_words_are_counted_once_and_how_often_they_were_heard_beside_them(in_asv, rows):
    rows.voice(mentions=546)

    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    found = snapshot.diagnostic
    assert (found.resident_voices, found.resident_mentions, found.professional_voices) == (2, 547, 0)
    assert [(row.residents, row.heard) for row in found.voices if row.residents] == [(2, 547)]
    assert "entendues 547\u00a0fois pour le diagnostic" in annual_document(snapshot).html.replace(" fois", "\u00a0fois")


def test_action_without_report_says_nothing_it_does_not_know(in_asv, rows):
    rows.action()
    rows.action(reported=False)

    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    assert (snapshot.actions[1].people, snapshot.actions[1].spent, snapshot.actions[1].is_reported) == (
        None,
        None,
        False,
    )
    assert totals_of(snapshot).coverage == "1 action sur 2 a rendu son bilan"


def test_money_is_that_of_the_decisions_and_of_the_requests(in_asv, rows):
    rows.action()
    ProgrammeFactory(asv=in_asv, year=2024)

    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    assert sum(funder.requested or 0 for funder in snapshot.funders) == 7000
    assert [(heading.planned, heading.actual) for heading in snapshot.headings] == [(1000, 900)]
    assert snapshot.granted_before is None


@pytest.fixture
def neighbour(rows):
    """Another ASV with its own year."""
    other = YearRows(AsvFactory())
    other.action(people_reached=999)
    return other


def test_rows_of_another_asv_never_enter_a_snapshot(in_asv, rows, neighbour):
    rows.action()

    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    assert (len(snapshot.actions), totals_of(snapshot).people) == (1, 41)
    assert len(snapshot.diagnostic.needs) == 1


def test_empty_year_is_left_empty(in_asv):
    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    assert (snapshot.actions, snapshot.effects, snapshot.broken_links, snapshot.network.partners) == ((), (), (), None)


def test_small_group_is_masked_in_the_report_and_in_the_note(in_asv, rows):
    rows.action(people_reached=7)
    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    html = annual_document(snapshot).html

    assert "moins de\u00a011" in html
    assert "personnes touchées</b>" not in note_document(snapshot).html
    assert not any("personnes touchées" in effect.title for effect in snapshot.effects)


@pytest.mark.pdf
def test_report_of_a_real_year_has_fifteen_pages_and_its_note_one(in_asv, rows):
    for _ in range(6):
        rows.action()
    snapshot = annual_snapshot(in_asv, year=2025, on=ON)

    report, note = (render_pdf(layout(snapshot).html) for layout in (annual_document, note_document))

    assert report.page_count >= 15
    assert note.page_count == 1


def test_alerts_name_what_is_broken(in_asv, rows):
    old = NeedFactory(asv=in_asv, diagnostic=rows.diagnostic, statement="Parler à quelqu’un")
    rows.voice(need=old, heard_on=dt.date(2023, 11, 10))
    rows.priority_of("Rompre l’isolement", [], rank=2)
    late = rows.action(reported=False)
    ActionReportFactory(action=late, due_on=dt.date(2026, 5, 1))

    found = {alert.key: (alert.count, alert.names) for alert in alerts_of(in_asv, year=2025, on=ON)}

    assert found["priorities"] == (1, ("Rompre l’isolement",))
    assert found["unanswered"] == (1, ("Parler à quelqu’un",))
    assert found["needs"] == (1, ("Parler à quelqu’un",))
    # The same action may come back every year: the year of its programme tells which report is late.
    assert found["late"] == (1, (f"{late.title} (2025)",))


@pytest.mark.parametrize(
    ("year", "heard_on", "count"),
    [
        (2025, dt.date(2023, 12, 1), 1),
        # Two years had not passed when the year told ended, whatever the day it is told.
        (2025, dt.date(2024, 3, 1), 0),
        # Nothing was to answer it: there was no programme.
        (2024, dt.date(2021, 3, 1), 0),
    ],
)
def test_needs_are_without_answer_at_the_end_of_the_year_told(in_asv, rows, year, heard_on, count):
    need = NeedFactory(asv=in_asv, diagnostic=rows.diagnostic, statement="Parler à quelqu’un")
    rows.voice(need=need, heard_on=heard_on)

    found = {alert.key: alert.count for alert in alerts_of(in_asv, year=year, on=dt.date(2026, 11, 22))}

    assert found.get("unanswered", 0) == count


@pytest.mark.parametrize(
    ("vote", "told"),
    [
        ({"voted_on": dt.date(2026, 2, 12)}, 2025),
        ({"voted_on": dt.date(2025, 11, 1)}, 2024),
        ({"voted_on": None, "committee_on": dt.date(2025, 11, 1)}, 2024),
        # Nothing was validated by then, or nothing is dated: the latest of the year or before.
        ({"voted_on": dt.date(2023, 1, 1)}, 2026),
        ({}, 2026),
    ],
)
def test_year_stands_on_the_last_diagnostic_validated_before_its_vote(in_asv, vote, told):
    validated = {2024: dt.date(2024, 11, 18), 2025: dt.date(2025, 11, 18), 2026: None}
    for year, day in validated.items():
        state = DiagnosticState.VALIDATED if day else DiagnosticState.PREPARATION
        diagnostic = DiagnosticFactory(asv=in_asv, year=year, state=state, validated_on=day)
        NeedFactory(asv=in_asv, diagnostic=diagnostic)
    ProgrammeFactory(asv=in_asv, year=2026, **{"committee_on": None, **vote})

    found = year_of(in_asv, year=2026, on=ON)

    assert found.diagnostic.year == told
    assert current_year(in_asv, on=ON) == found


def test_year_under_way_is_not_judged_before_its_reports_are_due(in_asv, rows):
    action = rows.action(reported=False)
    MeasureFactory(indicator=ActionIndicatorFactory(action=action, name="Orientations", target=Decimal(220)), value=205)
    ActionReportFactory(action=action, due_on=dt.date(2026, 6, 30))

    snapshot = annual_snapshot(in_asv, year=2025, on=ON)
    report, note = plain(annual_document(snapshot).html), plain(note_document(snapshot).html)
    late = annual_snapshot(in_asv, year=2025, on=dt.date(2026, 7, 1))

    assert totals_of(snapshot).awaited == "bilan attendu pour le 30\u00a0juin\u00a02026"
    assert "orientations à ce jour ; objectif 220" in note
    assert "une est atteinte à ce jour ; bilan attendu pour le 30 juin 2026" in report
    assert "du programme. Aucun chiffre" not in report
    assert "n’a pas encore répondu" not in report
    assert totals_of(late).awaited == ""
    assert "orientations ; objectif non atteint (220)" in plain(note_document(late).html)
    assert "n’a pas encore répondu" in plain(annual_document(late).html)


def test_network_of_a_year_that_ended_says_the_day_it_was_counted(in_asv, rows):
    rows.action()

    told, current = (partners_figure(annual_snapshot(in_asv, year=year, on=ON)) for year in (2025, 2026))

    assert "au 1er\u00a0juin\u00a02026" in told.note
    assert "2026" not in current.note


def test_suggestions_ask_for_what_is_broken_before_the_next_committee(in_asv, rows):
    rows.priority_of("Rompre l’isolement", [], rank=2)
    rows.action()
    ProgrammeFactory(asv=in_asv, year=2026, committee_on=dt.date(2026, 9, 8))

    found = suggestions_of(in_asv, year=2025, on=ON)

    assert found.decisions[0].what == "Chercher un porteur pour « Rompre l’isolement », ou y renoncer"
    assert found.decisions[0].before == dt.date(2026, 9, 8)
    assert found.headlines == ("1\u00a0action en 2025, 1 priorité sans action",)
