"""The life of an invitation, and the members of an ASV."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Invitation, Membership, User
from asv_platform.accounts.selectors import invitation_rows, member_rows
from asv_platform.accounts.services import change_role, invite_member, remove_member
from asv_platform.accounts.services.members import LastCoordinator
from asv_platform.audit.models import AuditEntry
from asv_platform.common.errors import DomainError
from asv_platform.notifications.models import Message
from tests.factories.accounts import InvitationFactory
from tests.factories.platform import MembershipFactory, UserFactory

pytestmark = [pytest.mark.urls("tests.accounts.urls"), pytest.mark.django_db]
MEMBERS = "/asv/le-blanc-mesnil-dugny/parametres/membres/"
JOIN = {"first_name": "Inès", "last_name": "Morel", "password": "verveine menthe sauge"}


@pytest.fixture
def invitation(blanc_mesnil, alice):
    return InvitationFactory(asv=blanc_mesnil, invited_by=alice, email="ines@exemple.fr", token="jeton")


def invite(client, **data):
    return client.post(f"{MEMBERS}inviter/", {"email": "ines@exemple.fr", "role": Role.CONTRIBUTOR} | data)


# Inviting


@pytest.mark.parametrize(
    ("who", "status"), [("alice", 302), ("dora", 403), ("bob", 403), ("charlie", 404), ("operator", 404)]
)
@pytest.mark.parametrize("action", ["invite", "role", "remove", "resend", "revoke"])
def test_member_actions_answer_each_reader(client, request, bob, invitation, who, status, action):
    member = bob.memberships.get()
    paths = {
        "invite": f"{MEMBERS}inviter/",
        "role": f"{MEMBERS}{member.pk}/role/",
        "remove": f"{MEMBERS}{member.pk}/retirer/",
        "resend": MEMBERS.replace("membres", "invitations") + f"{invitation.pk}/renvoyer/",
        "revoke": MEMBERS.replace("membres", "invitations") + f"{invitation.pk}/retirer/",
    }
    client.force_login(request.getfixturevalue(who))

    response = client.post(paths[action], {"email": "x@exemple.fr", "role": Role.CONTRIBUTOR})

    assert response.status_code == status


@pytest.mark.parametrize(("who", "status"), [("alice", 200), ("bob", 200), ("charlie", 404)])
def test_member_list_answers_each_reader(client, request, invitation, who, status):
    client.force_login(request.getfixturevalue(who))

    response = client.get(MEMBERS)

    assert response.status_code == status
    assert ("ines@exemple.fr" in response.content.decode()) is (who == "alice")


def test_reviewer_does_not_see_the_team(client, blanc_mesnil):
    client.force_login(MembershipFactory(asv=blanc_mesnil, role=Role.REVIEWER).user)

    assert client.get(MEMBERS).status_code == 403
    assert client.get("/asv/le-blanc-mesnil-dugny/parametres/").status_code == 200


def test_nobody_is_invited_to_a_role_that_opens_nothing(client, alice, bob):
    client.force_login(alice)
    role_url = f"{MEMBERS}{bob.memberships.get().pk}/role/"

    assert invite(client, email="ines@exemple.fr", role=Role.REVIEWER).status_code == 422
    assert client.post(role_url, {"role": Role.REVIEWER}).status_code == 422
    assert "Instruction" not in client.get(f"{MEMBERS}inviter/").content.decode()
    assert not Invitation.objects.exists()


def test_reviewer_of_before_keeps_the_role_on_its_page(client, alice, blanc_mesnil):
    former = MembershipFactory(asv=blanc_mesnil, role=Role.REVIEWER)
    client.force_login(alice)

    assert "Instruction" in client.get(f"{MEMBERS}{former.pk}/role/").content.decode()


def test_invitation_is_sent_once_and_recorded(client, alice):
    client.force_login(alice)

    assert invite(client, email="Ines@Exemple.fr").url == MEMBERS

    assert Invitation.objects.get().email == "ines@exemple.fr"
    assert Message.objects.get().to == "ines@exemple.fr"
    assert AuditEntry.objects.get(event="invitation.sent").actor == alice


def test_new_invitation_replaces_the_open_one(blanc_mesnil, alice, invitation):
    invite_member(asv=blanc_mesnil, email="ines@exemple.fr", role=Role.READER, by=alice, now=timezone.now())

    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert [row.role for row in invitation_rows(blanc_mesnil, now=timezone.now())] == ["Lecture"]


def test_member_is_not_invited_again(blanc_mesnil, alice, bob):
    with pytest.raises(DomainError, match="déjà membre"):
        invite_member(asv=blanc_mesnil, email=bob.email.upper(), role=Role.READER, by=alice, now=timezone.now())


def test_same_answer_when_inviting_an_account_of_the_platform_or_nobody(client, alice, charlie):
    client.force_login(alice)
    known, unknown = invite(client, email=charlie.email), invite(client, email="personne@exemple.fr")

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


# Accepting


def test_link_of_the_message_opens_the_invitation(client, alice):
    client.force_login(alice)
    invite(client)
    path = re.search(r"https?://[^/]+(/invitation/\S+)", Message.objects.get().body)[1]

    response = Client().get(path)

    assert response.status_code == 200
    assert "ines@exemple.fr" in response.content.decode()
    assert Invitation.objects.get().token_hash not in path


def test_scanner_that_opens_the_link_accepts_nothing(client, invitation):
    for _ in range(3):
        client.get("/invitation/jeton/")

    assert not User.objects.filter(email="ines@exemple.fr").exists()
    assert Invitation.objects.valid(timezone.now()).count() == 1


def test_new_person_joins_with_a_name_and_a_password(client, invitation, blanc_mesnil):
    response = client.post("/invitation/jeton/", JOIN)

    user = User.objects.get(email="ines@exemple.fr")
    assert response.url == "/entree/"
    assert (user.get_full_name(), user.roles) == ("Inès Morel", {blanc_mesnil.pk: Role.CONTRIBUTOR})
    assert user.check_password(JOIN["password"])
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get("/invitation/jeton/").status_code == 404


@pytest.mark.parametrize("password", ["court", "123456789012", "ines morel"])
def test_weak_password_is_refused_and_nothing_is_created(client, invitation, password):
    response = client.post("/invitation/jeton/", JOIN | {"password": password})

    assert response.status_code == 422
    assert not User.objects.filter(email="ines@exemple.fr").exists()


def test_known_person_logs_in_then_accepts(client, invitation, blanc_mesnil):
    user = UserFactory(email="ines@exemple.fr")
    assert "/connexion/code/?next=" in client.get("/invitation/jeton/").content.decode()
    client.force_login(user)

    client.post("/invitation/jeton/")

    assert Membership.objects.get(user=user).role == Role.CONTRIBUTOR


def test_holder_of_the_link_cannot_take_over_an_existing_account(client, invitation):
    user = UserFactory(email="ines@exemple.fr", password="tisane citron gingembre")

    response = client.post("/invitation/jeton/", JOIN)

    user.refresh_from_db()
    assert response.status_code == 422
    assert user.check_password("tisane citron gingembre")


def test_somebody_else_cannot_accept(client, invitation, charlie):
    client.force_login(charlie)

    response = client.post("/invitation/jeton/")

    assert response.status_code == 422
    assert not Membership.objects.filter(user=charlie, asv=invitation.asv).exists()


@pytest.mark.parametrize(
    "state", [{"revoked_at": timezone.now()}, {"accepted_at": timezone.now()}, {"expires_at": timezone.now()}]
)
def test_closed_invitation_is_not_found(client, invitation, state):
    Invitation.objects.filter(pk=invitation.pk).update(**state)

    for answer in (client.get("/invitation/jeton/"), client.post("/invitation/jeton/", JOIN)):
        assert answer.status_code == 404
    assert not User.objects.filter(email="ines@exemple.fr").exists()


def test_resent_invitation_has_a_new_link_only(client, alice, invitation):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - dt.timedelta(days=1))
    client.force_login(alice)

    client.post(MEMBERS.replace("membres", "invitations") + f"{invitation.pk}/renvoyer/")

    path = re.search(r"(/invitation/\S+)", Message.objects.get().body)[1]
    assert Client().get(path).status_code == 200
    assert Client().get("/invitation/jeton/").status_code == 404


# Members


def test_last_coordinator_stays(alice, bob):
    membership = alice.memberships.get()

    with pytest.raises(LastCoordinator):
        remove_member(membership=membership, by=alice)
    with pytest.raises(LastCoordinator):
        change_role(membership=membership, role=Role.READER, by=alice)
    assert alice.memberships.get().role == Role.COORDINATOR


def test_page_says_why_the_last_coordinator_stays(client, alice):
    client.force_login(alice)

    response = client.post(f"{MEMBERS}{alice.memberships.get().pk}/retirer/")

    assert response.status_code == 422
    assert "dernière personne qui coordonne" in response.content.decode()


def test_coordinator_leaves_once_another_one_is_there(alice, dora):
    change_role(membership=dora.memberships.get(), role=Role.COORDINATOR, by=alice)

    remove_member(membership=alice.memberships.get(), by=alice)

    assert not Membership.objects.filter(user=alice).exists()


def test_closed_account_does_not_count_as_a_coordinator(alice, dora):
    change_role(membership=dora.memberships.get(), role=Role.COORDINATOR, by=alice)
    User.objects.filter(pk=dora.pk).update(is_active=False)

    with pytest.raises(LastCoordinator):
        remove_member(membership=alice.memberships.get(), by=alice)


def test_role_change_is_recorded_with_both_roles(alice, bob):
    change_role(membership=bob.memberships.get(), role=Role.CONTRIBUTOR, by=alice)

    assert AuditEntry.objects.get().details == {"before": "Lecture", "after": "Contribution"}


def test_removed_member_loses_the_pages_at_once(client, alice, bob):
    client.force_login(bob)
    assert client.get(MEMBERS).status_code == 200

    remove_member(membership=bob.memberships.get(), by=alice)

    assert client.get(MEMBERS).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 30])
def test_member_rows_cost_two_queries(blanc_mesnil, alice, count, django_assert_num_queries):
    MembershipFactory.create_batch(count, asv=blanc_mesnil)

    with django_assert_num_queries(2):
        assert len(member_rows(blanc_mesnil, me=alice)) == count + 1


# The ASV itself


def test_presentation_is_changed_by_the_coordination_only(client, alice, bob, blanc_mesnil):
    path = "/asv/le-blanc-mesnil-dugny/parametres/presentation/"
    data = {
        "presentation": "Nous agissons pour la santé.",
        "colour": "#0F5E5A",
        "coordinator_fte": "0,5",
        "is_public": "on",
    }
    client.force_login(bob)
    assert client.post(path, data).status_code == 403

    client.force_login(alice)
    assert client.get(path).status_code == 200
    assert client.post(path, data).status_code == 302

    blanc_mesnil.refresh_from_db()
    assert (blanc_mesnil.presentation, str(blanc_mesnil.coordinator_fte)) == ("Nous agissons pour la santé.", "0.50")
    assert "Nous agissons" in client.get("/asv/le-blanc-mesnil-dugny/parametres/").content.decode()
