"""Sessions outside the dates of their action: said once, never refused."""

import datetime as dt
import html

import pytest
from django.urls import reverse

from evaluation.models import Session

pytestmark = pytest.mark.django_db


def text_of(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def begun(action):
    """From January to June 2026."""
    action.starts_on, action.ends_on = dt.date(2026, 1, 5), dt.date(2026, 6, 30)
    action.save()
    return action


def page(name, action):
    return reverse(f"evaluation:{name}", kwargs={"asv": action.asv.slug, "pk": action.pk})


def test_session_before_the_action_is_confirmed(client, in_asv, alice, begun, session_data):
    client.force_login(alice)
    sent = session_data | {"held_on": "2025-12-20"}

    asked = client.post(page("session_create", begun), sent)
    done = client.post(page("session_create", begun), sent | {"is_outside": "on"})

    assert asked.status_code == 422
    assert "Cette séance tombe hors des dates de l’action (du 5 janvier 2026 au 30 juin 2026)" in text_of(asked)
    assert 'name="is_outside"' in text_of(asked)
    assert "Samedi 20 décembre 2025" in text_of(asked)
    assert done.status_code == 302
    assert Session.objects.get().held_on == dt.date(2025, 12, 20)


def test_sessions_planned_past_the_end_are_confirmed(client, in_asv, alice, begun):
    client.force_login(alice)
    sent = {"held_on": "2026-06-17", "times": "4", "every_days": "7"}

    asked = client.post(page("session_plan", begun), sent)
    done = client.post(page("session_plan", begun), sent | {"is_outside": "on"})

    assert "2 de ces 4 séances tombent hors des dates de l’action" in text_of(asked)
    assert done.status_code == 302
    assert Session.objects.count() == 4


def test_session_within_the_dates_asks_nothing(client, in_asv, fatou, begun, session_data):
    client.force_login(fatou)
    url = reverse("partner_evaluation:session_create", kwargs={"pk": begun.pk})

    assert client.post(url, session_data | {"held_on": "2026-02-25"}).status_code == 302
