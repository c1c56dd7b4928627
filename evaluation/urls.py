from django.urls import path

from asv_platform.territories.pages import row_paths
from evaluation.views import actions, overview, reports, results, sessions

app_name = "evaluation"


urlpatterns = [
    path("", overview.Overview.as_view(), name="overview"),
    path("actions/<int:pk>/", overview.ActionFollowUp.as_view(), name="action"),
    path("actions/<int:pk>/annuler/", actions.ActionCancel.as_view(), name="action_cancel"),
    path("actions/<int:pk>/seances/nouvelle/", sessions.SessionCreate.as_view(), name="session_create"),
    path("actions/<int:pk>/seances/prevoir/", sessions.SessionPlan.as_view(), name="session_plan"),
    path("actions/<int:pk>/indicateurs/nouveau/", results.IndicatorCreate.as_view(), name="indicator_create"),
    path("actions/<int:pk>/bilans/demander/", reports.ReportAskOne.as_view(), name="report_ask_one"),
    path("seances/", sessions.SessionList.as_view(), name="session_list"),
    path("seances/<int:pk>/", sessions.SessionDetail.as_view(), name="session_detail"),
    path("seances/<int:pk>/modifier/", sessions.SessionEdit.as_view(), name="session_edit"),
    path("seances/<int:pk>/annuler/", sessions.SessionCancel.as_view(), name="session_cancel"),
    *row_paths("seances/", "session", sessions.SessionMixin),
    path("resultats/", results.IndicatorList.as_view(), name="indicator_list"),
    path("resultats/<int:pk>/", results.IndicatorDetail.as_view(), name="indicator_detail"),
    path("resultats/<int:pk>/modifier/", results.IndicatorEdit.as_view(), name="indicator_edit"),
    path("resultats/<int:pk>/mesures/nouvelle/", results.MeasureCreate.as_view(), name="measure_create"),
    path("engagements/<int:pk>/mesures/nouvelle/", results.PromiseMeasure.as_view(), name="measure_promise"),
    *row_paths("resultats/", "indicator", results.IndicatorMixin),
    path("mesures/<int:pk>/modifier/", results.MeasureEdit.as_view(), name="measure_edit"),
    path("mesures/<int:pk>/valider/", results.MeasureApprove.as_view(), name="measure_approve"),
    *row_paths("mesures/", "measure", results.MeasureMixin),
    path("bilans/", reports.ReportList.as_view(), name="report_list"),
    path("bilans/demander/", reports.ReportAsk.as_view(), name="report_ask"),
    path("bilans/<int:pk>/", reports.ReportDetail.as_view(), name="report_detail"),
    path("bilans/<int:pk>/modifier/", reports.ReportEdit.as_view(), name="report_edit"),
    path("bilans/<int:pk>/deposer/", reports.ReportFile.as_view(), name="report_file"),
    path("bilans/<int:pk>/relancer/", reports.ReportRemind.as_view(), name="report_remind"),
    path("bilans/<int:pk>/approuver/", reports.ReportApprove.as_view(), name="report_approve"),
    path("bilans/<int:pk>/corriger/", reports.ReportReturn.as_view(), name="report_return"),
    *row_paths("bilans/", "report", reports.ReportMixin),
]
