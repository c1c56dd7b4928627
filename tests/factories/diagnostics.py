"""The diagnostic of an ASV, its contents, and a few published figures."""

from decimal import Decimal

import factory

from actors.models import Term
from diagnostics.enums import EvidenceKind, GeographyLevel, IndicatorKind, VoiceKind
from diagnostics.models import (
    Diagnostic,
    Evidence,
    Indicator,
    IndicatorValue,
    Need,
    Priority,
    ThemeChapter,
    Voice,
)
from tests.factories.platform import AsvFactory


def _theme(_row):
    return Term.objects.get(kind="theme", code="acces-aux-soins")


class IndicatorFactory(factory.django.DjangoModelFactory):
    """The poverty rate, unless told otherwise."""

    class Meta:
        model = Indicator
        django_get_or_create = ("code",)

    code = "taux-de-pauvrete"
    name = "Taux de pauvreté"
    heading = "Revenus et précarité"
    definition = "Part des personnes sous 60 % du niveau de vie médian."
    unit = "%"
    kind = IndicatorKind.PROPORTION
    better = "down"
    source = "INSEE"
    licence = "Licence Ouverte 2.0"


class IndicatorValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    indicator = factory.SubFactory(IndicatorFactory)
    level = GeographyLevel.QPV
    geography_code = "QN09356I"
    geography_name = "Secteur Nord Pont-Yblon"
    period = "2021"
    value = Decimal("43.0")
    source_file = "insee.csv"
    source_line = factory.Sequence(lambda n: n + 2)

    class Params:
        hidden = factory.Trait(value=None, is_hidden=True, note="Secret statistique : moins de 11 personnes.")
        refused = factory.Trait(value=None, is_refused=True, note="Valeur refusée : 161,6 % publiés.")


class DiagnosticFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Diagnostic

    asv = factory.SubFactory(AsvFactory)
    year = factory.Sequence(lambda n: 2001 + n % 90)
    title = factory.LazyAttribute(lambda row: f"Diagnostic partagé {row.year}")


class ThemeChapterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ThemeChapter

    diagnostic = factory.SubFactory(DiagnosticFactory, asv=factory.SelfAttribute("..asv"))
    asv = factory.SubFactory(AsvFactory)
    theme = factory.LazyAttribute(_theme)


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    diagnostic = factory.SubFactory(DiagnosticFactory, asv=factory.SelfAttribute("..asv"))
    asv = factory.SubFactory(AsvFactory)
    number = factory.Sequence(lambda n: n + 1)
    statement = factory.Sequence(lambda n: f"Trouver un dentiste {n}")
    theme = factory.LazyAttribute(_theme)


class VoiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Voice

    diagnostic = factory.SubFactory(DiagnosticFactory, asv=factory.SelfAttribute("..asv"))
    asv = factory.SubFactory(AsvFactory)
    words = "On m’a dit six mois d’attente."
    kind = VoiceKind.RESIDENTS
    theme = factory.LazyAttribute(_theme)
    context = "Groupe de parole"


class EvidenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Evidence

    need = factory.SubFactory(NeedFactory, asv=factory.SelfAttribute("..asv"))
    asv = factory.SubFactory(AsvFactory)
    kind = EvidenceKind.MEETING
    text = "Le conseil citoyen l’a redit."
    # Evidences point to it, and the pages of figures need one to exist.
    indicator = factory.SubFactory(IndicatorFactory)

    class Params:
        figure = factory.Trait(
            kind=EvidenceKind.FIGURE, geography_level=GeographyLevel.QPV, geography_code="QN09356I", text=""
        )


class PriorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Priority
        skip_postgeneration_save = True

    diagnostic = factory.SubFactory(DiagnosticFactory, asv=factory.SelfAttribute("..asv"))
    asv = factory.SubFactory(AsvFactory)
    rank = factory.Sequence(lambda n: n % 90 + 1)
    title = factory.Sequence(lambda n: f"Des soins dentaires pour tous {n}")
    theme = factory.LazyAttribute(_theme)

    @factory.post_generation
    def needs(self, create, extracted, **kwargs):
        if create and extracted:
            self.needs.set(extracted)
