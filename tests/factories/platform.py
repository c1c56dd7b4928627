"""Users, ASV and small reference territories."""

import factory

from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Membership, User
from asv_platform.territories.enums import AsvLevel, CarrierKind, EpciKind, Generation
from asv_platform.territories.models import Asv, Commune, Department, Epci, Neighbourhood, Region


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"R{n % 100:02d}")
    name = factory.LazyAttribute(lambda region: f"Région {region.code}")

    class Params:
        ile_de_france = factory.Trait(code="11", name="Île-de-France")


class DepartmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Department
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"D{n % 100:02d}")
    name = factory.LazyAttribute(lambda department: f"Département {department.code}")
    region = factory.SubFactory(RegionFactory)

    class Params:
        seine_saint_denis = factory.Trait(
            code="93", name="Seine-Saint-Denis", region=factory.SubFactory(RegionFactory, ile_de_france=True)
        )


class EpciFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Epci
        django_get_or_create = ("siren",)

    siren = factory.Sequence(lambda n: f"2{n:08d}")
    name = factory.LazyAttribute(lambda epci: f"Intercommunalité {epci.siren}")
    kind = EpciKind.CA
    population = 100_000


class CommuneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commune
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{n:05d}")
    name = factory.LazyAttribute(lambda commune: f"Commune {commune.code}")
    search_name = factory.LazyAttribute(lambda commune: commune.name.lower())
    postal_codes = factory.LazyAttribute(lambda commune: [commune.code])
    population = 20_000
    department = factory.SubFactory(DepartmentFactory)


class NeighbourhoodFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Neighbourhood
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"QN{n:05d}N"[:8])
    name = factory.LazyAttribute(lambda neighbourhood: f"Quartier {neighbourhood.code}")
    search_name = factory.LazyAttribute(lambda neighbourhood: neighbourhood.name.lower())
    generation = Generation.QPV_2024
    department = factory.SubFactory(DepartmentFactory)
    population = 4_000

    @factory.post_generation
    def communes(self, create, extracted, **kwargs):
        if create and extracted:
            self.communes.set(extracted)


class AsvFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Asv
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"ASV {n}")
    slug = factory.Sequence(lambda n: f"asv-{n}")
    carrier_kind = CarrierKind.COMMUNE
    carrier_name = factory.LazyAttribute(lambda asv: f"Ville de {asv.name}")
    level = AsvLevel.COMMUNAL

    @factory.post_generation
    def communes(self, create, extracted, **kwargs):
        if create and extracted:
            self.communes.set(extracted)

    @factory.post_generation
    def neighbourhoods(self, create, extracted, **kwargs):
        if create and extracted:
            self.neighbourhoods.set(extracted)


class UserFactory(factory.django.DjangoModelFactory):
    """A person; ``password`` may be given in clear, else only one-time codes open the account."""

    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"personne{n}@exemple.fr")
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Personne {n}")

    class Params:
        operator = factory.Trait(is_staff=True, is_superuser=True)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(**kwargs)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    asv = factory.SubFactory(AsvFactory)
    role = Role.COORDINATOR
