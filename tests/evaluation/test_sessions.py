import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evaluation.models import ActionIndicator, Session
from evaluation.services import (
    ActionCancelled,
    HeldInFuture,
    PeriodClosed,
    TooManyPlanned,
    cancel_session,
    log_session,
    plan_sessions,
    tell_session,
)
from tests.factories.evaluation import ActionIndicatorFactory, ActionReportFactory, SessionFactory
from tests.factories.programmation import ActionFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def log_url(action):
    return reverse("partner_evaluation:session_create", kwargs={"pk": action.pk})


def saved(asv_action) -> Session:
    return Session.objects.get(action=asv_action)


def test_partner_logs_a_session_in_six_answers(client, in_asv, fatou, action, log_url, session_data):
    client.force_login(fatou)

    response = client.post(log_url, session_data | {"satisfaction": "3"})

    assert response.status_code == 302
    session = saved(action)
    assert (session.state, session.women, session.men, session.from_qpv, session.satisfaction) == ("held", 8, 3, 9, 3)


def test_log_form_remembers_the_place_and_offers_today(client, in_asv, fatou, action, log_url, today):
    SessionFactory(action=action, place="Cuisine du Moulin", held_on=today - dt.timedelta(days=7))
    client.force_login(fatou)

    form = client.get(log_url).context["form"]

    assert form["place"].value() == "Cuisine du Moulin"
    assert form["held_on"].value() == today


def test_double_tap_is_saved_once(client, in_asv, fatou, action, log_url, session_data):
    client.force_login(fatou)
    data = session_data | {"_key": client.get(log_url).context["page"].key}

    first, second = client.post(log_url, data), client.post(log_url, data)

    assert first.url == second.url
    assert Session.objects.count() == 1


def test_first_session_adopts_the_promised_indicators_once(in_asv, fatou, action, today):
    for _ in range(2):
        log_session(action=action, by=fatou, on=today, held_on=today, women=4)

    names = ActionIndicator.objects.filter(action=action).values_list("name", flat=True)
    assert list(names) == ["Personnes accueillies", "Cuisinent chez eux"]


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"age_6_11": "12"}, "age_0_5", "La somme des âges dépasse"),
        ({"from_qpv": "12"}, "from_qpv", "plus d’habitants des quartiers que de présents"),
        ({"held_on": "2099-01-01"}, "held_on", "pas encore passée"),
        ({"held_on": "30/02/2026"}, "held_on", "une date qui existe"),
        ({"hours": "0"}, "hours", "entre un quart d’heure et 24 heures"),
        ({"hours": "0,1"}, "hours", "entre un quart d’heure et 24 heures"),
        ({"hours": "30"}, "hours", "entre un quart d’heure et 24 heures"),
        ({"women": "-2"}, "women", "négatif"),
        ({"women": "douze"}, "women", "nombre entier"),
        ({"women": "99999"}, "women", "trop grand"),
        ({"women": "", "men": ""}, "women", "écrivez 0"),
        ({"satisfaction": "9"}, "satisfaction", "Sélectionnez"),
    ],
)
def test_log_form_refuses_in_french_and_loses_nothing(
    client, in_asv, fatou, log_url, session_data, wrong, field, words
):
    client.force_login(fatou)

    response = client.post(log_url, session_data | {"note": "Deux familles 🌱 <b>nouvelles</b>"} | wrong)

    assert response.status_code == 422
    assert any(words in error for error in response.context["form"].errors[field])
    assert "Deux familles 🌱 &lt;b&gt;nouvelles&lt;/b&gt;" in response.text
    assert not Session.objects.exists()


def test_counts_accept_spaces_and_zero(client, in_asv, fatou, action, log_url, session_data):
    client.force_login(fatou)

    client.post(log_url, session_data | {"women": "1 200", "men": "0", "from_qpv": ""})

    assert (saved(action).women, saved(action).men, saved(action).from_qpv) == (1200, 0, 0)


def test_note_shows_html_as_text(client, in_asv, alice, action):
    session = SessionFactory(action=action, note="<script>alert(1)</script> 🌱")
    client.force_login(alice)

    page = client.get(reverse("evaluation:session_edit", kwargs={"asv": in_asv.slug, "pk": session.pk}))

    assert "<script>alert" not in page.text


def test_stale_edit_is_refused_and_shows_what_is_stored(client, in_asv, fatou, action, session_data):
    session = SessionFactory(action=action, version=4, women=20)
    client.force_login(fatou)

    url = reverse("partner_evaluation:session_edit", kwargs={"pk": session.pk})
    response = client.post(url, session_data | {"_version": "3"})

    assert response.status_code == 422
    assert ("Femmes", "20") in [(found.label, found.current) for found in response.context["page"].conflicts]
    session.refresh_from_db()
    assert session.women == 20


def test_planned_session_told_becomes_held(in_asv, fatou, action, today):
    [session] = plan_sessions(action=action, by=fatou, first_on=today, place="Cuisine")

    told = tell_session(session=session, by=fatou, on=today, held_on=today, women=5)

    assert (told.state, told.people, told.place) == ("held", 5, "Cuisine")


def test_planning_leaves_days_already_taken(in_asv, fatou, action, today):
    plan_sessions(action=action, by=fatou, first_on=today)

    added = plan_sessions(action=action, by=fatou, first_on=today, times=3, every_days=7)

    assert [row.held_on for row in added] == [today + dt.timedelta(days=7), today + dt.timedelta(days=14)]


def test_cancelled_session_counts_nobody(in_asv, fatou, action):
    session = SessionFactory(action=action, age_60=3)

    cancelled = cancel_session(session=session, by=fatou, motive="Salle fermée")

    assert (cancelled.state, cancelled.people, cancelled.age_60, cancelled.note) == ("cancelled", 0, 0, "Salle fermée")
    assert cancel_session(session=cancelled, by=fatou).version == cancelled.version


def test_session_in_the_future_is_refused(in_asv, fatou, action, today):
    with pytest.raises(HeldInFuture):
        log_session(action=action, by=fatou, on=today, held_on=today + dt.timedelta(days=1), women=1)


def test_cancelled_action_takes_no_session(in_asv, fatou, action, today):
    action.state = "cancelled"

    with pytest.raises(ActionCancelled):
        log_session(action=action, by=fatou, on=today, held_on=today, women=1)


def test_approved_final_report_closes_the_log(in_asv, fatou, action, today):
    session = SessionFactory(action=action)
    ActionReportFactory(action=action, approved=True)

    with pytest.raises(PeriodClosed):
        log_session(action=action, by=fatou, on=today, held_on=today, women=1)
    with pytest.raises(PeriodClosed):
        cancel_session(session=session, by=fatou)


@pytest.mark.parametrize("name", ["evaluation:action", "partner_evaluation:action"])
def test_closed_log_offers_nothing_to_note(client, in_asv, alice, fatou, action, name):
    kwargs = {"pk": action.pk} | ({"asv": in_asv.slug} if name.startswith("evaluation") else {})
    client.force_login(alice if name.startswith("evaluation") else fatou)

    opened = client.get(reverse(name, kwargs=kwargs)).content.decode()
    ActionReportFactory(action=action, approved=True)
    closed = client.get(reverse(name, kwargs=kwargs)).content.decode()

    for words in ("Noter une séance", "Mesurer"):
        assert words in opened
        assert words not in closed


def test_database_refuses_more_ages_than_people(in_asv, action):
    session = SessionFactory.build(action=action, asv=in_asv, women=2, men=0, from_qpv=0, age_60=3)

    with pytest.raises(ValidationError, match="somme des âges"):
        session.full_clean()


def test_log_has_its_totals_and_results_export_every_disaggregation(client, in_asv, alice, action):
    SessionFactory(action=action, age_60=2)
    SessionFactory(action=action, women=1, men=1, from_qpv=0)
    client.force_login(alice)
    url = reverse("evaluation:session_list", kwargs={"asv": in_asv.slug})

    shown = client.get(url).context["page"]
    results = reverse("evaluation:overview", kwargs={"asv": in_asv.slug})
    exported = b"".join(client.get(results, {"format": "csv"}).streaming_content).decode("utf-8-sig")

    assert [cell.text for cell in shown.totals][-4:] == [13, 9, 4, 9]
    assert all(word in exported for word in ("Femmes", "0 à 5 ans", "60 ans et plus", "Quartiers prioritaires"))


def test_figures_of_a_year_lead_to_the_rows_of_that_year(client, in_asv, bob, action):
    last_year = ActionFactory(programme=ProgrammeFactory(asv=in_asv, year=action.programme.year - 1))
    for one in (action, last_year):
        SessionFactory(action=one)
        SessionFactory(action=one, planned=True)
        ActionIndicatorFactory(action=one)
    client.force_login(bob)
    page = reverse("evaluation:overview", kwargs={"asv": in_asv.slug})

    figures = client.get(page, {"annee": last_year.programme.year}).context["figures"]

    assert {figure.label: client.get(figure.url).context["page"].total for figure in figures if figure.url} == {
        "séances tenues": 1,
        "cibles atteintes": 1,
    }


def test_session_list_filters_by_state_and_period(client, in_asv, alice, action):
    SessionFactory(action=action, held_on=dt.date(2026, 1, 5))
    SessionFactory(action=action, planned=True)
    client.force_login(alice)
    url = reverse("evaluation:session_list", kwargs={"asv": in_asv.slug})

    assert client.get(url, {"etat": "planned"}).context["page"].total == 1
    assert client.get(url, {"depuis": "2026-01-01", "jusque": "2026-01-31"}).context["page"].total == 1


def test_more_sessions_than_a_year_holds_are_refused_and_none_is_dropped(client, in_asv, fatou, action, today):
    client.force_login(fatou)
    url = reverse("partner_evaluation:session_plan", kwargs={"pk": action.pk})

    response = client.post(url, {"held_on": today.isoformat(), "times": "61", "every_days": "7"})

    assert response.status_code == 422
    assert response.context["form"].errors["times"] == ["Prévoyez 60 séances au plus."]
    assert not Session.objects.exists()
    with pytest.raises(TooManyPlanned):
        plan_sessions(action=action, by=fatou, first_on=today, times=61)
