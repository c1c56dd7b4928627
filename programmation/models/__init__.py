"""The one door of the models: programmes, calls, proposals, decisions and actions, accesses."""

from programmation.models.access import AccessRequest
from programmation.models.calls import Call, IndicatorModel
from programmation.models.decisions import Action, Decision
from programmation.models.programmes import Envelope, Objective, Programme
from programmation.models.proposals import (
    AdmissibilityCheck,
    BudgetLine,
    PlannedPublic,
    Proposal,
    ProposalIndicator,
    ProposalPiece,
)

__all__ = [
    "AccessRequest",
    "Action",
    "AdmissibilityCheck",
    "BudgetLine",
    "Call",
    "Decision",
    "Envelope",
    "IndicatorModel",
    "Objective",
    "PlannedPublic",
    "Programme",
    "Proposal",
    "ProposalIndicator",
    "ProposalPiece",
]
