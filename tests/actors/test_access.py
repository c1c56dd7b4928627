"""Who may read and change the network, and who may act for an organisation."""

import pytest

from actors.enums import PartnerRole
from actors.models import PartnerAccess
from actors.rules import is_partner, is_partner_owner
from actors.selectors import partner_asv_ids, partner_organisations
from actors.services import grant_partner_access, invite_partner, revoke_partner_access
from asv_platform.accounts.models import User
from asv_platform.audit.models import AuditEntry
from asv_platform.notifications.models import Message
from asv_platform.territories.editing import archive
from tests.factories.actors import AffiliationFactory, OrganisationFactory, PartnerAccessFactory
from tests.factories.platform import UserFactory

pytestmark = pytest.mark.django_db
NETWORK = "/asv/le-blanc-mesnil-dugny/reseau/"


@pytest.fixture
def marmite(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="La Marmite du Moulin")


@pytest.fixture
def paths(marmite):
    link = AffiliationFactory(organisation=marmite)
    access = PartnerAccessFactory(organisation=marmite)
    organisation, person = f"{NETWORK}{marmite.pk}/", f"{NETWORK}personnes/{link.person_id}/"
    return {
        "read": [
            NETWORK, f"{NETWORK}?format=csv", f"{NETWORK}couverture/", organisation, f"{organisation}historique/",
            f"{NETWORK}personnes/", person, f"{person}historique/",
        ],
        "write": [
            f"{NETWORK}nouvelle/", f"{organisation}modifier/", f"{organisation}confirmer/", f"{organisation}archiver/",
            f"{organisation}retablir/", f"{organisation}contacts/nouveau/", f"{organisation}contacts/relier/",
            f"{NETWORK}fonctions/{link.pk}/modifier/", f"{NETWORK}fonctions/{link.pk}/terminer/",
            f"{NETWORK}personnes/nouvelle/", f"{person}modifier/", f"{person}archiver/", f"{person}contact/",
            f"{person}fonctions/nouvelle/", f"{person}retablir/",
        ],
        "grant": [f"{organisation}acces/nouveau/", f"{NETWORK}acces/{access.pk}/retirer/"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("alice", {"read": 200, "write": 200, "grant": 200}),
        ("dora", {"read": 200, "write": 200, "grant": 403}),
        ("bob", {"read": 200, "write": 403, "grant": 403}),
        ("charlie", {"read": 404, "write": 404, "grant": 404}),
        ("operator", {"read": 404, "write": 404, "grant": 404}),
    ],
)
def test_pages_answer_each_reader(client, request, paths, who, statuses):
    client.force_login(request.getfixturevalue(who))

    answers = {kind: {client.get(path).status_code for path in found} for kind, found in paths.items()}

    assert answers == {kind: {status} for kind, status in statuses.items()}


def test_reader_sees_no_button_that_would_refuse(client, bob, marmite):
    client.force_login(bob)

    for path in (NETWORK, f"{NETWORK}{marmite.pk}/"):
        page = client.get(path).content.decode()
        assert "Ajouter" not in page
        assert "Modifier" not in page
        assert "Confirmer la fiche" not in page


# Partners


def test_invited_partner_gets_an_account_an_access_and_one_mail(client, alice, blanc_mesnil, marmite):
    client.force_login(alice)
    data = {"email": "Fatou@Exemple.fr", "role": PartnerRole.OWNER}

    for _ in range(2):
        assert client.post(f"{NETWORK}{marmite.pk}/acces/nouveau/", data).status_code == 302

    partner = User.objects.get(email="fatou@exemple.fr")
    message = Message.objects.get(to="fatou@exemple.fr")
    assert not partner.has_usable_password()
    assert partner_organisations(partner) == [marmite]
    assert message.subject == "Un accès vous est ouvert sur Plateforme ASV"
    assert "Alice" in message.body
    assert "de l’atelier santé ville" in message.body
    assert "/mes-dossiers/" in message.body
    assert AuditEntry.objects.filter(event="partner_access.granted").count() == 1


def test_partner_acts_for_their_organisations_only(in_asv, marmite):
    access = PartnerAccessFactory(organisation=marmite, role=PartnerRole.EDITOR)
    other = OrganisationFactory(asv=in_asv)

    assert partner_asv_ids(access.user) == [in_asv.pk]
    assert is_partner(access.user, marmite)
    assert is_partner(access.user, access)
    assert not is_partner_owner(access.user, marmite)
    assert not is_partner(access.user, other)
    assert partner_organisations(UserFactory()) == []


def test_granting_again_changes_the_role(in_asv, alice, marmite):
    user = UserFactory()
    first = grant_partner_access(user=user, organisation=marmite, role=PartnerRole.EDITOR, by=alice)
    second = grant_partner_access(user=user, organisation=marmite, role=PartnerRole.OWNER, by=alice)

    assert first.pk == second.pk
    assert is_partner_owner(user, marmite)


def test_archived_organisation_closes_its_accesses(in_asv, alice, marmite):
    access = PartnerAccessFactory(organisation=marmite)
    archive(marmite, by=alice)

    assert partner_organisations(access.user) == []


def test_revoked_access_is_gone(in_asv, alice, marmite):
    access = invite_partner(email="fatou@exemple.fr", organisation=marmite, role=PartnerRole.OWNER, by=alice)
    revoke_partner_access(access=access, by=alice)

    assert not PartnerAccess.objects.exists()
    assert partner_organisations(access.user) == []
