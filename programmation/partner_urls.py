from django.urls import path

from programmation.views import partner, partner_steps

app_name = "partner"

urlpatterns = [
    path("", partner.Home.as_view(), name="home"),
    path("dossiers/<int:pk>/", partner.ProposalPage.as_view(), name="proposal"),
    path("dossiers/<int:pk>/structure/", partner_steps.StructureStep.as_view(), name="step_structure"),
    path("dossiers/<int:pk>/projet/", partner_steps.ProjectStep.as_view(), name="step_projet"),
    path("dossiers/<int:pk>/publics/", partner_steps.PublicsStep.as_view(), name="step_publics"),
    path("dossiers/<int:pk>/budget/", partner_steps.BudgetStep.as_view(), name="step_budget"),
    path("dossiers/<int:pk>/evaluation/", partner_steps.EvaluationStep.as_view(), name="step_evaluation"),
    path("dossiers/<int:pk>/depot/", partner_steps.FilingStep.as_view(), name="step_depot"),
    path("dossiers/<int:pk>/deposer/", partner.FilePage.as_view(), name="file"),
    path("dossiers/<int:pk>/recepisse/", partner.ReceiptPage.as_view(), name="receipt"),
    path("dossiers/<int:pk>/retirer/", partner.WithdrawPage.as_view(), name="withdraw"),
    path("dossiers/<int:pk>/pieces/ajouter/", partner.PieceAdd.as_view(), name="piece_add"),
    path("dossiers/<int:pk>/pieces/reprendre/", partner.PieceReuse.as_view(), name="piece_reuse"),
    path("pieces/<int:pk>/", partner.PieceDownload.as_view(), name="piece_download"),
    path("pieces/<int:pk>/retirer/", partner.PieceRemove.as_view(), name="piece_remove"),
    path("structures/<int:pk>/", partner.TeamPage.as_view(), name="team"),
    path("acces/<int:pk>/", partner.AccessAnswer.as_view(), name="access_answer"),
]
