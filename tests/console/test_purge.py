"""What the page on personal data announces is done: what has been kept long enough goes, and nothing else."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from actors.models import Affiliation, Person
from actors.services import change_person, create_person
from asv_platform.accounts.models import LoginCode
from asv_platform.accounts.services import send_login_code
from asv_platform.audit.models import AuditEntry
from asv_platform.console.purge import purge
from asv_platform.notifications.models import Message, MessageState
from tests.factories.actors import OrganisationFactory

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 1, 3, 30, tzinfo=dt.UTC)
TODAY = NOW.date()


@pytest.fixture
def person(blanc_mesnil, alice):
    """Somebody last seen more than three years and a month ago, whose record was changed since."""
    organisation = OrganisationFactory(asv=blanc_mesnil)
    told = {"last_name": "Diarra", "first_name": "Fatou", "email": "fatou@exemple.fr", "note": "Parle soninké."}
    seen = {"last_contact_on": dt.date(2023, 4, 1)}
    person = create_person(
        asv=blanc_mesnil, by=alice, on=TODAY, organisation=organisation, function="Médiatrice", **told, **seen
    )
    return change_person(person=person, by=alice, on=TODAY, **(told | {"last_name": "Diarra-Petit"}), **seen)


def test_person_whose_time_is_over_becomes_nobody_in_the_record_its_history_and_the_log(in_asv, person):
    Affiliation.objects.update(email="fatou@structure.fr")

    assert purge(now=NOW)["personnes"] == 1

    [row], [link] = Person.objects.all(), Affiliation.objects.all()
    assert (str(row), row.email, row.note, row.retention_until) == ("Personne anonymisée", "", "", None)
    assert (link.function, link.email) == ("Médiatrice", "")
    assert not row.history.exists()
    assert not link.history.exists()
    assert not AuditEntry.objects.filter(subject_label__contains="Diarra").exists()
    assert AuditEntry.objects.filter(event="person.anonymised", actor=None).count() == 1
    assert purge(now=NOW)["personnes"] == 0


def test_person_of_the_last_month_keeps_their_name(in_asv, person):
    assert purge(now=dt.datetime(2026, 4, 20, tzinfo=dt.UTC))["personnes"] == 0
    assert str(Person.objects.get()) == "Fatou Diarra-Petit"


@pytest.mark.parametrize(
    ("age", "state", "kept"),
    [
        (80, MessageState.SENT, ("Texte", "ada@exemple.fr")),
        (100, MessageState.SENT, ("(contenu effacé)", "ada@exemple.fr")),
        (100, MessageState.FAILED, ("(contenu effacé)", "ada@exemple.fr")),
        (100, MessageState.QUEUED, ("Texte", "ada@exemple.fr")),
        (400, MessageState.SENT, ("(contenu effacé)", "")),
    ],
)
def test_messages_lose_their_text_then_their_address(age, state, kept):
    message = Message.objects.create(to="ada@exemple.fr", subject="Objet", body="Texte", html="<p>", state=state)
    Message.objects.update(created_at=NOW - dt.timedelta(days=age))

    purge(now=NOW)

    message.refresh_from_db()
    assert (message.body, message.to) == kept


def test_sessions_that_are_over_go_with_their_address(client, alice, bob):
    client.force_login(alice)
    known = {"user": alice, "ip": "192.0.2.1", "user_agent": "Firefox"}
    UserSession.objects.get_or_create(session_key=client.session.session_key, defaults=known)
    UserSession.objects.create(session_key="over", **(known | {"user": bob}))
    Session.objects.create(session_key="over", session_data="", expire_date=timezone.now() - dt.timedelta(hours=1))

    call_command("purge")

    assert [row.user for row in UserSession.objects.all()] == [alice]
    assert not Session.objects.filter(session_key="over").exists()


def test_code_of_the_day_before_is_forgotten():
    send_login_code(email="ada@exemple.fr", now=NOW - dt.timedelta(days=2))

    purge(now=NOW)

    assert not LoginCode.objects.exists()
