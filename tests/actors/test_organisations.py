"""The directory of organisations, as a coordinator uses it."""

import datetime as dt
import io

import openpyxl
import pytest
from django.utils import timezone

from actors.enums import OrganisationKind
from actors.models import Organisation, Term
from actors.services import change_organisation, confirm_organisation, create_organisation
from asv_platform.audit.models import AuditEntry
from asv_platform.audit.selectors import history_of
from asv_platform.territories.editing import archive
from asv_platform.territories.scoping import asv_scope
from tests.factories.actors import OrganisationFactory
from tests.factories.platform import AsvFactory

pytestmark = pytest.mark.django_db
NETWORK = "/asv/le-blanc-mesnil-dugny/reseau/"


@pytest.fixture
def marmite(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="La Marmite du Moulin", email="contact@marmite.exemple.fr")


@pytest.fixture
def logged(client, alice):
    client.force_login(alice)
    return client


def typed(**data):
    return {"name": "Ici et là médiation", "kind": OrganisationKind.ASSOCIATION} | data


def create(client, **data):
    return client.post(f"{NETWORK}nouvelle/", typed(**data))


def created(blanc_mesnil, name="Ici et là médiation"):
    with asv_scope(blanc_mesnil.pk):
        return Organisation.objects.get(name=name)


def errors(response):
    return response.context["form"].errors


# Creating


def test_organisation_created_with_forgiven_typing(logged, blanc_mesnil):
    neighbourhood = blanc_mesnil.neighbourhoods.first()
    theme = Term.objects.get(code="acces-aux-soins")

    response = create(
        logged,
        acronym="ILM",
        siret="732 829 320 00074",
        rna="w931234567",
        phone="+33 1 48 65 42 10",
        website="www.exemple.fr",
        postal_code="93 150",
        commune_name="le blanc mesnil",
        coordinates="48.9412, 2.4618",
        themes=[theme.pk],
        neighbourhoods=[neighbourhood.pk],
        staff_count="12",
    )

    row = created(blanc_mesnil)
    assert response.headers["Location"] == f"{NETWORK}{row.pk}/"
    assert (row.siret, row.rna, row.phone, row.website) == (
        "73282932000074", "W931234567", "0148654210", "https://www.exemple.fr",
    )  # fmt: skip
    assert (row.postal_code, row.commune.code) == ("93150", "93007")
    assert (str(row.latitude), str(row.longitude)) == ("48.941200", "2.461800")
    assert (row.search_name, row.confirmed_on) == ("ici et la mediation ilm", timezone.localdate())
    with asv_scope(blanc_mesnil.pk):
        assert list(row.themes.all()) == [theme]
        assert list(row.neighbourhoods.all()) == [neighbourhood]
    assert AuditEntry.objects.get(event="organisation.created").subject_id == row.pk


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"kind": "wizard"}, "kind"),
        ({"siret": "12345678901234"}, "siret"),
        ({"rna": "931234567"}, "rna"),
        ({"finess": "123"}, "finess"),
        ({"phone": "bureau"}, "phone"),
        ({"email": "contact@"}, "email"),
        ({"website": "pas une adresse"}, "website"),
        ({"postal_code": "9315"}, "postal_code"),
        ({"commune_name": "Nulle-Part"}, "commune_name"),
        ({"coordinates": "quelque part"}, "coordinates"),
        ({"staff_count": "douze"}, "staff_count"),
        ({"staff_count": "-1"}, "staff_count"),
        ({"missions": "x" * 4001}, "missions"),
        ({"missions": "Suivi de 2 55 08 14 168 025 38"}, "missions"),
        ({"themes": ["999999"]}, "themes"),
    ],
)
def test_organisation_with_a_wrong_field_keeps_what_was_typed(logged, blanc_mesnil, data, field):
    response = create(logged, **data)

    assert response.status_code == 422
    assert list(errors(response)) == [field]
    assert response.context["form"].data["name"] == typed(**data)["name"]
    with asv_scope(blanc_mesnil.pk):
        assert not Organisation.objects.exists()


def test_organisation_from_word_with_emoji_and_html_is_kept_as_text(logged, blanc_mesnil):
    create(logged, missions="\ufeffAccueil\x0b🙂\u200b <script>alert(1)</script>\r\nÉcoute\x00")

    row = created(blanc_mesnil)
    assert row.missions == "Accueil\n🙂 <script>alert(1)</script>\nÉcoute"
    page = logged.get(f"{NETWORK}{row.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_organisation_sent_twice_is_created_once(logged, blanc_mesnil):
    key = "0b5f2f0e-6a6e-4b9d-9f8f-0d5a3a1b2c3d"

    first, second = create(logged, _key=key), create(logged, _key=key)

    assert first.headers["Location"] == second.headers["Location"]
    with asv_scope(blanc_mesnil.pk):
        assert Organisation.objects.count() == 1


def test_siret_already_taken_names_the_other_record(logged, blanc_mesnil, marmite):
    with asv_scope(blanc_mesnil.pk):
        Organisation.objects.filter(pk=marmite.pk).update(siret="73282932000074", archived_at=timezone.now())

    response = create(logged, siret="732 829 320 00074")

    assert errors(response)["siret"] == ["« La Marmite du Moulin » (fiche archivée) porte déjà ce SIRET."]


def test_siret_of_another_asv_is_free(logged, blanc_mesnil):
    elsewhere = AsvFactory()
    with asv_scope(elsewhere.pk):
        OrganisationFactory(asv=elsewhere, name="Ailleurs", siret="73282932000074")

    create(logged, siret="73282932000074")

    assert created(blanc_mesnil).siret == "73282932000074"


# Duplicates


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"name": "Association de la marmite du moulin"}, "nom semblable"),
        ({"name": "La Marmitte du Moulin"}, "nom semblable"),
        ({"email": "CONTACT@marmite.exemple.fr"}, "même courriel"),
    ],
)
def test_probable_duplicate_is_shown_before_saving(logged, blanc_mesnil, marmite, data, reason):
    response = create(logged, **data)

    said = errors(response)["is_distinct"][0]
    assert reason in said
    assert f'<a href="{NETWORK}{marmite.pk}/">La Marmite du Moulin</a>' in response.content.decode()
    assert create(logged, is_distinct="on", **data).status_code == 302


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Maison de quartier nord", "Maison de quartier sud"),
        ("École élémentaire 1", "École élémentaire 2"),
        ("Centre de santé", "Centre social des Tilleuls"),
    ],
)
def test_different_names_are_no_duplicates(logged, blanc_mesnil, known, name):
    with asv_scope(blanc_mesnil.pk):
        OrganisationFactory(asv=blanc_mesnil, name=known)

    assert create(logged, name=name).status_code == 302


def test_editing_without_touching_the_name_asks_nothing(logged, blanc_mesnil, marmite):
    with asv_scope(blanc_mesnil.pk):
        OrganisationFactory(asv=blanc_mesnil, name="Marmite du Moulin")

    response = logged.post(
        f"{NETWORK}{marmite.pk}/modifier/",
        typed(name=marmite.name, email=marmite.email, missions="Cuisiner ensemble.", _version="0"),
    )

    assert response.status_code == 302


# Editing


def test_stale_edit_shows_both_versions_and_overwrites_nothing(logged, blanc_mesnil, alice, marmite):
    with asv_scope(blanc_mesnil.pk):
        change_organisation(organisation=marmite, by=alice, missions="Cuisiner.")
    data = typed(name="La Marmite", email=marmite.email, missions="Jardiner.", _version="0")

    response = logged.post(f"{NETWORK}{marmite.pk}/modifier/", data)

    assert response.status_code == 422
    shown = {conflict.label: conflict.current for conflict in response.context["page"].conflicts}
    assert shown == {"Nom": "La Marmite du Moulin", "Missions": "Cuisiner."}
    assert "Jardiner." in response.content.decode()
    assert created(blanc_mesnil, marmite.name).missions == "Cuisiner."


def test_expired_session_keeps_what_was_typed(client, alice, marmite):
    path = f"{NETWORK}{marmite.pk}/modifier/"
    client.force_login(alice)
    client.get(path)
    del client.cookies["sessionid"]
    sent = client.post(path, typed(name="La Marmite", missions="Jardiner."))
    assert sent.status_code == 302

    client.force_login(alice)
    page = client.get(path)

    assert "Votre session avait expiré" in page.context["page"].notice
    assert "Jardiner." in page.content.decode()


def test_history_tells_fields_and_tags(blanc_mesnil, alice, marmite):
    soins, droits = (Term.objects.get(code=code) for code in ("acces-aux-soins", "acces-aux-droits"))
    with asv_scope(blanc_mesnil.pk):
        change_organisation(organisation=marmite, by=alice, missions="Cuisiner.", themes=[soins, droits])

        last = history_of(marmite)[0]

    assert [str(change) for change in last.changes] == [
        "Missions : vide → Cuisiner.",
        "Thèmes : vide → Accès aux droits, Accès aux soins",
    ]


def test_creation_with_tags_is_one_line_of_history(blanc_mesnil, alice):
    with asv_scope(blanc_mesnil.pk):
        row = create_organisation(
            asv=blanc_mesnil, by=alice, on=dt.date(2026, 3, 1), name="Ici et là", kind="association",
            themes=list(Term.objects.filter(kind="theme")), sectors=list(Term.objects.filter(kind="sector")),
        )  # fmt: skip
        entries = history_of(row)

    assert [entry.changes for entry in entries] == [()]


def test_confirming_twice_in_a_day_is_one_event(logged, blanc_mesnil, marmite):
    for _ in range(2):
        assert logged.post(f"{NETWORK}{marmite.pk}/confirmer/").status_code == 302

    assert created(blanc_mesnil, marmite.name).confirmed_on == timezone.localdate()
    assert AuditEntry.objects.filter(event="organisation.confirmed").count() == 1


def test_archived_organisation_leaves_the_list_and_comes_back(logged, blanc_mesnil, marmite):
    logged.post(f"{NETWORK}{marmite.pk}/archiver/")
    assert logged.get(NETWORK).context["page"].total == 0
    assert logged.get(f"{NETWORK}?fiches=archivees").context["page"].total == 1

    logged.post(f"{NETWORK}{marmite.pk}/retablir/")
    assert logged.get(NETWORK).context["page"].total == 1


# The list


@pytest.fixture
def network(blanc_mesnil):
    north, south = blanc_mesnil.neighbourhoods.order_by("name")  # Pasteur, Pont-Yblon
    soins, droits = (Term.objects.get(code=code) for code in ("acces-aux-soins", "acces-aux-droits"))
    women = Term.objects.get(code="femmes")
    social = Term.objects.get(code="social")
    today = timezone.localdate()
    rows = [
        OrganisationFactory(asv=blanc_mesnil, name="Écoute jeunes", themes=[soins], publics=[women],
                            neighbourhoods=[north], confirmed_on=today),
        OrganisationFactory(asv=blanc_mesnil, name="Point d’appui", acronym="PAD", themes=[droits], sectors=[social],
                            neighbourhoods=[south], confirmed_on=today - dt.timedelta(days=400)),
        OrganisationFactory(asv=blanc_mesnil, name="Préfecture", funder=True, covers_perimeter=True, themes=[droits]),
    ]  # fmt: skip
    return {row.name: row for row in rows}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Écoute jeunes", "Point d’appui", "Préfecture"]),
        ("q=ecoute", ["Écoute jeunes"]),
        ("q=jeunes+écoute", ["Écoute jeunes"]),
        ("q=pad", ["Point d’appui"]),
        ("q=%2B%2B", []),
        ("nature=prefecture", ["Préfecture"]),
        ("secteur=social", ["Point d’appui"]),
        ("theme=acces-aux-droits", ["Point d’appui", "Préfecture"]),
        ("public=femmes", ["Écoute jeunes"]),
        ("quartier=QN09368N", ["Écoute jeunes", "Préfecture"]),
        ("financeur=oui", ["Préfecture"]),
        ("financeur=non", ["Écoute jeunes", "Point d’appui"]),
        ("fraicheur=fresh", ["Écoute jeunes"]),
        ("fraicheur=overdue", ["Point d’appui"]),
        ("fraicheur=never", ["Préfecture"]),
        ("tri=-search_name", ["Préfecture", "Point d’appui", "Écoute jeunes"]),
        ("tri=asv__contact_email", ["Écoute jeunes", "Point d’appui", "Préfecture"]),
        ("theme=inconnu", ["Écoute jeunes", "Point d’appui", "Préfecture"]),
    ],
)
def test_list_filters_and_sorts(logged, network, query, names):
    page = logged.get(f"{NETWORK}?{query}").context["page"]

    assert [row.cells[0].text for row in page.rows] == names


def test_exports_hold_what_the_list_shows_with_its_tags(logged, network):
    answer = logged.get(f"{NETWORK}?theme=acces-aux-droits&format=csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(logged.get(f"{NETWORK}?theme=acces-aux-droits&format=xlsx").streaming_content))
    )

    assert len(lines) == 3
    assert lines[1].split(";")[:10] == [
        "Point d’appui", "PAD", "Association", "non", "Social", "Accès aux droits", "", "Secteur Nord Pont-Yblon", "",
        "En retard",
    ]  # fmt: skip
    sheet = book["Export"]
    assert [cell.value for cell in sheet[1]] == lines[0].split(";")
    assert sheet["A2"].value == "Point d’appui"


def test_empty_list_teaches_whoever_can_write(client, alice, bob):
    client.force_login(alice)
    assert client.get(NETWORK).context["page"].empty.action_url == f"{NETWORK}nouvelle/"
    client.force_login(bob)
    assert client.get(NETWORK).context["page"].empty.action_url == ""


def test_detail_shows_identity_contacts_and_freshness(logged, network, blanc_mesnil):
    row = network["Point d’appui"]

    page = logged.get(f"{NETWORK}{row.pk}/")

    sheet = page.context["sheet"]
    assert (sheet.freshness.label, sheet.freshness.tone) == ("En retard", "bad")
    assert sheet.tags["themes"] == ["Accès aux droits"]
    assert "Confirmer la fiche" in page.content.decode()


def test_confirmed_organisation_service_takes_the_day_given(blanc_mesnil, alice, marmite):
    with asv_scope(blanc_mesnil.pk):
        row = confirm_organisation(organisation=marmite, by=alice, on=dt.date(2026, 5, 4))
        assert archive(row, by=alice).confirmed_on == dt.date(2026, 5, 4)
