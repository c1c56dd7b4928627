"""The verbs of the programme."""

from programmation.services.access import (
    OrganisationKnown,
    OrganisationShelved,
    answer_request,
    declare_organisation,
    organisation_of_siret,
    request_access,
)
from programmation.services.actions import REASONED, action_of_proposal, change_action, create_action, move_action
from programmation.services.calls import change_call, create_call, publish_call, unpublish_call
from programmation.services.decisions import DecisionRefused, correct_decisions, record_decisions
from programmation.services.drafts import (
    CallNotOpen,
    NoLongerEditable,
    add_piece,
    remove_piece,
    reusable_pieces,
    reuse_pieces,
    save_step,
    save_structure,
    start_proposal,
)
from programmation.services.filing import CallClosed, ProposalIncomplete, file_proposal, withdraw_proposal
from programmation.services.programmes import (
    archive_objective,
    change_envelope,
    change_objective,
    change_programme,
    create_envelope,
    create_objective,
    create_programme,
    move_programme,
)
from programmation.services.review import OUTCOMES, CheckNotConclusive, move_proposal, record_check

__all__ = [
    "OUTCOMES",
    "REASONED",
    "CallClosed",
    "CallNotOpen",
    "CheckNotConclusive",
    "DecisionRefused",
    "NoLongerEditable",
    "OrganisationKnown",
    "OrganisationShelved",
    "ProposalIncomplete",
    "action_of_proposal",
    "add_piece",
    "answer_request",
    "archive_objective",
    "change_action",
    "change_call",
    "change_envelope",
    "change_objective",
    "change_programme",
    "correct_decisions",
    "create_action",
    "create_call",
    "create_envelope",
    "create_objective",
    "create_programme",
    "declare_organisation",
    "file_proposal",
    "move_action",
    "move_programme",
    "move_proposal",
    "organisation_of_siret",
    "publish_call",
    "record_check",
    "record_decisions",
    "remove_piece",
    "request_access",
    "reusable_pieces",
    "reuse_pieces",
    "save_step",
    "save_structure",
    "start_proposal",
    "unpublish_call",
    "withdraw_proposal",
]
