"""The network in the administration: operators see all, a coordinator their own rows."""

import pytest

from actors.models import Term
from asv_platform.territories.scoping import asv_scope
from tests.factories.actors import AffiliationFactory, OrganisationFactory, PartnerAccessFactory
from tests.factories.platform import AsvFactory

pytestmark = pytest.mark.django_db
MODELS = ["organisation", "person", "affiliation", "partneraccess", "term"]


@pytest.fixture
def marmite(blanc_mesnil):
    organisation = OrganisationFactory(asv=blanc_mesnil, name="La Marmite du Moulin")
    AffiliationFactory(organisation=organisation)
    PartnerAccessFactory(organisation=organisation)
    return organisation


@pytest.mark.parametrize("model", MODELS)
def test_operator_reads_and_opens_every_model(client, operator, marmite, model):
    client.force_login(operator)

    page = client.get(f"/admin/actors/{model}/")
    row = page.context["cl"].result_list[0]

    assert page.status_code == 200
    assert client.get(f"/admin/actors/{model}/{row.pk}/change/").status_code == 200
    assert client.get(f"/admin/actors/{model}/add/").status_code == 200


def test_coordinator_in_the_admin_sees_their_own_organisations(client, alice, marmite):
    elsewhere = AsvFactory()
    with asv_scope(elsewhere.pk):
        other = OrganisationFactory(asv=elsewhere, name="Ailleurs")
    alice.is_staff = True
    alice.save()
    client.force_login(alice)

    rows = client.get("/admin/actors/organisation/").context["cl"].result_list

    assert [row.name for row in rows] == ["La Marmite du Moulin"]
    assert client.get(f"/admin/actors/organisation/{other.pk}/change/").status_code == 302


def test_closed_lists_of_the_texts_are_there(db):
    kinds = Term.objects.values_list("kind", flat=True)

    assert {kind: list(kinds).count(kind) for kind in set(kinds)} == {
        "theme": 6, "public": 5, "sector": 7, "determinant": 12, "ottawa": 5,
    }  # fmt: skip
