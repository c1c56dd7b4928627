"""A programme, its calls, proposals, decisions and actions. A proposal is filed unless the trait ``draft`` says not."""

import datetime as dt
from decimal import Decimal

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from programmation.enums import (
    AdmissibilityOutcome,
    AgeBand,
    BudgetSide,
    DecisionOutcome,
    FundingState,
    IndicatorKind,
    ObjectiveLevel,
    PieceKind,
    ProgrammeState,
    ProposalState,
)
from programmation.models import (
    AccessRequest,
    Action,
    AdmissibilityCheck,
    BudgetLine,
    Call,
    Decision,
    Envelope,
    Objective,
    PlannedPublic,
    Programme,
    Proposal,
    ProposalIndicator,
    ProposalPiece,
)
from tests.factories.actors import OrganisationFactory, TermFactory
from tests.factories.platform import AsvFactory, UserFactory

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class ProgrammeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Programme

    asv = factory.SubFactory(AsvFactory)
    year = factory.Sequence(lambda n: 2020 + n % 80)
    title = factory.LazyAttribute(lambda row: f"Programme {row.year}")
    state = ProgrammeState.OPEN


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    asv = factory.SelfAttribute("programme.asv")
    level = ObjectiveLevel.GENERAL
    title = factory.Sequence(lambda n: f"Objectif {n}")
    position = factory.Sequence(lambda n: n % 1000)

    @factory.post_generation
    def priorities(self, create, extracted, **kwargs):
        if create and extracted:
            self.priorities.set(extracted)


class EnvelopeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Envelope

    programme = factory.SubFactory(ProgrammeFactory)
    asv = factory.SelfAttribute("programme.asv")
    funder = factory.SubFactory(OrganisationFactory, asv=factory.SelfAttribute("..asv"), funder=True)
    amount = Decimal(50_000)


class CallFactory(factory.django.DjangoModelFactory):
    """Open since a week and for a week, published; traits ``closed``, ``upcoming`` and ``unpublished``."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    programme = factory.SubFactory(ProgrammeFactory)
    asv = factory.SelfAttribute("programme.asv")
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Appel à propositions {n + 1}")
    text = "Des projets qui rapprochent les soins des habitants."
    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=7))
    closes_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=7))
    published_at = factory.SelfAttribute("opens_at")

    class Params:
        closed = factory.Trait(closes_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1)))
        upcoming = factory.Trait(opens_at=factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=1)))
        unpublished = factory.Trait(published_at=None)

    @factory.post_generation
    def funders(self, create, extracted, **kwargs):
        if create and extracted:
            self.funders.set(extracted)


def _fill(proposal, create, extracted, **kwargs) -> None:
    """The rows of a complete proposal: a public, a balanced budget, an indicator, the pieces asked."""
    proposal.publics.set([TermFactory(kind="public")])
    BudgetLineFactory(proposal=proposal)
    BudgetLineFactory(proposal=proposal, asked=True)
    PlannedPublicFactory(proposal=proposal)
    ProposalIndicatorFactory(proposal=proposal)
    for kind in proposal.call.pieces:
        ProposalPieceFactory(proposal=proposal, kind=kind)


class ProposalFactory(factory.django.DjangoModelFactory):
    """Filed and under review; traits ``draft`` and ``complete`` (nothing of what the form asks is missing)."""

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    call = factory.SubFactory(CallFactory)
    asv = factory.SelfAttribute("call.asv")
    organisation = factory.SubFactory(OrganisationFactory, asv=factory.SelfAttribute("..asv"))
    created_by = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Projet {n}")
    state = ProposalState.UNDER_REVIEW
    year = factory.SelfAttribute("call.programme.year")
    number = factory.Sequence(lambda n: n + 1)
    filed_at = factory.LazyFunction(timezone.now)

    class Params:
        draft = factory.Trait(state=ProposalState.DRAFT, year=None, number=None, filed_at=None)
        complete = factory.Trait(
            frequency="first",
            theme=factory.SubFactory(TermFactory),
            goals="Bien manger avec peu.",
            description="Douze ateliers de cuisine.",
            starts_on=dt.date(2026, 3, 1),
            ends_on=dt.date(2026, 12, 18),
            human_means="Une animatrice, trois bénévoles.",
            place="Maison de quartier",
            expected_people=20,
            evaluation_method="Feuilles de présence.",
            signatory="Fatou Diarra",
            signatory_function="Présidente",
            republican_contract=True,
            sworn_statement=True,
            organisation__siret="73282932000074",
            organisation__address="3 rue du Moulin",
            organisation__legal_representative="Fatou Diarra",
            rows=factory.PostGeneration(_fill),
        )


class PlannedPublicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlannedPublic

    proposal = factory.SubFactory(ProposalFactory)
    asv = factory.SelfAttribute("proposal.asv")
    age_band = AgeBand.A26_59
    women = 12
    men = 8


class BudgetLineFactory(factory.django.DjangoModelFactory):
    """A charge; trait ``asked`` for a line 74."""

    class Meta:
        model = BudgetLine

    proposal = factory.SubFactory(ProposalFactory)
    asv = factory.SelfAttribute("proposal.asv")
    side = BudgetSide.CHARGE
    code = "601"
    amount = Decimal(1000)

    class Params:
        asked = factory.Trait(
            side=BudgetSide.PRODUCT,
            code="74etat",
            funding_state=FundingState.ASKED,
            funder=factory.SubFactory(OrganisationFactory, asv=factory.SelfAttribute("..asv"), funder=True),
        )


class ProposalIndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalIndicator

    proposal = factory.SubFactory(ProposalFactory)
    asv = factory.SelfAttribute("proposal.asv")
    name = "Personnes différentes accueillies"
    kind = IndicatorKind.PROCESS
    unit = "personnes"
    target = Decimal(40)


class ProposalPieceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalPiece

    proposal = factory.SubFactory(ProposalFactory)
    asv = factory.SelfAttribute("proposal.asv")
    kind = PieceKind.BANK_DETAILS
    file = factory.LazyFunction(lambda: ContentFile(PDF, name="rib.pdf"))
    name = "rib.pdf"
    size = len(PDF)
    added_by = factory.SelfAttribute("proposal.created_by")


class AdmissibilityCheckFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AdmissibilityCheck

    proposal = factory.SubFactory(ProposalFactory)
    asv = factory.SelfAttribute("proposal.asv")
    checked_by = factory.SubFactory(UserFactory)
    checked_on = factory.LazyFunction(timezone.localdate)
    items = factory.LazyFunction(lambda: {"eligible": "ok"})
    outcome = AdmissibilityOutcome.ADMISSIBLE


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    proposal = factory.SubFactory(ProposalFactory)
    asv = factory.SelfAttribute("proposal.asv")
    funder = factory.SubFactory(OrganisationFactory, asv=factory.SelfAttribute("..asv"), funder=True)
    outcome = DecisionOutcome.ACCEPTED
    amount = Decimal(3000)
    decided_on = factory.LazyFunction(timezone.localdate)


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Action

    proposal = factory.SubFactory(
        ProposalFactory,
        asv=factory.SelfAttribute("..asv"),
        call__asv=factory.SelfAttribute("..asv"),
        call__programme=factory.SelfAttribute("...programme"),
        organisation=factory.SelfAttribute("..organisation"),
        state=ProposalState.ACCEPTED,
    )
    programme = factory.SubFactory(ProgrammeFactory)
    asv = factory.SelfAttribute("programme.asv")
    organisation = factory.SubFactory(OrganisationFactory, asv=factory.SelfAttribute("..asv"))
    number = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Action {n}")


class AccessRequestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AccessRequest

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    asv = factory.SelfAttribute("organisation.asv")
