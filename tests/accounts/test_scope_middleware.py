"""Who enters which page of an ASV, and which rows the page sees."""

import re

import pytest

from asv_platform.accounts.enums import Role
from asv_platform.territories.scoping import scope_in_force
from tests.factories.accounts import add_totp
from tests.factories.platform import AsvFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.urls("tests.accounts.urls")
PAGE = "/asv/le-blanc-mesnil-dugny/essai/page/"


def without_reference(response) -> str:
    """The error page without what changes at each time: its reference, the hour."""
    return re.sub(r"P-404-[0-9A-F]+|\d+ h \d+", "", response.content.decode())


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("dora", 200), ("bob", 200), ("charlie", 404)])
def test_member_page_answers_each_reader(client, request, blanc_mesnil, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.get(PAGE)

    assert response.status_code == status


def test_member_page_opens_the_scope_of_its_asv(client, alice, blanc_mesnil):
    client.force_login(alice)

    response = client.get(PAGE)

    assert response.content.decode() == str(blanc_mesnil.pk)
    assert scope_in_force() is None


def test_member_page_of_an_operator_is_not_found(client, operator, blanc_mesnil):
    client.force_login(operator)

    assert client.get(PAGE).status_code == 404


def test_anonymous_visitor_cannot_tell_whether_an_asv_exists(client, blanc_mesnil):
    known, unknown = client.get(PAGE), client.get("/asv/nulle-part/essai/page/")

    assert (known.status_code, unknown.status_code) == (302, 302)
    assert known.url == f"/connexion/?next={PAGE}"
    assert unknown.url == "/connexion/?next=/asv/nulle-part/essai/page/"


def test_member_cannot_tell_whether_another_asv_exists(client, charlie, blanc_mesnil):
    client.force_login(charlie)

    known, unknown = client.get(PAGE), client.get("/asv/nulle-part/essai/page/")

    assert (known.status_code, unknown.status_code) == (404, 404)
    assert without_reference(known) == without_reference(unknown)


def test_unknown_address_is_an_ordinary_404(client, db):
    assert client.get("/nulle/part/").status_code == 404


def test_public_page_is_open_to_everybody(client, blanc_mesnil):
    response = client.get("/asv/le-blanc-mesnil-dugny/essai/public/")

    assert response.content.decode() == f"{blanc_mesnil} {blanc_mesnil.pk}"


def test_public_page_of_a_private_asv_is_not_found(client, alice):
    asv = AsvFactory(slug="discret", is_public=False)

    assert client.get(f"/asv/{asv.slug}/essai/public/").status_code == 404


def test_streamed_page_sees_the_scope_until_its_last_chunk(client, alice, blanc_mesnil):
    client.force_login(alice)

    response = client.get("/asv/le-blanc-mesnil-dugny/essai/flux/")

    seen = []
    for chunk in response.streaming_content:
        seen.append(chunk.decode())
        assert scope_in_force() is None
    assert seen == [f"{blanc_mesnil.pk};"] * 3


@pytest.mark.parametrize("others", [0, 5])
def test_member_page_costs_one_query_whatever_the_number_of_asv(client, alice, others, django_assert_num_queries):
    MembershipFactory.create_batch(others, user=alice)
    client.force_login(alice)

    # session, user, memberships with their ASV
    with django_assert_num_queries(3):
        client.get(PAGE)


def test_page_of_partners_opens_the_scope_of_their_asv(client, db, settings):
    settings.PATH_SCOPES = {"/mes-dossiers/": "tests.accounts.urls.of_partner"}
    client.force_login(UserFactory(first_name="Fatou"))

    assert client.get("/mes-dossiers/essai/").content == b"4,7"


def test_page_of_partners_shows_no_row_to_somebody_without_access(client, db, settings):
    settings.PATH_SCOPES = {"/mes-dossiers/": "tests.accounts.urls.of_partner"}
    client.force_login(UserFactory())

    assert client.get("/mes-dossiers/essai/").content == b""


def test_page_outside_any_asv_has_no_scope(client, alice):
    client.force_login(alice)

    assert client.get("/essai/").content == b"none"


# The second factor


@pytest.mark.parametrize(("who", "status"), [("alice", 302), ("dora", 200)])
def test_required_second_factor_stops_coordinators_only(client, request, settings, blanc_mesnil, who, status):
    settings.MFA_REQUIRED_FOR_COORDINATORS = True
    client.force_login(request.getfixturevalue(who))

    response = client.get(PAGE)

    assert response.status_code == status
    assert status == 200 or response.url == "/compte/second-facteur/"


def test_required_second_factor_lets_a_protected_coordinator_in(client, alice, settings):
    settings.MFA_REQUIRED_FOR_COORDINATORS = True
    add_totp(alice)
    client.force_login(alice)

    assert client.get(PAGE).status_code == 200


def test_required_second_factor_stops_operators_in_the_admin(client, operator, settings):
    settings.MFA_REQUIRED_FOR_COORDINATORS = True
    client.force_login(operator)

    assert client.get("/admin/").url == "/compte/second-facteur/"


def test_admin_login_goes_through_the_door(client, db):
    response = client.get("/admin/login/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/connexion/")


def test_admin_refuses_a_coordinator_without_the_access(client, alice):
    client.force_login(alice)

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403


def test_admin_shows_accounts_to_operators_only(client, operator, blanc_mesnil):
    staff = MembershipFactory(asv=blanc_mesnil, role=Role.COORDINATOR, user__is_staff=True).user
    client.force_login(staff)
    assert client.get("/admin/accounts/user/").status_code == 403

    client.force_login(operator)
    for model in ("accounts/user", "accounts/membership", "accounts/invitation", "audit/auditentry"):
        assert client.get(f"/admin/{model}/").status_code == 200
    assert client.get("/admin/accounts/user/add/").status_code == 200
    assert client.get(f"/admin/accounts/user/{staff.pk}/change/").status_code == 200
