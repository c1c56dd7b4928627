"""Organisations, people, functions and accesses of a small network."""

import datetime as dt

import factory

from actors.enums import OrganisationKind, PartnerRole, PersonRole, TermKind
from actors.models import Affiliation, Organisation, PartnerAccess, Person, Term
from asv_platform.territories.normalise import normalise
from tests.factories.platform import AsvFactory, UserFactory


class TermFactory(factory.django.DjangoModelFactory):
    """A word of a closed list; those of the migrations are already there: ``Term.objects.get(code=…)``."""

    class Meta:
        model = Term
        django_get_or_create = ("kind", "code")

    kind = TermKind.THEME
    code = factory.Sequence(lambda n: f"theme-{n}")
    label = factory.LazyAttribute(lambda term: f"Thème {term.code}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    asv = factory.SubFactory(AsvFactory)
    name = factory.Sequence(lambda n: f"Association {n}")
    search_name = factory.LazyAttribute(lambda row: normalise(f"{row.name} {getattr(row, 'acronym', '')}"))
    kind = OrganisationKind.ASSOCIATION

    class Params:
        funder = factory.Trait(is_funder=True, kind=OrganisationKind.PREFECTURE)
        confirmed = factory.Trait(confirmed_on=factory.LazyFunction(dt.date.today))

    @factory.post_generation
    def themes(self, create, extracted, **kwargs):
        if create and extracted:
            self.themes.set(extracted)

    @factory.post_generation
    def sectors(self, create, extracted, **kwargs):
        if create and extracted:
            self.sectors.set(extracted)

    @factory.post_generation
    def publics(self, create, extracted, **kwargs):
        if create and extracted:
            self.publics.set(extracted)

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        if create and extracted:
            self.neighbourhoods.set(extracted)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    asv = factory.SubFactory(AsvFactory)
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Contact {n}")
    search_name = factory.LazyAttribute(lambda row: normalise(f"{row.last_name} {row.first_name}"))
    role = PersonRole.PROFESSIONAL


class AffiliationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Affiliation

    organisation = factory.SubFactory(OrganisationFactory)
    asv = factory.SelfAttribute("organisation.asv")
    person = factory.SubFactory(PersonFactory, asv=factory.SelfAttribute("..asv"))
    function = "Directrice"


class PartnerAccessFactory(factory.django.DjangoModelFactory):
    """``PartnerAccessFactory(organisation=…)``: a partner who may file for this organisation."""

    class Meta:
        model = PartnerAccess

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    asv = factory.SelfAttribute("organisation.asv")
    role = PartnerRole.OWNER
