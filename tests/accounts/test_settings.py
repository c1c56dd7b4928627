"""The settings of an ASV, changed by its coordination and by the operators."""

from decimal import Decimal

import pytest

from asv_platform.territories.services import update_asv

pytestmark = pytest.mark.django_db
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
