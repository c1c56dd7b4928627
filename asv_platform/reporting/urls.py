"""Pages of members, under ``asv/<slug:asv>/rapports/``."""

from django.urls import path

from asv_platform.reporting.enums import EditionKind
from asv_platform.reporting.views import deliveries, editions, recipients

app_name = "reporting"

prepare = editions.EditionPrepareView.as_view
file = editions.EditionFileView.as_view

urlpatterns = [
    path("", editions.EditionListView.as_view(), name="edition_list"),
    path("preparer/rapport-annuel/", prepare(kind=EditionKind.ANNUAL_REPORT), name="edition_prepare_report"),
    path("preparer/note-aux-elus/", prepare(kind=EditionKind.ELECTED_NOTE), name="edition_prepare_note"),
    path("<int:pk>/", editions.EditionDetailView.as_view(), name="edition_detail"),
    path("<int:pk>/modifier/", editions.EditionReviseView.as_view(), name="edition_revise"),
    path("<int:pk>/actualiser/", editions.EditionRefreshView.as_view(), name="edition_refresh"),
    path("<int:pk>/emettre/", editions.EditionIssueView.as_view(), name="edition_issue"),
    path("<int:pk>/retirer/", editions.EditionWithdrawView.as_view(), name="edition_withdraw"),
    path("<int:pk>/abandonner/", editions.EditionDiscardView.as_view(), name="edition_discard"),
    path("<int:pk>/historique/", editions.EditionHistoryView.as_view(), name="edition_history"),
    path("<int:pk>/apercu.pdf", file(which="preview"), name="edition_preview"),
    path("<int:pk>/edition.pdf", file(which="file"), name="edition_file"),
    path("<int:pk>/envoyer/", deliveries.EditionSendView.as_view(), name="edition_send"),
    path("envois/<int:pk>/desactiver/", deliveries.DeliveryRevokeView.as_view(), name="delivery_revoke"),
    path("envois/<int:pk>/renouveler/", deliveries.DeliveryRenewView.as_view(), name="delivery_renew"),
    path("destinataires/", recipients.RecipientListView.as_view(), name="recipient_list"),
    path("destinataires/ajouter/", recipients.RecipientCreateView.as_view(), name="recipient_create"),
    path("destinataires/<int:pk>/", recipients.RecipientEditView.as_view(), name="recipient_edit"),
    path("destinataires/<int:pk>/historique/", recipients.RecipientHistoryView.as_view(), name="recipient_history"),
    path("destinataires/<int:pk>/retirer/", recipients.RecipientArchiveView.as_view(), name="recipient_archive"),
]
