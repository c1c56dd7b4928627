import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from asv_platform.audit.models import AuditEntry
from asv_platform.territories.enums import AsvLevel, CarrierKind, Generation
from asv_platform.territories.models import Succession
from asv_platform.territories.services import (
    PerimeterRefused,
    SuccessionRefused,
    UnknownAsvField,
    confirm_succession,
    create_asv,
    reject_succession,
    update_asv,
)
from tests.factories.platform import CommuneFactory, NeighbourhoodFactory

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
FIELDS = {"carrier_kind": CarrierKind.COMMUNE, "carrier_name": "Ville d’Aubervilliers", "level": AsvLevel.COMMUNAL}


@pytest.fixture
def succession(db):
    old = NeighbourhoodFactory(code="QP093001", generation=Generation.QPV_2015)
    new = NeighbourhoodFactory(code="QN09302M")
    return Succession.objects.create(old=old, new=new, score="0.910", method="Libellé proche, commune partagée")


def test_create_asv_opens_it_on_its_perimeter(operator):
    commune = CommuneFactory(code="93001")
    inside = NeighbourhoodFactory(communes=[commune])

    asv = create_asv(by=operator, name="ASV d’Aubervilliers", communes=[commune], neighbourhoods=[inside], **FIELDS)

    assert asv.slug == "asv-daubervilliers"
    assert list(asv.communes.all()) == [commune]
    assert list(asv.neighbourhoods.all()) == [inside]
    entry = AuditEntry.objects.get(event="asv.created")
    assert (entry.actor, entry.asv, entry.details["communes"]) == (operator, asv, ["93001"])


def test_create_asv_twice_gives_two_addresses(operator):
    commune = CommuneFactory()

    slugs = [create_asv(by=operator, name="Été", communes=[commune], **FIELDS).slug for _ in range(3)]

    assert slugs == ["ete", "ete-2", "ete-3"]


def test_create_asv_without_commune_is_refused(operator):
    with pytest.raises(PerimeterRefused, match="au moins une commune"):
        create_asv(by=operator, name="ASV", communes=[], **FIELDS)


def test_neighbourhood_outside_the_communes_is_refused(operator):
    outside = NeighbourhoodFactory(name="Les Ailleurs", communes=[CommuneFactory()])

    with pytest.raises(PerimeterRefused, match="Les Ailleurs"):
        create_asv(by=operator, name="ASV", communes=[CommuneFactory()], neighbourhoods=[outside], **FIELDS)


@pytest.mark.parametrize(
    ("field", "value"),
    [("siren", "123456789"), ("siren", "12"), ("colour", "rouge"), ("colour", "#12345"), ("contact_email", "x")],
)
def test_create_asv_refuses_wrong_values_by_field(operator, field, value):
    with pytest.raises(ValidationError) as refused:
        create_asv(by=operator, name="ASV", communes=[CommuneFactory()], **FIELDS, **{field: value})

    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    ("name", "content", "accepted"),
    [
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * 300, True),
        ("logo.png", b"<svg onload=alert(1)>", False),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"0" * (1024 * 1024), False),
    ],
)
def test_logo_is_judged_by_its_content(operator, name, content, accepted):
    file = SimpleUploadedFile(name, content)
    if accepted:
        assert create_asv(by=operator, name="ASV", communes=[CommuneFactory()], logo=file, **FIELDS).logo
        return
    with pytest.raises(ValidationError, match="logo"):
        create_asv(by=operator, name="ASV", communes=[CommuneFactory()], logo=file, **FIELDS)


def test_update_asv_changes_what_is_given_and_keeps_history(blanc_mesnil, operator):
    communes = set(blanc_mesnil.communes.all())

    update_asv(asv=blanc_mesnil, by=operator, cls_reference="CLS 2026-2030")

    blanc_mesnil.refresh_from_db()
    assert blanc_mesnil.cls_reference == "CLS 2026-2030"
    assert set(blanc_mesnil.communes.all()) == communes
    assert blanc_mesnil.history.count() == 2
    assert AuditEntry.objects.get(event="asv.updated").details["fields"] == ["cls_reference"]


def test_update_asv_cannot_leave_a_neighbourhood_outside(blanc_mesnil, operator):
    with pytest.raises(PerimeterRefused):
        update_asv(asv=blanc_mesnil, by=operator, communes=[CommuneFactory()])


def test_update_asv_refuses_a_field_that_does_not_exist(blanc_mesnil, operator):
    with pytest.raises(UnknownAsvField):
        update_asv(asv=blanc_mesnil, by=operator, colours="#000000")


def test_confirm_succession_names_who_vouches(succession, operator):
    confirm_succession(succession=succession, by=operator, at=NOW)

    succession.refresh_from_db()
    assert (succession.confirmed_at, succession.confirmed_by) == (NOW, str(operator))
    assert AuditEntry.objects.filter(event="succession.confirmed").count() == 1


def test_succession_decided_twice_keeps_the_first_decision(succession, operator):
    confirm_succession(succession=succession, by=operator, at=NOW)
    confirm_succession(succession=succession, by=operator, at=NOW + dt.timedelta(days=1))

    succession.refresh_from_db()
    assert succession.confirmed_at == NOW
    with pytest.raises(SuccessionRefused, match="QP093001 → QN09302M"):
        reject_succession(succession=succession, by=operator, at=NOW)


def test_rejected_succession_cannot_be_confirmed(succession, operator):
    reject_succession(succession=succession, by=operator, at=NOW)

    with pytest.raises(SuccessionRefused, match="écartée"):
        confirm_succession(succession=succession, by=operator, at=NOW)
