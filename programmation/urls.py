from django.urls import path

from asv_platform.territories.pages import row_paths
from programmation.enums import ActionTransition, ProgrammeTransition, ProposalTransition
from programmation.views import access, actions, calls, envelopes, objectives, programmes, proposals

app_name = "programmation"

PROGRAMME_MOVES = {
    "ouvrir": ProgrammeTransition.OPEN,
    "arbitrer": ProgrammeTransition.ARBITRATE,
    "rouvrir": ProgrammeTransition.REOPEN,
    "demarrer": ProgrammeTransition.RUN,
    "clore": ProgrammeTransition.CLOSE,
}
PROPOSAL_MOVES = {
    "verifier": ProposalTransition.CHECK,
    "deliberer": ProposalTransition.DELIBERATE,
    "reprendre": ProposalTransition.RETURN,
}
ACTION_MOVES = {
    "demarrer": ActionTransition.START,
    "bloquer": ActionTransition.BLOCK,
    "reprendre": ActionTransition.RESUME,
    "terminer": ActionTransition.FINISH,
}


def _moves(prefix: str, name: str, view, moves: dict) -> list:
    return [
        path(f"{prefix}<int:pk>/{word}/", view.as_view(transition=move), name=f"{name}_{move.value}")
        for word, move in moves.items()
    ]


urlpatterns = [
    path("", programmes.ProgrammeList.as_view(), name="programme_list"),
    path("nouveau/", programmes.ProgrammeCreate.as_view(), name="programme_create"),
    path("<int:pk>/", programmes.ProgrammeDetail.as_view(), name="programme_detail"),
    path("<int:pk>/modifier/", programmes.ProgrammeEdit.as_view(), name="programme_edit"),
    path("<int:pk>/voter/", programmes.ProgrammeVote.as_view(), name="programme_vote"),
    *_moves("", "programme", programmes.ProgrammeMove, PROGRAMME_MOVES),
    *row_paths("", "programme", programmes.ProgrammeMixin),
    path("objectifs/", objectives.ObjectiveList.as_view(), name="objective_list"),
    path("objectifs/nouveau/", objectives.ObjectiveCreate.as_view(), name="objective_create"),
    path("objectifs/<int:pk>/", objectives.ObjectiveDetail.as_view(), name="objective_detail"),
    path("objectifs/<int:pk>/modifier/", objectives.ObjectiveEdit.as_view(), name="objective_edit"),
    *row_paths("objectifs/", "objective", objectives.ObjectiveMixin),
    path("enveloppes/", envelopes.EnvelopeList.as_view(), name="envelope_list"),
    path("enveloppes/nouvelle/", envelopes.EnvelopeCreate.as_view(), name="envelope_create"),
    path("enveloppes/<int:pk>/modifier/", envelopes.EnvelopeEdit.as_view(), name="envelope_edit"),
    *row_paths("enveloppes/", "envelope", envelopes.EnvelopeMixin),
    path("appels/", calls.CallList.as_view(), name="call_list"),
    path("appels/nouveau/", calls.CallCreate.as_view(), name="call_create"),
    path("appels/<int:pk>/", calls.CallDetail.as_view(), name="call_detail"),
    path("appels/<int:pk>/modifier/", calls.CallEdit.as_view(), name="call_edit"),
    path("appels/<int:pk>/dates/", calls.CallDates.as_view(), name="call_dates"),
    path("appels/<int:pk>/publier/", calls.CallPublish.as_view(), name="call_publish"),
    path("appels/<int:pk>/retirer/", calls.CallUnpublish.as_view(), name="call_unpublish"),
    *row_paths("appels/", "call", calls.CallMixin),
    path("propositions/", proposals.ProposalList.as_view(), name="proposal_list"),
    path("propositions/<int:pk>/", proposals.ProposalDetail.as_view(), name="proposal_detail"),
    path("propositions/<int:pk>/budget/", proposals.ProposalBudget.as_view(), name="proposal_budget"),
    path("propositions/<int:pk>/pieces/", proposals.ProposalPieces.as_view(), name="proposal_pieces"),
    path("propositions/<int:pk>/historique/", proposals.ProposalHistory.as_view(), name="proposal_history"),
    path("propositions/<int:pk>/recevabilite/", proposals.ProposalCheck.as_view(), name="proposal_check"),
    path("propositions/<int:pk>/decider/", proposals.ProposalDecide.as_view(), name="proposal_decide"),
    path("propositions/<int:pk>/retirer/", proposals.ProposalWithdraw.as_view(), name="proposal_withdraw"),
    path("propositions/pieces/<int:pk>/", proposals.PieceDownload.as_view(), name="piece_download"),
    *_moves("propositions/", "proposal", proposals.ProposalMove, PROPOSAL_MOVES),
    path("actions/", actions.ActionList.as_view(), name="action_list"),
    path("actions/nouvelle/", actions.ActionCreate.as_view(), name="action_create"),
    path("actions/<int:pk>/", actions.ActionDetail.as_view(), name="action_detail"),
    path("actions/<int:pk>/modifier/", actions.ActionEdit.as_view(), name="action_edit"),
    *_moves("actions/", "action", actions.ActionMove, ACTION_MOVES),
    *row_paths("actions/", "action", actions.ActionMixin),
    path("acces/", access.AccessRequestList.as_view(), name="access_list"),
    path("acces/<int:pk>/", access.AccessAnswer.as_view(), name="access_answer"),
]
