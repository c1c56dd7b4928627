"""A proposal and the rows it is made of, each kind read once, when first asked for."""

from django.utils.functional import cached_property

from actors.models import Term
from asv_platform.territories.models import Neighbourhood
from programmation.models import BudgetLine, Objective, PlannedPublic, Proposal, ProposalIndicator, ProposalPiece


class Draft:
    """What a proposal holds at one moment: forms, tokens, checks and fingerprint share what was read."""

    def __init__(self, proposal: Proposal):
        self.proposal = proposal

    @cached_property
    def lines(self) -> tuple[BudgetLine, ...]:
        return tuple(self.proposal.budget_lines.select_related("funder"))

    @cached_property
    def indicators(self) -> tuple[ProposalIndicator, ...]:
        return tuple(self.proposal.indicators.all())

    @cached_property
    def pieces(self) -> tuple[ProposalPiece, ...]:
        return tuple(self.proposal.pieces.select_related("added_by"))

    @cached_property
    def planned(self) -> tuple[PlannedPublic, ...]:
        return tuple(self.proposal.planned_publics.all())

    @cached_property
    def publics(self) -> tuple[Term, ...]:
        return tuple(self.proposal.publics.all())

    @cached_property
    def neighbourhoods(self) -> tuple[Neighbourhood, ...]:
        return tuple(self.proposal.neighbourhoods.all())

    @cached_property
    def objectives(self) -> tuple[Objective, ...]:
        return tuple(self.proposal.objectives.all())

    @cached_property
    def determinants(self) -> tuple[Term, ...]:
        return tuple(self.proposal.determinants.all())
