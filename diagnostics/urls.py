from django.urls import path

from asv_platform.territories.pages import row_paths
from diagnostics.views import chapters, diagnostics, indicators, needs, priorities, voices

app_name = "diagnostics"


def _content(prefix: str, noun: str, **pages) -> list:
    """The addresses that the needs, voices and priorities share."""
    return [
        path(f"{prefix}/", pages["list_"].as_view(), name=f"{noun}_list"),
        path(f"{prefix}/ajouter/", pages["create"].as_view(), name=f"{noun}_create"),
        path(f"{prefix}/<int:pk>/", pages["detail"].as_view(), name=f"{noun}_detail"),
        path(f"{prefix}/<int:pk>/modifier/", pages["edit"].as_view(), name=f"{noun}_edit"),
        *row_paths(f"{prefix}/", noun, pages["mixin"]),
    ]


urlpatterns = [
    path("", diagnostics.DiagnosticList.as_view(), name="diagnostic_list"),
    path("nouveau/", diagnostics.DiagnosticCreate.as_view(), name="diagnostic_create"),
    path("<int:pk>/", diagnostics.DiagnosticDetail.as_view(), name="diagnostic_detail"),
    path("<int:pk>/modifier/", diagnostics.DiagnosticEdit.as_view(), name="diagnostic_edit"),
    *row_paths("", "diagnostic", diagnostics.DiagnosticMixin),
    path("<int:pk>/comparer/", diagnostics.DiagnosticCompare.as_view(), name="diagnostic_compare"),
    path("<int:pk>/concertation/", diagnostics.DiagnosticConsult.as_view(), name="diagnostic_consult"),
    path("<int:pk>/preparation/", diagnostics.DiagnosticPrepare.as_view(), name="diagnostic_prepare"),
    path("<int:pk>/valider/", diagnostics.DiagnosticValidate.as_view(), name="diagnostic_validate"),
    path("<int:pk>/rouvrir/", diagnostics.DiagnosticReopen.as_view(), name="diagnostic_reopen"),
    path("<int:pk>/clore/", diagnostics.DiagnosticClose.as_view(), name="diagnostic_close"),
    path("chapitres/<int:pk>/", chapters.ChapterDetail.as_view(), name="chapter_detail"),
    path("chapitres/<int:pk>/ecrire/", chapters.ChapterEdit.as_view(), name="chapter_edit"),
    path("chapitres/<int:pk>/historique/", chapters.ChapterHistory.as_view(), name="chapter_history"),
    path("indicateurs/", indicators.IndicatorList.as_view(), name="indicator_list"),
    path("indicateurs/<slug:code>/", indicators.IndicatorDetail.as_view(), name="indicator_detail"),
    *_content(
        "besoins",
        "need",
        mixin=needs.NeedMixin,
        list_=needs.NeedList,
        create=needs.NeedCreate,
        detail=needs.NeedDetail,
        edit=needs.NeedEdit,
    ),
    path("besoins/<int:pk>/preuves/ajouter/", needs.EvidenceCreate.as_view(), name="evidence_create"),
    path("preuves/<int:pk>/modifier/", needs.EvidenceEdit.as_view(), name="evidence_edit"),
    *row_paths("preuves/", "evidence", needs.EvidenceMixin),
    *_content(
        "paroles",
        "voice",
        mixin=voices.VoiceMixin,
        list_=voices.VoiceList,
        create=voices.VoiceCreate,
        detail=voices.VoiceDetail,
        edit=voices.VoiceEdit,
    ),
    path("paroles/<int:pk>/rattacher/", voices.VoiceLink.as_view(), name="voice_link"),
    *_content(
        "priorites",
        "priority",
        mixin=priorities.PriorityMixin,
        list_=priorities.PriorityList,
        create=priorities.PriorityCreate,
        detail=priorities.PriorityDetail,
        edit=priorities.PriorityEdit,
    ),
]
