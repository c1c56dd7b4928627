"""The action of La Marmite, its partner, and a partner of somebody else in the same ASV."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from actors.enums import PartnerRole
from tests.factories.actors import OrganisationFactory, PartnerAccessFactory
from tests.factories.programmation import (
    ActionFactory,
    BudgetLineFactory,
    CallFactory,
    DecisionFactory,
    ProgrammeFactory,
    ProposalFactory,
    ProposalIndicatorFactory,
)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def marmite(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="La Marmite du Moulin")


@pytest.fixture
def action(blanc_mesnil, marmite):
    """An accepted proposal at work: 1 000 € of charges, 800 € asked, 600 € granted, two indicators promised."""
    programme = ProgrammeFactory(asv=blanc_mesnil, year=2026, state="running", voted_on=dt.date(2026, 2, 12))
    proposal = ProposalFactory(call=CallFactory(programme=programme), organisation=marmite, expected_people=40)
    BudgetLineFactory(proposal=proposal, code="604", amount=Decimal(1000))
    asked = BudgetLineFactory(proposal=proposal, asked=True, amount=Decimal(800))
    DecisionFactory(proposal=proposal, funder=asked.funder, amount=Decimal(600))
    ProposalIndicatorFactory(proposal=proposal, name="Personnes accueillies", target=Decimal(36))
    ProposalIndicatorFactory(proposal=proposal, name="Cuisinent chez eux", is_ratio=True, unit="%", target=Decimal(60))
    return ActionFactory(
        proposal=proposal, programme=programme, organisation=marmite, title="Bien manger", state="running"
    )


@pytest.fixture
def fatou(marmite):
    """Owns the accesses of La Marmite."""
    return PartnerAccessFactory(organisation=marmite, user__email="fatou@exemple.fr").user


@pytest.fixture
def editor(marmite):
    """Writes for La Marmite, and does not commit it."""
    return PartnerAccessFactory(organisation=marmite, role=PartnerRole.EDITOR).user


@pytest.fixture
def rival(blanc_mesnil):
    """A partner of another organisation of the same ASV."""
    return PartnerAccessFactory(organisation__asv=blanc_mesnil).user


@pytest.fixture
def session_data(today) -> dict:
    """What six answers send."""
    return {"held_on": today.isoformat(), "place": "Maison de quartier", "women": "8", "men": "3", "from_qpv": "9"}
