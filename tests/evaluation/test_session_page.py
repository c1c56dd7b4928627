"""The page of a session: everything that was noted of it, and no number of people that the other pages hide."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from asv_platform.common.masking import is_small
from evaluation.selectors.attendance import Attendance
from evaluation.selectors.sessions import shown_sessions
from evaluation.selectors.shown import PARTS, added, shown_counts
from tests.evaluation.test_small_numbers import ALL, Reader, attendances, read_everything
from tests.factories.evaluation import SessionFactory

Counts = dict[str, Attendance]


def url(name, session):
    return reverse(f"evaluation:{name}", kwargs={"asv": session.asv.slug, "pk": session.pk})


@pytest.fixture
def session(in_asv, action):
    """Told in full; two others of the same action hide that it counts few people."""
    SessionFactory(action=action, women=30, men=10, from_qpv=20)
    SessionFactory(action=action, women=12, men=8, from_qpv=15)
    return SessionFactory(
        action=action, women=4, men=3, from_qpv=5, starts_at=dt.time(14, 30), hours=Decimal("1.5"),
        neighbourhood=in_asv.neighbourhoods.first(), note="Deux relais de plus", satisfaction=3,
    )  # fmt: skip


@pytest.mark.django_db
def test_reader_reads_a_session_and_no_small_number(client, bob, session):
    client.force_login(bob)

    response = client.get(url("session_detail", session))

    page = " ".join(response.text.replace("\xa0", " ").split())
    for told in ("14 h 30", "1 h 30", session.place, session.neighbourhood.name, "Deux relais de plus", "moins de 11"):
        assert told in page
    assert response.context["found"].lines == ()
    assert url("session_history", session) in page
    assert url("session_edit", session) not in page


@pytest.mark.django_db
def test_those_who_may_correct_a_session_read_what_was_noted(client, alice, session):
    client.force_login(alice)

    response = client.get(url("session_detail", session))

    assert response.context["found"].people == 7
    assert url("session_edit", session) in response.text


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["session_list", "action"])
def test_lists_lead_a_reader_to_the_session(client, bob, session, name):
    client.force_login(bob)
    pk = {"pk": session.action_id} if name == "action" else {}

    page = client.get(reverse(f"evaluation:{name}", kwargs={"asv": session.asv.slug, **pk})).text

    assert url("session_detail", session) in page


@pytest.mark.django_db
def test_session_that_did_not_take_place_counts_nobody(client, bob, in_asv, action):
    client.force_login(bob)

    assert client.get(url("session_detail", SessionFactory(action=action, planned=True))).context["found"] is None


@pytest.mark.django_db
def test_session_of_a_cancelled_action_opens(client, bob, in_asv, session):
    session.action.state = "cancelled"
    session.action.save()
    client.force_login(bob)

    assert client.get(url("session_detail", session)).status_code == 200


@settings(max_examples=200)
@given(st.lists(st.lists(attendances(), min_size=1, max_size=4), min_size=1, max_size=3))
def test_no_small_count_of_a_session_or_of_its_action_can_be_worked_out(actions):
    rows = {str(key): added(sessions) for key, sessions in enumerate(actions)}
    shown = shown_counts(rows, {})
    reader, truth = Reader(), {}
    whole = added(list(rows.values()))
    level(reader, truth, {ALL: (whole, shown.attendance)}, parent="")
    level(reader, truth, {key: (rows[key], shown.by_action[key]) for key in rows}, parent=ALL)
    for key, sessions in enumerate(actions):
        came = dict(enumerate(sessions))
        told = shown_sessions(shown.by_action[str(key)], came)
        level(reader, truth, {f"{key}.{pk}": (came[pk], told[pk]) for pk in came}, parent=str(key))

    reader.learns()

    known = {cell for cell, low in reader.low.items() if low == reader.high[cell]}
    assert not {cell: truth[cell] for cell in known if is_small(truth[cell])}


def level(reader, truth, found, *, parent: str) -> None:
    """What is shown of some counts, which add up to those of their parent."""
    for who, (raw, told) in found.items():
        read_everything(reader, who, told, raw)
        truth[who, "total", ""] = raw.people
        truth |= {(who, name, label): count for name, cells in PARTS.items() for label, count in cells(raw)}
    for whole in [cell for cell in reader.low if cell[0] == parent]:
        cells = [(who, *whole[1:]) for who in found if (who, *whole[1:]) in reader.low]
        reader.sums.append((whole, cells))
