"""What a diagnostic that no longer changes offers: nothing that would bounce back."""

import pytest
from django.urls import reverse

from diagnostics.services import link_voice
from tests.factories.diagnostics import DiagnosticFactory, NeedFactory, VoiceFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("state", "offered"), [("preparation", True), ("validated", False)])
@pytest.mark.parametrize("name", ["voice_list", "need_list", "priority_list"])
def test_rows_are_added_to_open_editions_only(client, alice, in_asv, name, state, offered):
    dates = {"validated_on": "2025-03-01"} if state == "validated" else {}
    DiagnosticFactory(asv=in_asv, year=2025, state=state, **dates)
    client.force_login(alice)

    page = client.get(reverse(f"diagnostics:{name}", kwargs={"asv": in_asv.slug}))

    assert bool(page.context["page"].actions) is offered
    assert ("/ajouter/" in page.content.decode()) is offered


def test_detached_words_are_not_said_to_be_linked(client, alice, in_asv):
    diagnostic = DiagnosticFactory(asv=in_asv, year=2025)
    need = NeedFactory(asv=in_asv, diagnostic=diagnostic)
    voice = VoiceFactory(asv=in_asv, diagnostic=diagnostic, need=None)
    link_voice(voice=voice, need=need, by=alice)
    client.force_login(alice)

    url = reverse("diagnostics:voice_link", kwargs={"asv": in_asv.slug, "pk": voice.pk})
    answer = client.post(url, {"need": ""}, follow=True).content.decode()

    assert "n’est rattachée à aucun besoin" in answer
