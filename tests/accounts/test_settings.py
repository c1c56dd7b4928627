"""The settings of an ASV, changed by its coordination and by the operators."""

from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from asv_platform.territories.services import update_asv

pytestmark = pytest.mark.django_db
SETTINGS = "/asv/le-blanc-mesnil-dugny/parametres/"
EDIT = "/asv/le-blanc-mesnil-dugny/parametres/presentation/"
TYPED = {"presentation": "Nous agissons.", "colour": "#0F5E5A", "coordinator_fte": "1", "_version": "0"}


@pytest.fixture
def logged(client, alice):
    client.force_login(alice)
    return client


def test_stale_settings_show_both_versions_and_overwrite_nothing(logged, blanc_mesnil, operator):
    assert 'name="_version" value="0"' in logged.get(EDIT).content.decode()
    update_asv(asv=blanc_mesnil, by=operator, presentation="Depuis 2004.", coordinator_fte=Decimal("0.50"))

    response = logged.post(EDIT, TYPED)

    assert response.status_code == 422
    shown = {conflict.label: conflict.current for conflict in response.context["page"].conflicts}
    assert shown == {
        "Page publique": "oui",
        "Présentation": "Depuis 2004.",
        "Coordination (équivalent temps plein)": "0,50",
    }
    assert "Nous agissons." in response.content.decode()
    blanc_mesnil.refresh_from_db()
    assert blanc_mesnil.presentation == "Depuis 2004."


def test_settings_sent_again_after_a_stale_save_are_saved(logged, blanc_mesnil, operator):
    update_asv(asv=blanc_mesnil, by=operator, presentation="Depuis 2004.")
    refused = logged.post(EDIT, TYPED)

    response = logged.post(EDIT, TYPED | {"_version": str(refused.context["page"].version)})

    assert response.status_code == 302
    blanc_mesnil.refresh_from_db()
    assert blanc_mesnil.presentation == "Nous agissons."


def test_settings_opened_before_an_operator_changed_the_asv_are_stale(client, blanc_mesnil, alice, operator):
    client.force_login(operator)
    page = client.get(f"/admin/territories/asv/{blanc_mesnil.pk}/change/")
    form = page.context["adminform"].form
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    rows = {name: [row.pk for row in initial[name]] for name in ("communes", "neighbourhoods")}
    sent = {name: value for name, value in initial.items() if value not in (None, "")} | rows | {"contact_name": "Awa"}
    saved = client.post(f"/admin/territories/asv/{blanc_mesnil.pk}/change/", sent)
    assert saved.status_code == 302, saved.context["errors"]

    client.force_login(alice)

    assert client.post(EDIT, TYPED).status_code == 422


def test_settings_show_the_perimeter_the_siren_and_who_changes_them(client, bob, blanc_mesnil):
    blanc_mesnil.siren = "219300076"
    blanc_mesnil.save()
    client.force_login(bob)

    page = client.get(SETTINGS)

    assert dict(page.context["facts"])["SIREN du porteur"] == "219300076"
    assert dict(page.context["perimeter"])["Communes"] == "Dugny, Le Blanc-Mesnil"
    assert "Secteur Nord Pont-Yblon (QN09356I)" in page.text.replace("&#x27;", "’")
    assert "l’équipe qui exploite la plateforme" in page.text
    assert "logo/" not in page.text


def test_logo_is_shown_to_the_members_only(client, bob, charlie, blanc_mesnil):
    blanc_mesnil.logo.save("logo.png", ContentFile(b"PNG"))
    client.force_login(bob)
    shown = client.get(SETTINGS).text

    response = client.get(f"{SETTINGS}logo/")
    sent = b"".join(response.streaming_content)  # not closed: the connection of the test would be

    assert f'src="{SETTINGS}logo/"' in shown
    assert sent == b"PNG"
    client.force_login(charlie)
    assert client.get(f"{SETTINGS}logo/").status_code == 404


def test_settings_without_logo_have_no_file(client, bob, blanc_mesnil):
    client.force_login(bob)

    assert client.get(f"{SETTINGS}logo/").status_code == 404


def test_history_of_the_settings_is_one_link_away(client, bob, blanc_mesnil, operator):
    update_asv(asv=blanc_mesnil, by=operator, presentation="Depuis 2004.")
    client.force_login(bob)

    assert f"{SETTINGS}historique/" in client.get(SETTINGS).text
    assert "Depuis 2004." in client.get(f"{SETTINGS}historique/").text
