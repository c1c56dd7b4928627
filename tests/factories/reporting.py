"""Editions, recipients, deliveries; and a year worth printing."""

import dataclasses
import datetime as dt
import json
from pathlib import Path

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from asv_platform.reporting.enums import Channel, EditionKind, EditionState, RecipientKind
from asv_platform.reporting.models import Delivery, Edition, EditionSnapshot, Recipient
from asv_platform.reporting.snapshot import AnnualSnapshot
from tests.factories.platform import AsvFactory, UserFactory

YEAR_2025 = Path(__file__).resolve().parent.parent / "reporting" / "data" / "annual_2025.json"


def annual_snapshot(**changes) -> AnnualSnapshot:
    """Le Blanc-Mesnil – Dugny in 2025: real outlines, invented activity; ``changes`` replace whole parts."""
    snapshot = AnnualSnapshot.from_json(json.loads(YEAR_2025.read_text(encoding="utf-8")))
    return dataclasses.replace(snapshot, **changes)


class EditionFactory(factory.django.DjangoModelFactory):
    """A draft; ``issued`` gives it its number, its file and its fingerprint."""

    class Meta:
        model = Edition

    asv = factory.SubFactory(AsvFactory)
    kind = EditionKind.ANNUAL_REPORT
    year = 2025
    author = factory.SubFactory(UserFactory)
    headline = "Une année de plus près de chez soi"

    class Params:
        issued = factory.Trait(
            state=EditionState.ISSUED,
            number=factory.Sequence(lambda n: n + 1),
            issued_on=dt.date(2026, 4, 14),
            issued_at=factory.LazyFunction(timezone.now),
            file=factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 exemple", name="edition.pdf")),
            sha256="a" * 64,
            page_count=18,
        )
        previewed = factory.Trait(
            preview=factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 brouillon", name="apercu.pdf")),
            data_on=dt.date(2026, 4, 10),
        )


class EditionSnapshotFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EditionSnapshot

    asv = factory.SubFactory(AsvFactory)
    edition = factory.SubFactory(EditionFactory, asv=factory.SelfAttribute("..asv"))
    data = factory.LazyFunction(lambda: annual_snapshot().to_json())


class RecipientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recipient

    asv = factory.SubFactory(AsvFactory)
    name = factory.Sequence(lambda n: f"Élue {n}")
    function = "adjointe à la santé"
    kind = RecipientKind.ELECTED
    email = factory.Sequence(lambda n: f"elue{n}@exemple.fr")


class DeliveryFactory(factory.django.DjangoModelFactory):
    """A delivery by reading link, valid for a month."""

    class Meta:
        model = Delivery

    asv = factory.SubFactory(AsvFactory)
    edition = factory.SubFactory(EditionFactory, issued=True, asv=factory.SelfAttribute("..asv"))
    recipient = factory.SubFactory(RecipientFactory, asv=factory.SelfAttribute("..asv"))
    channel = Channel.LINK
    sent_by = factory.SubFactory(UserFactory)
    link_key = factory.Sequence(lambda n: f"cle-{n}")
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=30))
