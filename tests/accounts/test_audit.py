"""The activity log in French, and the field-level history of a row."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone

from asv_platform.accounts.services import rename_user
from asv_platform.audit.events import event_sentence, is_labelled, register_events
from asv_platform.audit.models import AuditEntry
from asv_platform.audit.selectors import activity, activity_row, actors_of, history_of
from asv_platform.audit.services import record
from asv_platform.territories.services import update_asv

pytestmark = pytest.mark.django_db
RECORDED = re.compile(r"""(?:\brecord\(\s*|\bevent=)["']([a-z_]+\.[a-z_]+)["']""")
PLATFORM = Path(__file__).resolve().parents[2] / "asv_platform"


def at(day: str, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.fromisoformat(f"{day}T{hour:02d}:30"))


def entry(asv, by=None, event="asv.updated", when=None) -> AuditEntry:
    row = record(event, by=by, subject=asv)
    AuditEntry.objects.filter(pk=row.pk).update(at=when or timezone.now())
    return row


def test_activity_reads_like_a_sentence(blanc_mesnil, alice):
    record("asv.updated", by=alice, subject=blanc_mesnil)

    row = activity_row(activity(blanc_mesnil).get())

    assert str(row) == f"{alice} a modifié la présentation de {blanc_mesnil}"


def test_activity_without_author_is_the_platform(blanc_mesnil):
    entry(blanc_mesnil)

    assert activity_row(activity(blanc_mesnil).get()).actor == "La plateforme"


def test_activity_shows_one_asv_only(blanc_mesnil, alice, charlie):
    entry(charlie.asvs[0], by=charlie)
    entry(blanc_mesnil, by=alice)

    assert [row.actor for row in activity(blanc_mesnil)] == [alice]
    assert actors_of(blanc_mesnil) == [(alice.pk, str(alice))]


def test_activity_filters_by_author_event_and_day_of_paris(blanc_mesnil, alice, bob):
    entry(blanc_mesnil, by=alice, when=at("2026-03-12", 0))
    entry(blanc_mesnil, by=bob, event="invitation.sent", when=at("2026-03-12", 23))
    entry(blanc_mesnil, by=bob, when=at("2026-03-13", 0))
    day = dt.date(2026, 3, 12)

    assert activity(blanc_mesnil, since=day, until=day).count() == 2
    assert activity(blanc_mesnil, actor_id=bob.pk).count() == 2
    assert activity(blanc_mesnil, event="invitation.").count() == 1


@pytest.mark.parametrize("count", [1, 30])
def test_activity_costs_one_query(blanc_mesnil, alice, count, django_assert_num_queries):
    for _ in range(count):
        entry(blanc_mesnil, by=alice)

    with django_assert_num_queries(1):
        assert len([activity_row(row) for row in activity(blanc_mesnil)]) == count


def test_event_without_sentence_falls_back_on_a_common_verb():
    assert event_sentence("chose.archived") == "a archivé"
    assert not is_labelled("organisation.xyz")


def test_event_keeps_one_sentence():
    with pytest.raises(ValueError, match=r"asv\.updated"):
        register_events({"asv.updated": "a fait autre chose"})


def test_every_event_of_accounts_and_territories_has_a_sentence():
    sources = [path for app in ("accounts", "territories") for path in (PLATFORM / app).rglob("*.py")]
    events = {event for path in sources for event in RECORDED.findall(path.read_text())}

    assert events >= {"invitation.sent", "membership.removed"}
    assert {event for event in events if not is_labelled(event)} == set()


def test_history_says_who_changed_what_in_french(blanc_mesnil, alice):
    update_asv(
        asv=blanc_mesnil, by=alice, coordinator_fte=Decimal("0.50"), is_public=False, contact_name="Fatou Diarra"
    )

    change, *_, creation = history_of(blanc_mesnil)

    assert [str(line) for line in change.changes] == [
        "Coordination (équivalent temps plein) : vide → 0,50",
        "Contact : vide → Fatou Diarra",
        "Page publique : oui → non",
    ]
    assert creation.title.startswith("Créé par")
    assert creation.changes == ()


def test_history_words_choices_with_their_label(blanc_mesnil, alice):
    update_asv(asv=blanc_mesnil, by=alice, carrier_kind="ccas")

    assert [str(line) for line in history_of(blanc_mesnil)[0].changes] == [
        "Nature du porteur : Commune → Centre communal d’action sociale (CCAS)"
    ]


def test_history_skips_saves_that_changed_nothing(blanc_mesnil, alice):
    before = len(history_of(blanc_mesnil))
    update_asv(asv=blanc_mesnil, by=alice, contact_name="")

    assert len(history_of(blanc_mesnil)) == before


@pytest.mark.parametrize("count", [1, 3, 30])
def test_history_costs_one_query_whatever_its_length(blanc_mesnil, alice, count, django_assert_num_queries):
    for number in range(count):
        update_asv(asv=blanc_mesnil, by=alice, contact_name=f"Personne {number}")

    with django_assert_num_queries(1):
        history_of(blanc_mesnil)


def test_renaming_oneself_is_recorded(alice):
    rename_user(user=alice, first_name="Alice", last_name="Traoré")

    assert AuditEntry.objects.get().event == "user.renamed"
