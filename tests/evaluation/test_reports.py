"""The report, from the request to the approval, as the partner and the coordinator do it without JavaScript."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.common.workflow import TransitionRefused
from asv_platform.notifications.models import Message
from evaluation.models import ActionIndicator, ActionReport, Measure
from evaluation.selectors import missing_before_filing, report_sheet
from evaluation.services import (
    ReportClosed,
    ReportIncomplete,
    approve_report,
    due_date,
    file_report,
    open_report,
    open_reports,
    return_report,
    save_report,
)
from tests.factories.evaluation import ActionReportFactory, MeasureFactory, ReportLineFactory, SessionFactory
from tests.factories.programmation import ActionFactory

pytestmark = pytest.mark.django_db

WHOLE = {
    "summary": "Un atelier par semaine.",
    "public_reached": "Des familles du quartier.",
    "places": "Maison de quartier.",
    "objectives_reached": "Oui.",
    "people_reached": 41,
    "signatory": "Fatou Diarra, présidente",
}


@pytest.fixture
def report(action, alice):
    return open_report(action=action, kind="final", due_on=due_date(2026), by=alice)


@pytest.fixture
def filed(report, fatou):
    save_report(report=report, by=fatou, **WHOLE)
    return file_report(report=report, by=fatou, at=timezone.now())


def page_of(name, report):
    return reverse(f"partner_evaluation:{name}", kwargs={"pk": report.pk})


def team_page(name, report):
    return reverse(f"evaluation:{name}", kwargs={"asv": report.asv.slug, "pk": report.pk})


def test_due_date_is_six_months_after_the_year():
    assert due_date(2025) == dt.date(2026, 6, 30)


def test_open_report_copies_the_budget_and_what_funders_granted(in_asv, report):
    lines = [(line.code, line.planned, line.actual) for line in report.lines.all()]

    assert lines == [("604", Decimal(1000), None), ("74etat", Decimal(800), Decimal(600))]
    assert "600" in report.lines.get(code="74etat").explanation
    assert ActionIndicator.objects.count() == 2


def test_open_reports_asks_each_action_once(in_asv, alice, action):
    ActionFactory(programme=action.programme, state="cancelled")
    asked = {"programme": action.programme, "due_on": due_date(2026), "by": alice}

    assert [row.action for row in open_reports(**asked)] == [action]
    assert open_reports(**asked) == []


def test_asking_the_reports_tells_the_partners(client, in_asv, alice, fatou, action):
    client.force_login(alice)
    url = reverse("evaluation:report_ask", kwargs={"asv": in_asv.slug})

    client.post(url, {"programme": action.programme_id, "due_on": "2099-06-30"})

    assert list(Message.objects.values_list("to", flat=True)) == ["fatou@exemple.fr"]


def test_asking_one_report_tells_the_partner_once(client, in_asv, alice, fatou, action):
    client.force_login(alice)
    url = reverse("evaluation:report_ask_one", kwargs={"asv": in_asv.slug, "pk": action.pk})

    for _ in range(2):
        client.post(url, {"kind": "interim", "due_on": "2099-06-30"})

    assert list(Message.objects.values_list("to", flat=True)) == ["fatou@exemple.fr"]


def test_report_fills_itself_from_the_log(in_asv, report, action):
    SessionFactory(action=action, held_on=dt.date(2026, 2, 25), women=28, men=13)
    SessionFactory(action=action, held_on=dt.date(2026, 3, 4), women=1, men=0, from_qpv=0, place="Cuisine")

    suggested = report_sheet(report).suggested

    assert "2\u00a0séances tenues" in suggested["summary"].replace("\u202f", "\u00a0").replace("2 s", "2\u00a0s")
    assert "29 femmes et 13 hommes" in suggested["public_reached"].replace("\u00a0", " ")
    assert "Cuisine" in suggested["places"]


def test_missing_before_filing_follows_the_path(in_asv, report):
    def fields():
        return [item.field for item in missing_before_filing(report)]

    assert fields() == ["summary", "public_reached", "places", "objectives_reached", "people_reached", "signatory"]
    report.path = "not_carried_out"
    assert fields() == ["difficulties", "signatory"]
    report.path = "dates_changed"
    assert fields() == ["difficulties", "next_steps", "signatory"]


def test_gap_over_ten_percent_asks_for_a_sentence(in_asv, fatou, report):
    line = report.lines.get(code="604")
    save_report(report=report, by=fatou, lines={line.pk: (Decimal(850), "")}, **WHOLE)

    with pytest.raises(ReportIncomplete, match="Expliquez l’écart"):
        file_report(report=report, by=fatou, at=timezone.now())


def test_blank_line_is_filed_as_planned(in_asv, filed):
    assert filed.lines.get(code="604").actual == Decimal(1000)


def test_blank_line_of_an_action_that_did_not_happen_is_nothing(in_asv, report, fatou):
    save_report(report=report, by=fatou, path="not_carried_out", difficulties="Salle fermée.", signatory="F. Diarra")

    file_report(report=report, by=fatou, at=timezone.now())

    assert report.lines.get(code="604").actual == 0


def test_partner_journey_without_javascript(client, in_asv, alice, fatou, report):
    client.force_login(fatou)
    line = report.lines.get(code="604")
    typed = WHOLE | {
        "path": "carried_out",
        f"actual_{line.pk}": "1 250,50",
        f"explanation_{line.pk}": "",
        "_version": 0,
    }

    draft = client.post(page_of("report_edit", report), typed | {"summary": ""})
    shown = client.get(page_of("report", report))
    refused = client.post(page_of("report_file", report), {"sworn": "on"})
    client.post(page_of("report_edit", report), typed | {f"explanation_{line.pk}": "Devis plus cher.", "_version": 1})
    done = client.post(page_of("report_file", report), {"sworn": "on"})

    assert (draft.status_code, refused.status_code, done.status_code) == (302, 422, 302)
    assert "Racontez la mise en œuvre" in shown.text
    assert "Expliquez l’écart" in shown.text
    report.refresh_from_db()
    assert (report.state, report.filed_at.date()) == ("filed", timezone.now().date())
    assert report.lines.get(code="604").actual == Decimal("1250.50")


def test_correction_then_refiling_tells_each_side_once(in_asv, alice, fatou, filed):
    returned = return_report(report=filed, by=alice, request="Précisez le nombre d’hommes.")
    save_report(report=returned, by=fatou, public_reached="Dont 56 hommes.")
    file_report(report=returned, by=fatou, at=timezone.now())
    file_report(report=returned, by=fatou, at=timezone.now())

    told = sorted(Message.objects.values_list("to", "subject"))
    assert told.count((alice.email, f"Bilan à lire : {filed.action.title}")) == 2
    assert told.count(("fatou@exemple.fr", f"Bilan à corriger : {filed.action.title}")) == 1


def test_approval_locks_the_measures_and_thanks_the_partner(in_asv, alice, action, filed):
    MeasureFactory(indicator=ActionIndicator.objects.filter(action=action).first())

    approved = approve_report(report=filed, by=alice, at=timezone.now())

    assert approved.state == "approved"
    assert Measure.objects.get().is_locked
    assert Message.objects.filter(to="fatou@exemple.fr", subject__startswith="Bilan approuvé").count() == 1


def test_filed_report_does_not_change(in_asv, fatou, filed):
    with pytest.raises(ReportClosed):
        save_report(report=filed, by=fatou, summary="Autre chose")


def test_draft_cannot_be_approved(in_asv, alice, report):
    with pytest.raises(TransitionRefused):
        approve_report(report=report, by=alice, at=timezone.now())


def test_stale_report_is_refused(client, in_asv, fatou, report):
    save_report(report=report, by=fatou, summary="La collègue a écrit ceci.")
    client.force_login(fatou)

    response = client.post(page_of("report_edit", report), WHOLE | {"path": "carried_out", "_version": "0"})

    assert response.status_code == 422
    assert "La collègue a écrit ceci." in response.text


def test_bad_amount_is_refused_beside_its_line(client, in_asv, fatou, report):
    line = report.lines.get(code="604")
    client.force_login(fatou)

    response = client.post(page_of("report_edit", report), {"path": "carried_out", f"actual_{line.pk}": "-5"})

    assert response.status_code == 422
    assert f"actual_{line.pk}" in response.context["form"].errors


def test_editor_writes_and_does_not_file(client, in_asv, editor, report):
    client.force_login(editor)

    written = client.post(page_of("report_edit", report), WHOLE | {"path": "carried_out"})

    assert written.status_code == 302
    assert client.post(page_of("report_file", report), {"sworn": "on"}).status_code == 403


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("dora", 403), ("bob", 403), ("charlie", 404)])
@pytest.mark.parametrize(
    ("name", "data"), [("report_approve", {}), ("report_return", {"correction_request": "À revoir"})]
)
def test_report_decision_answers_each_reader(client, request, in_asv, filed, who, status, name, data):
    client.force_login(request.getfixturevalue(who))

    assert client.post(team_page(name, filed), data).status_code == status


def test_correction_without_words_is_refused(client, in_asv, alice, filed):
    client.force_login(alice)

    response = client.post(team_page("report_return", filed), {"correction_request": "   "})

    assert response.status_code == 422
    assert ActionReport.objects.get().state == "filed"


def test_late_reports_are_those_not_filed(in_asv, action, today):
    late = ActionReportFactory(action=action, late=True)
    ActionReportFactory(action=ActionFactory(programme=action.programme), late=True, filed=True)
    ReportLineFactory(report=late)

    assert list(ActionReport.objects.late(today)) == [late]


def test_report_list_follows_the_links_of_the_dashboard(client, in_asv, alice, action):
    late = ActionReportFactory(action=action, late=True)
    filed = ActionReportFactory(action=action, kind="interim", filed=True)
    client.force_login(alice)
    url = reverse("evaluation:report_list", kwargs={"asv": in_asv.slug})

    def shown(**query):
        return [row.url for row in client.get(url, query).context["page"].rows]

    assert shown(late="true") == [team_page("report_detail", late)]
    assert shown(state="filed") == [team_page("report_detail", filed)]
