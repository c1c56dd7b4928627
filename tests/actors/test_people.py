"""People, their functions over time, and how long their record is kept."""

import datetime as dt

import pytest
from django.utils import timezone

from actors.models import Affiliation, Person
from actors.services import add_affiliation, create_person, end_affiliation, note_contact
from actors.services.people import AlreadyEnded
from asv_platform.common.errors import DomainError
from asv_platform.territories.scoping import asv_scope
from tests.factories.actors import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.factories.platform import AsvFactory

pytestmark = pytest.mark.django_db
NETWORK = "/asv/le-blanc-mesnil-dugny/reseau/"
PEOPLE = f"{NETWORK}personnes/"


@pytest.fixture
def marmite(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="La Marmite du Moulin")


@pytest.fixture
def logged(client, alice):
    client.force_login(alice)
    return client


def typed(**data):
    return {"first_name": "Fatou", "last_name": "Diarra", "role": "professional"} | data


def test_person_is_kept_three_years_after_the_last_contact(in_asv, alice):
    person = create_person(asv=in_asv, by=alice, on=dt.date(2026, 3, 12), last_name="Diarra")
    assert person.retention_until == dt.date(2029, 3, 12)

    person = note_contact(person=person, by=alice, on=dt.date(2027, 1, 5))
    assert (person.last_contact_on, person.retention_until) == (dt.date(2027, 1, 5), dt.date(2030, 1, 5))

    assert note_contact(person=person, by=alice, on=dt.date(2026, 12, 1)).last_contact_on == dt.date(2027, 1, 5)


def test_contact_added_from_the_organisation_is_a_person_with_a_function(logged, blanc_mesnil, marmite):
    response = logged.post(
        f"{NETWORK}{marmite.pk}/contacts/nouveau/", typed(function="Directrice", phone="06 12 34 56 78")
    )

    assert response.headers["Location"] == f"{NETWORK}{marmite.pk}/"
    with asv_scope(blanc_mesnil.pk):
        link = Affiliation.objects.select_related("person").get(organisation=marmite)
    assert (str(link.person), link.person.phone, link.function) == ("Fatou Diarra", "0612345678", "Directrice")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"last_name": ""}, "last_name"),
        ({"last_name": "x" * 101}, "last_name"),
        ({"role": "patient"}, "role"),
        ({"email": "fatou"}, "email"),
        ({"rpps": "123"}, "rpps"),
        ({"note": "NIR 2 55 08 14 168 025 38"}, "note"),
        ({"consent_on": "31/02/2026"}, "consent_on"),
        ({"last_contact_on": "12/03/0026"}, "last_contact_on"),
        ({"last_contact_on": "2026-03-12", "retention_until": "2026-03-11"}, "retention_until"),
    ],
)
def test_person_with_a_wrong_field_is_not_saved(logged, blanc_mesnil, data, field):
    response = logged.post(f"{PEOPLE}nouvelle/", typed(**data))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    with asv_scope(blanc_mesnil.pk):
        assert not Person.objects.exists()


def test_note_about_health_must_be_confirmed(logged, blanc_mesnil):
    data = typed(note="Disponible le mardi, enceinte sportive du stade.")

    refused = logged.post(f"{PEOPLE}nouvelle/", data)

    assert "« enceinte »" in refused.context["form"].errors["is_not_health"][0]
    assert logged.post(f"{PEOPLE}nouvelle/", data | {"is_not_health": "on"}).status_code == 302


def test_person_duplicate_is_found_by_name_order_and_professional_mail(logged, blanc_mesnil, marmite):
    with asv_scope(blanc_mesnil.pk):
        AffiliationFactory(
            organisation=marmite, email="f.diarra@exemple.fr",
            person=PersonFactory(asv=blanc_mesnil, first_name="Fatou", last_name="Diarra"),
        )  # fmt: skip

    same_name = logged.post(f"{PEOPLE}nouvelle/", typed(first_name="Diarra", last_name="FATOU"))
    same_mail = logged.post(f"{PEOPLE}nouvelle/", typed(first_name="F.", last_name="D.", email="F.Diarra@exemple.fr"))

    assert "nom semblable" in same_name.context["form"].errors["is_distinct"][0]
    assert "même courriel" in same_mail.context["form"].errors["is_distinct"][0]


# Functions


def test_function_cannot_end_before_it_starts(logged, blanc_mesnil, marmite):
    with asv_scope(blanc_mesnil.pk):
        link = AffiliationFactory(organisation=marmite, started_on=dt.date(2026, 9, 1))
    data = {"function": "Directrice", "started_on": "01/09/2026", "ended_on": "2026-08-31", "_version": "0"}

    edit = logged.post(f"{NETWORK}fonctions/{link.pk}/modifier/", data)
    end = logged.post(f"{NETWORK}fonctions/{link.pk}/terminer/", {"ended_on": "2026-08-31"})

    assert "avant la date de début" in edit.context["form"].errors["ended_on"][0]
    assert "avant le début" in end.context["form"].errors["ended_on"][0]


def test_ended_function_becomes_a_past_contact(logged, blanc_mesnil, marmite):
    with asv_scope(blanc_mesnil.pk):
        link = AffiliationFactory(organisation=marmite, is_main=True)

    logged.post(f"{NETWORK}fonctions/{link.pk}/terminer/", {"ended_on": "2026-06-30"})

    with asv_scope(blanc_mesnil.pk):
        link.refresh_from_db()
    assert (link.ended_on, link.is_main) == (dt.date(2026, 6, 30), False)


def test_function_ends_once(in_asv, alice, marmite):
    link = AffiliationFactory(organisation=marmite, ended_on=dt.date(2026, 1, 1))
    with pytest.raises(AlreadyEnded, match="déjà terminée"):
        end_affiliation(affiliation=link, by=alice, on=dt.date(2026, 2, 1))


def test_organisation_has_one_main_contact(in_asv, alice, marmite):
    first = AffiliationFactory(organisation=marmite, is_main=True)
    second = add_affiliation(person=PersonFactory(asv=in_asv), organisation=marmite, by=alice, is_main=True)

    first.refresh_from_db()
    assert (first.is_main, second.is_main) == (False, True)


def test_same_function_twice_is_refused(in_asv, alice, marmite):
    link = AffiliationFactory(organisation=marmite, function="Directrice")
    with pytest.raises(DomainError, match="a déjà cette fonction"):
        add_affiliation(person=link.person, organisation=marmite, by=alice, function="directrice")


def test_people_of_another_asv_cannot_be_linked(logged, marmite):
    elsewhere = AsvFactory()
    with asv_scope(elsewhere.pk):
        stranger = PersonFactory(asv=elsewhere)

    response = logged.post(f"{NETWORK}{marmite.pk}/contacts/relier/", {"person": stranger.pk})

    assert "person" in response.context["form"].errors


def test_edited_person_is_never_kept_without_end(logged, blanc_mesnil):
    with asv_scope(blanc_mesnil.pk):
        person = PersonFactory(asv=blanc_mesnil, last_contact_on=dt.date(2026, 3, 12))

    logged.post(f"{PEOPLE}{person.pk}/modifier/", typed(last_contact_on="2026-03-12", _version=person.version))

    with asv_scope(blanc_mesnil.pk):
        person.refresh_from_db()
    assert person.retention_until == dt.date(2029, 3, 12)


def test_person_pages_show_functions_and_overdue_retention(logged, blanc_mesnil, marmite):
    with asv_scope(blanc_mesnil.pk):
        person = PersonFactory(asv=blanc_mesnil, retention_until=timezone.localdate() - dt.timedelta(days=1))
        AffiliationFactory(organisation=marmite, person=person, function="Directrice")
        AffiliationFactory(organisation=marmite, person=person, function="Stagiaire", ended_on=dt.date(2020, 1, 1))

    page = logged.get(f"{PEOPLE}{person.pk}/")
    rows = logged.get(f"{PEOPLE}?conservation=echue&organisation={marmite.pk}").context["page"].rows

    assert "Durée de conservation dépassée" in page.content.decode()
    assert [len(page.context["sheet"].current), len(page.context["sheet"].past)] == [1, 1]
    assert [row.cells[1].text for row in rows] == [["Directrice – La Marmite du Moulin"]]


def test_archived_person_leaves_the_list_and_comes_back(logged, blanc_mesnil):
    with asv_scope(blanc_mesnil.pk):
        person = PersonFactory(asv=blanc_mesnil)

    logged.post(f"{PEOPLE}{person.pk}/archiver/")
    assert logged.get(PEOPLE).context["page"].total == 0
    logged.post(f"{PEOPLE}{person.pk}/retablir/")
    assert logged.get(PEOPLE).context["page"].total == 1
