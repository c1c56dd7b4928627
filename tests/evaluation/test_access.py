"""Who opens what, and at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation.selectors import programme_results
from tests.factories.evaluation import (
    ActionIndicatorFactory,
    ActionReportFactory,
    MeasureFactory,
    ReportLineFactory,
    SessionFactory,
)
from tests.factories.programmation import ActionFactory

pytestmark = pytest.mark.django_db


def team(name, asv, **kwargs):
    return reverse(f"evaluation:{name}", kwargs={"asv": asv.slug, **kwargs})


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("dora", 302), ("bob", 403), ("charlie", 404)])
def test_session_create_answers_each_reader(client, request, in_asv, action, session_data, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.post(team("session_create", in_asv, pk=action.pk), session_data).status_code == status


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("dora", 403), ("bob", 403), ("charlie", 404)])
def test_measure_approval_answers_each_reader(client, request, in_asv, action, who, status):
    measure = MeasureFactory(indicator__action=action)
    client.force_login(request.getfixturevalue(who))

    assert client.post(team("measure_approve", in_asv, pk=measure.pk)).status_code == status


@pytest.mark.parametrize("who", ["rival", "charlie", "alice"])
def test_partner_pages_of_another_organisation_do_not_exist(client, request, in_asv, action, session_data, who):
    session = SessionFactory(action=action)
    measure = MeasureFactory(indicator__action=action)
    report = ActionReportFactory(action=action)
    promise = action.proposal.indicators.first()
    client.force_login(request.getfixturevalue(who))

    answers = {
        name: client.post(reverse(f"partner_evaluation:{name}", kwargs={"pk": row.pk}), session_data).status_code
        for name, row in {
            "session_create": action,
            "session_plan": action,
            "session_edit": session,
            "session_cancel": session,
            "measure_create": measure.indicator,
            "measure_promise": promise,
            "measure_edit": measure,
            "report_edit": report,
            "report_file": report,
        }.items()
    }

    assert set(answers.values()) == {404}


def test_partner_opens_every_page_of_the_action(client, in_asv, fatou, action):
    rows = {
        "action": action,
        "session_create": action,
        "session_plan": action,
        "session_edit": SessionFactory(action=action),
        "session_cancel": SessionFactory(action=action),
        "measure_edit": MeasureFactory(indicator__action=action),
        "report": ActionReportFactory(action=action),
        "report_edit": ActionReportFactory(action=action, kind="interim"),
    }
    client.force_login(fatou)

    answers = {
        name: client.get(reverse(f"partner_evaluation:{name}", kwargs={"pk": row.pk})).status_code
        for name, row in rows.items()
    }

    assert set(answers.values()) == {200}


def fill(action):
    """One more of everything a list shows."""
    SessionFactory(action=action)
    report = ActionReportFactory(action=action)
    ReportLineFactory(report=report)
    MeasureFactory(indicator=ActionIndicatorFactory(action=action))


@pytest.mark.parametrize("name", ["overview", "session_list", "indicator_list", "report_list"])
def test_lists_cost_the_same_for_one_three_and_thirty_rows(client, in_asv, alice, action, name):
    client.force_login(alice)
    costs = []
    for count in (1, 2, 27):
        for _ in range(count):
            fill(ActionFactory(programme=action.programme))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(team(name, in_asv)).status_code == 200
        costs.append(len(queries))

    assert len(set(costs)) == 1, costs


def test_action_page_costs_the_same_for_one_three_and_thirty_sessions(client, in_asv, alice, action):
    client.force_login(alice)
    fill(action)
    costs = []
    for count in (0, 2, 27):
        for _ in range(count):
            SessionFactory(action=action)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(team("action", in_asv, pk=action.pk)).status_code == 200
        costs.append(len(queries))

    assert len(set(costs)) == 1, costs


def test_partner_list_costs_the_same_for_one_and_ten_actions(client, in_asv, fatou, marmite, action):
    client.force_login(fatou)
    costs = []
    for count in (0, 9):
        for _ in range(count):
            fill(ActionFactory(programme=action.programme, organisation=marmite))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("partner_evaluation:list")).status_code == 200
        costs.append(len(queries))

    assert costs[0] == costs[1]


def test_programme_results_say_their_coverage(in_asv, action):
    SessionFactory(action=action, women=30, men=14, from_qpv=33, age_60=20)
    SessionFactory(action=action, planned=True)
    ActionReportFactory(action=action, filed=True, people_reached=41)
    ActionFactory(programme=action.programme, state="cancelled")
    ActionFactory(programme=action.programme)

    results = programme_results(action.programme)

    assert (results.reported, results.actions) == (1, 2)
    assert (results.sessions_held, results.sessions_planned) == (1, 1)
    assert (results.shown.people_total, results.shown.declared_by, results.expected_people) == (41, 1, 40)
    assert results.attendance.people == sum(count for _, _, count in results.attendance.ages) == 44
    assert (results.attendance.women_share, results.attendance.qpv_share) == (68, 75)
