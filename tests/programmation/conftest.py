import datetime as dt
from decimal import Decimal

import pytest

from actors.enums import OrganisationKind, PartnerRole
from actors.models import Term
from tests.factories.actors import OrganisationFactory, PartnerAccessFactory
from tests.factories.platform import UserFactory
from tests.factories.programmation import (
    BudgetLineFactory,
    CallFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    ProposalFactory,
)

FILED_AT = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)


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
def edith(marmite):
    """Writes for La Marmite, without committing it."""
    return PartnerAccessFactory(organisation=marmite, role=PartnerRole.EDITOR).user


@pytest.fixture
def stranger(db):
    """A partner of nobody yet."""
    return UserFactory(email="nouvelle@exemple.fr")


@pytest.fixture
def theme(db):
    return Term.objects.get(kind="theme", code="nutrition-alimentation")


@pytest.fixture
def deliberated(call, marmite, fatou, state, town):
    """A proposal of 5,000 €, 3,000 asked of the State and 2,000 of the town, before the committee."""
    proposal = ProposalFactory(
        call=call, organisation=marmite, created_by=fatou, state="deliberation", filed_at=FILED_AT
    )
    BudgetLineFactory(proposal=proposal, amount=Decimal(5000))
    BudgetLineFactory(proposal=proposal, asked=True, funder=state, amount=Decimal(3000))
    BudgetLineFactory(proposal=proposal, asked=True, code="74com", funder=town, amount=Decimal(2000))
    return proposal
