"""The demonstration never contradicts itself: its thread runs forward in time, its figures can all be true together."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.utils import timezone
from stdnum import iban

from asv_platform.accounts.models import User
from asv_platform.console.demo.build import STORIES, build_story
from asv_platform.console.demo.days import TERMS, WEEKDAYS, public_holidays, session_days
from asv_platform.console.demo.story import read
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import asv_scope
from diagnostics.models import Diagnostic
from evaluation.models import ActionReport
from programmation.enums import AgeBand
from programmation.models import Action, Objective, Proposal
from tests.factories.diagnostics import IndicatorFactory
from tests.factories.platform import CommuneFactory, NeighbourhoodFactory

TODAY = dt.date(2026, 11, 21)
YEARS = range(2024, 2034)


@pytest.fixture(params=STORIES)
def data(request):
    return read(request.param)


@pytest.fixture
def story(db, data):
    """One of the three stories, built on a territory of its own."""
    own = [CommuneFactory(code=code) for code in data["asv"]["communes"]]
    for row in data["organisations"]:
        CommuneFactory(code=row.get("commune", own[0].code))
    for code in data["asv"]["neighbourhoods"]:
        NeighbourhoodFactory(code=code, communes=own)
    for code in {code for told in editions(data) for need in told["needs"] for code, _place in need["evidences"]}:
        IndicatorFactory(code=code)
    build_story(data, TODAY)
    return data


def editions(data) -> list[dict]:
    """What each edition of the diagnostic holds: the contents of the last one are those of the file."""
    return [*data["diagnostics"][:-1], data]


def test_story_runs_forward_in_time_and_its_figures_agree(story):
    # One test: building a story takes long enough.
    with asv_scope(Asv.objects.get().pk):
        assert sorted(backwards()) == []
        assert sorted(impossible(story)) == []
        assert sorted(unexpected(story)) == []
        assert all(iban.is_valid(proposal.iban) for proposal in Proposal.objects.exclude(state="draft"))
    staff = User.objects.filter(is_staff=True, is_superuser=False)
    assert [user.email for user in staff] == [row["email"] for row in story["users"] if row.get("admin")]


def backwards() -> Iterator[str]:
    """Every thread in which a date comes before the one it follows from."""
    for objective in Objective.objects.all():
        yield from disorder(objective, objective_dates(objective))
    for diagnostic in Diagnostic.objects.all():
        for voice in diagnostic.voices.all():
            yield from disorder(voice, [voice.heard_on, diagnostic.validated_on])
    for proposal in Proposal.objects.exclude(filed_at=None):
        yield from disorder(proposal, [*proposal_dates(proposal), TODAY])
    for action in Action.objects.all():
        yield from disorder(action, [*proposal_dates(action.proposal), *action_dates(action), TODAY])
    for report in ActionReport.objects.exclude(filed_at=None):
        last = report.action.sessions.held().latest("held_on").held_on
        yield from disorder(report, [last, report.action.ends_on, *days(report.filed_at, report.approved_at), TODAY])


def disorder(row, dates: list) -> list[str]:
    known = [date for date in dates if date is not None]
    return [] if known == sorted(known) else [f"{row} : {', '.join(map(str, known))}"]


def days(*moments) -> list[dt.date]:
    return [timezone.localdate(moment) for moment in moments if moment]


def objective_dates(objective: Objective) -> list:
    """What was heard and proven, then adopted, then voted; the call opens in between."""
    priorities = list(objective.priorities.all())
    [diagnostic] = {priority.diagnostic for priority in priorities}
    voted_on = objective.programme.voted_on or objective.programme.committee_on
    # The newest edition that the vote could know, and no other.
    assert diagnostic == Diagnostic.objects.filter(validated_on__lte=voted_on).latest("validated_on")
    needs = [need for priority in priorities for need in priority.needs.all()]
    heard = [voice.heard_on for need in needs for voice in need.voices.all()]
    proven = [evidence.dated_on for need in needs for evidence in need.evidences.all()]
    assert heard
    opened_on = min(days(*(call.opens_at for call in objective.programme.calls.all())))
    adopted_on = max(priority.adopted_on for priority in priorities if priority.adopted_on)
    known_on = max(day for day in [*heard, *proven] if day)
    return [known_on, adopted_on, diagnostic.validated_on, opened_on, voted_on]


def proposal_dates(proposal: Proposal) -> list:
    """The call, the filing, the check, the decisions, which are those of the vote."""
    checked = [check.checked_on for check in proposal.checks.all()]
    decided = sorted({decision.decided_on for decision in proposal.decisions.all()})
    filed = days(proposal.call.opens_at, proposal.filed_at)
    return [*filed, *checked, *decided, proposal.call.programme.voted_on]


def action_dates(action: Action) -> list:
    """The action, its sessions, the measures taken at the last one."""
    held = sorted(session.held_on for session in action.sessions.held())
    measured = {
        measure.measured_on for indicator in action.action_indicators.all() for measure in indicator.measures.all()
    }
    return [action.starts_on, *held, *measured]


def impossible(data) -> Iterator[str]:
    """Every figure about people that the sessions contradict."""
    rows = {row["title"]: row for row in data["proposals"]}
    for action in Action.objects.all():
        sessions = list(action.sessions.held())
        came = sum(session.people for session in sessions)
        indicators = action.action_indicators.order_by("pk")
        values = [int(indicator.measures.latest("pk").value) for indicator in indicators]
        times = data["results"][rows[action.title]["key"]]["times"]
        counted = [(value, often) for value, often in zip(values, times, strict=True) if often not in {0, "all"}]
        reached = max((report.people_reached or 0 for report in action.reports.all()), default=0)
        possible = (
            all(value == came for value, often in zip(values, times, strict=True) if often == "all"),
            all(value <= counted[0][0] and often <= len(sessions) for value, often in counted),
            max(reached, least_attendance(counted)) <= came,
        )
        if not all(possible):
            yield f"{action} : {values}, {reached} personnes, {came} participations, {len(sessions)} séances"


def least_attendance(counted: list[tuple[int, int]]) -> int:
    """How many came in all, at least: each person once, and those who came several times as often as it is said."""
    return sum(value * (often if rank == 0 else often - 1) for rank, (value, often) in enumerate(counted))


def unexpected(data) -> Iterator[str]:
    """Every proposal that expects other people than those its action is for."""
    rows = {row["title"]: row for row in data["proposals"]}
    for proposal in Proposal.objects.exclude(filed_at=None):
        weights = dict(zip(AgeBand.values, data["results"][rows[proposal.title]["key"]]["ages"], strict=True))
        planned = {row.age_band: row.women + row.men for row in proposal.planned_publics.all()}
        if sum(planned.values()) != proposal.expected_people or not all(weights[band] for band in planned):
            yield f"{proposal} : {planned}"


def test_sessions_fall_on_the_weekdays_of_their_action(data):
    for row in data["proposals"]:
        for year in YEARS:
            found = session_days(row, year)
            assert {WEEKDAYS[day.weekday()] for day in found} <= set(row["days"]), row["key"]
            assert public_holidays(year).isdisjoint(found)
            assert found == sorted(set(found))
            if row.get("school"):
                assert all(any(first <= (day.month, day.day) <= last for first, last in TERMS) for day in found)


def test_public_holidays_of_a_year_are_known():
    assert sorted(f"{day:%d/%m}" for day in public_holidays(2026)) == [
        "01/01", "01/05", "01/11", "06/04", "08/05", "11/11", "14/05", "14/07", "15/08", "25/05", "25/12",
    ]  # fmt: skip
