"""Reading a page writes nothing."""

import pytest
from django.urls import reverse

from actors.views.organisations import OrganisationDetail
from tests.factories.actors import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(blanc_mesnil):
    organisation = OrganisationFactory(asv=blanc_mesnil)
    return reverse("actors:organisation_detail", kwargs={"asv": blanc_mesnil.slug, "pk": organisation.pk})


def test_page_that_writes_while_it_is_read_is_an_error(client, alice, blanc_mesnil, address, monkeypatch):
    client.force_login(alice)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(OrganisationDetail, "extra_context_data", lambda page: OrganisationFactory(asv=blanc_mesnil))

    with pytest.raises(RuntimeError, match="Écriture interdite"):
        client.get(address)
