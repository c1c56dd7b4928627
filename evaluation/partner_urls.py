from django.urls import path

from evaluation.views import partner

app_name = "partner_evaluation"

urlpatterns = [
    path("", partner.ActionList.as_view(), name="list"),
    path("<int:pk>/", partner.ActionPage.as_view(), name="action"),
    path("<int:pk>/seances/nouvelle/", partner.SessionCreate.as_view(), name="session_create"),
    path("<int:pk>/seances/prevoir/", partner.SessionPlan.as_view(), name="session_plan"),
    path("seances/<int:pk>/", partner.SessionEdit.as_view(), name="session_edit"),
    path("seances/<int:pk>/annuler/", partner.SessionCancel.as_view(), name="session_cancel"),
    path("resultats/<int:pk>/mesurer/", partner.MeasureCreate.as_view(), name="measure_create"),
    path("engagements/<int:pk>/mesurer/", partner.PromiseMeasure.as_view(), name="measure_promise"),
    path("mesures/<int:pk>/", partner.MeasureEdit.as_view(), name="measure_edit"),
    path("bilans/<int:pk>/", partner.ReportPage.as_view(), name="report"),
    path("bilans/<int:pk>/modifier/", partner.ReportWrite.as_view(), name="report_edit"),
    path("bilans/<int:pk>/deposer/", partner.ReportFile.as_view(), name="report_file"),
]
