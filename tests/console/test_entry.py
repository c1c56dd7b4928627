"""Logging in leads where one works, without a page in between."""

import pytest

from asv_platform.accounts.enums import Role
from tests.factories.actors import OrganisationFactory, PartnerAccessFactory
from tests.factories.platform import AsvFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(blanc_mesnil):
    return PartnerAccessFactory(organisation=OrganisationFactory(asv=blanc_mesnil), asv=blanc_mesnil).user


def way_in(client, user) -> str:
    client.force_login(user)
    return client.get("/entree/").url


def test_one_space_is_opened_at_once(client, alice):
    assert way_in(client, alice) == "/asv/le-blanc-mesnil-dugny/tableau-de-bord/"


def test_partners_and_newcomers_find_their_files(client, partner):
    assert way_in(client, partner) == "/mes-dossiers/"
    assert way_in(client, UserFactory()) == "/mes-dossiers/"


def test_several_spaces_are_chosen_on_the_home_page(client, alice, blanc_mesnil):
    MembershipFactory(asv=AsvFactory(), user=alice, role=Role.READER)

    assert way_in(client, alice) == "/"


def test_stranger_is_asked_to_log_in(client):
    assert client.get("/entree/").url.startswith("/connexion/")
