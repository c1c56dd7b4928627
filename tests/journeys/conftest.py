"""A town that has a programme, funders, an association, and a call that is open; what stories share in a browser."""

import importlib

import pytest
from django.apps import apps

from actors.enums import OrganisationKind
from actors.models import Term
from programmation.models import IndicatorModel
from tests.factories.actors import OrganisationFactory, PartnerAccessFactory
from tests.factories.platform import UserFactory
from tests.factories.programmation import CallFactory, ObjectiveFactory, ProgrammeFactory

# What migrations load once, and a test that commits empties: (model, migration).
LOADED_BY_MIGRATIONS = [
    (Term, "actors.migrations.0002_load_terms"),
    (IndicatorModel, "programmation.migrations.0002_indicator_bank"),
]


def load_reference_data() -> None:
    for model, migration in LOADED_BY_MIGRATIONS:
        if not model._default_manager.exists():
            importlib.import_module(migration).load(apps, None)


@pytest.fixture(autouse=True)
def _reference_data(transactional_db):
    """The closed lists are there before the story, and again for whoever uses the database next."""
    load_reference_data()


@pytest.fixture(scope="package", autouse=True)
def _leave_reference_data(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        load_reference_data()


@pytest.fixture
def programme(blanc_mesnil):
    return ProgrammeFactory(asv=blanc_mesnil, year=2026)


@pytest.fixture
def state(blanc_mesnil):
    """The prefecture, who funds."""
    return OrganisationFactory(asv=blanc_mesnil, name="Préfecture", kind=OrganisationKind.PREFECTURE, is_funder=True)


@pytest.fixture
def town(blanc_mesnil):
    """The town, who funds too."""
    return OrganisationFactory(
        asv=blanc_mesnil, name="Ville de Dugny", kind=OrganisationKind.COMMUNE_SERVICE, is_funder=True
    )


@pytest.fixture
def objective(programme):
    return ObjectiveFactory(programme=programme, title="Soigner près de chez soi")


@pytest.fixture
def call(programme, state, town, objective):
    call = CallFactory(programme=programme, number=1, funders=[state, town], pieces=["bank_details"])
    call.objectives.set([objective])
    return call


@pytest.fixture
def marmite(blanc_mesnil):
    """An association, with what the official form asks of it."""
    return OrganisationFactory(
        asv=blanc_mesnil,
        name="La Marmite du Moulin",
        siret="73282932000074",
        address="3 rue du Moulin",
        legal_representative="Fatou Diarra",
        legal_representative_function="Présidente",
    )


@pytest.fixture
def fatou(marmite):
    """Answers for La Marmite."""
    return PartnerAccessFactory(organisation=marmite, user__first_name="Fatou").user


@pytest.fixture
def stranger(db):
    """Knows nobody here yet; has an address."""
    return UserFactory(email="nouvelle@exemple.fr")
