"""Reports as the team asks, reminds and files them, for organisations that read us and for those that do not."""

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from asv_platform.audit.models import AuditEntry
from asv_platform.notifications.models import Message
from evaluation.models import ActionReport
from evaluation.services import asked_for, open_report, save_report
from tests.evaluation.test_reports import WHOLE, team_page
from tests.factories.programmation import ActionFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def report(action, alice, today):
    """Due yesterday."""
    return open_report(action=action, kind="final", due_on=today - dt.timedelta(days=1), by=alice)


@pytest.fixture
def ask_url(action):
    return reverse("evaluation:report_ask", kwargs={"asv": action.asv.slug})


@pytest.fixture
def this_year(in_asv, action, today):
    """The programme under way is the one of this year; the next one has an action already, not begun."""
    action.programme.year = today.year
    action.programme.save()
    coming = ProgrammeFactory(asv=action.asv, year=today.year + 1)
    ActionFactory(programme=coming, organisation=action.organisation)
    return action.programme


def labels(client, report) -> list[str]:
    return [row.label for row in client.get(team_page("report_detail", report)).context["page"].actions]


def test_complete_report_is_filed_for_the_organisation_under_one_s_own_name(client, in_asv, alice, report, fatou):
    client.force_login(alice)
    incomplete = labels(client, report)
    save_report(report=report, by=alice, **WHOLE)

    complete = labels(client, report)
    refused = client.post(team_page("report_file", report), {})
    done = client.post(team_page("report_file", report), {"received": "on"}, follow=True)

    assert "Déposer pour la structure" not in incomplete
    assert "Déposer pour la structure" in complete
    assert refused.status_code == 422
    assert ActionReport.objects.get().state == "filed"
    assert "Le bilan est déposé pour la structure." in text_of(done)
    assert AuditEntry.objects.get(event="report.filed_for").actor == alice
    assert Message.objects.get(subject__startswith="Bilan déposé en votre nom").to == fatou.email


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("dora", 403), ("bob", 403), ("charlie", 404)])
def test_filing_for_the_organisation_answers_each_reader(client, request, report, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.get(team_page("report_file", report)).status_code == status


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("dora", 302), ("bob", 403), ("charlie", 404)])
def test_reminder_answers_each_reader(client, request, report, fatou, who, status):
    client.force_login(request.getfixturevalue(who))

    assert client.post(team_page("report_remind", report)).status_code == status


def test_reminder_goes_once_a_day_and_leaves_what_the_partner_writes(client, in_asv, alice, fatou, report, today):
    client.force_login(alice)
    for _ in range(2):
        client.post(team_page("report_remind", report))

    fresh = ActionReport.objects.get()
    assert Message.objects.get(subject__startswith="Rappel, bilan attendu").to == fatou.email
    assert (fresh.reminded_on, fresh.version) == (today, report.version)


def test_nobody_is_reminded_where_nobody_reads(client, in_asv, alice, report):
    client.force_login(alice)

    answer = client.post(team_page("report_remind", report))

    assert answer.status_code == 422
    assert "n’a aucun accès à la plateforme" in text_of(answer)
    assert ActionReport.objects.get().reminded_on is None


def test_organisation_that_nobody_reads_for_is_not_said_to_be_told(client, in_asv, alice, action, today):
    client.force_login(alice)
    url = reverse("evaluation:report_ask_one", kwargs={"asv": action.asv.slug, "pk": action.pk})

    before = text_of(client.get(url))
    due = (today + dt.timedelta(days=30)).isoformat()
    after = text_of(client.post(url, {"kind": "final", "due_on": due}, follow=True))

    assert "aucun accès à la plateforme" in before
    assert "La Marmite du Moulin n’a aucun accès à la plateforme" in after
    assert "Ouvrir un accès" in after
    assert "prévenue par courriel" not in after
    assert not Message.objects.exists()
    assert "Relancer" not in labels(client, ActionReport.objects.get())


def test_reports_of_a_year_name_who_is_not_told(client, alice, this_year, ask_url, fatou, blanc_mesnil):
    other = ActionFactory(programme=this_year, organisation__asv=blanc_mesnil, organisation__name="Sans accès")
    client.force_login(alice)
    form = client.get(ask_url).context["form"]

    sent = {"programme": this_year.pk, "due_on": form["due_on"].initial.isoformat()}
    answer = text_of(client.post(ask_url, sent, follow=True))

    assert "2 bilans demandés." in answer
    assert f"sauf celles qui n’ont aucun accès : {other.organisation}." in answer


def test_reports_are_asked_for_the_year_of_the_page_and_not_before_it_begins(client, alice, this_year, ask_url, today):
    past = ProgrammeFactory(asv=this_year.asv, year=today.year - 1)
    client.force_login(alice)

    form = client.get(ask_url, {"annee": past.year}).context["form"]
    default = client.get(ask_url).context["form"]
    overview = client.get(reverse("evaluation:overview", kwargs={"asv": past.asv.slug}), {"annee": past.year})

    assert form.initial["programme"] == past
    assert default.initial["programme"] == this_year
    assert [row.year for row in form.fields["programme"].queryset] == [today.year, today.year - 1]
    assert [row.url for row in overview.context["page"].actions] == [f"{ask_url}?annee={past.year}"]


def test_untouched_date_follows_the_programme_chosen(client, alice, this_year, ask_url, today):
    past = ActionFactory(programme=ProgrammeFactory(asv=this_year.asv, year=today.year - 1))
    client.force_login(alice)
    form = client.get(ask_url).context["form"]

    client.post(ask_url, {"programme": past.programme_id, "due_on": form["due_on"].initial.isoformat()})

    report = ActionReport.objects.get()
    assert (report.action, report.due_on) == (past, asked_for(today.year - 1, on=today))


def test_report_asked_late_leaves_a_month():
    assert asked_for(2025, on=dt.date(2026, 3, 1)) == dt.date(2026, 6, 30)
    assert asked_for(2025, on=dt.date(2026, 11, 22)) == dt.date(2026, 12, 22)


def test_share_of_the_grants_waits_for_every_line(client, in_asv, alice, action):
    report = open_report(action=action, kind="final", due_on=timezone.localdate(), by=alice)
    client.force_login(alice)
    url = reverse("evaluation:report_detail", kwargs={"asv": action.asv.slug, "pk": report.pk})

    partly = text_of(client.get(url))
    for line in report.lines.filter(actual__isnull=True):
        line.actual = line.planned
        line.save()
    whole = text_of(client.get(url))

    assert "Les subventions (" not in partly
    assert "Les subventions (600 €) représentent" in whole
