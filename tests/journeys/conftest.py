"""A town that has a programme, funders, an association, and a call that is open; what stories share in a browser."""

import importlib

import pytest
from django.apps import apps

from actors.models import Term
from programmation.models import IndicatorModel

# The same town as in the tests of the programme.
from tests.programmation.conftest import (  # noqa: F401 -- fixtures
    call,
    fatou,
    marmite,
    objective,
    programme,
    state,
    stranger,
    town,
)

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
