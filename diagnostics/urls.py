from django.urls import path

from diagnostics.views import chapters, diagnostics, indicators, needs, priorities, voices

app_name = "diagnostics"


def _content(prefix: str, noun: str, **pages) -> list:
    """The addresses that the needs, voices and priorities share."""
    return [
        path(f"{prefix}/", pages["list_"].as_view(), name=f"{noun}_list"),
        path(f"{prefix}/ajouter/", pages["create"].as_view(), name=f"{noun}_create"),
        path(f"{prefix}/<int:pk>/", pages["detail"].as_view(), name=f"{noun}_detail"),
        path(f"{prefix}/<int:pk>/modifier/", pages["edit"].as_view(), name=f"{noun}_edit"),
        path(f"{prefix}/<int:pk>/archiver/", pages["archive"].as_view(), name=f"{noun}_archive"),
        path(f"{prefix}/<int:pk>/retablir/", pages["restore"].as_view(), name=f"{noun}_restore"),
        path(f"{prefix}/<int:pk>/historique/", pages["history"].as_view(), name=f"{noun}_history"),
    ]


urlpatterns = [
    path("", diagnostics.DiagnosticList.as_view(), name="diagnostic_list"),
    path("nouveau/", diagnostics.DiagnosticCreate.as_view(), name="diagnostic_create"),
    path("<int:pk>/", diagnostics.DiagnosticDetail.as_view(), name="diagnostic_detail"),
    path("<int:pk>/modifier/", diagnostics.DiagnosticEdit.as_view(), name="diagnostic_edit"),
    path("<int:pk>/archiver/", diagnostics.DiagnosticArchive.as_view(), name="diagnostic_archive"),
    path("<int:pk>/retablir/", diagnostics.DiagnosticRestore.as_view(), name="diagnostic_restore"),
    path("<int:pk>/historique/", diagnostics.DiagnosticHistory.as_view(), name="diagnostic_history"),
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
        list_=needs.NeedList,
        create=needs.NeedCreate,
        detail=needs.NeedDetail,
        edit=needs.NeedEdit,
        archive=needs.NeedArchive,
        restore=needs.NeedRestore,
        history=needs.NeedHistory,
    ),
    path("besoins/<int:pk>/preuves/ajouter/", needs.EvidenceCreate.as_view(), name="evidence_create"),
    path("preuves/<int:pk>/modifier/", needs.EvidenceEdit.as_view(), name="evidence_edit"),
    path("preuves/<int:pk>/archiver/", needs.EvidenceArchive.as_view(), name="evidence_archive"),
    path("preuves/<int:pk>/historique/", needs.EvidenceHistory.as_view(), name="evidence_history"),
    *_content(
        "paroles",
        "voice",
        list_=voices.VoiceList,
        create=voices.VoiceCreate,
        detail=voices.VoiceDetail,
        edit=voices.VoiceEdit,
        archive=voices.VoiceArchive,
        restore=voices.VoiceRestore,
        history=voices.VoiceHistory,
    ),
    path("paroles/<int:pk>/rattacher/", voices.VoiceLink.as_view(), name="voice_link"),
    *_content(
        "priorites",
        "priority",
        list_=priorities.PriorityList,
        create=priorities.PriorityCreate,
        detail=priorities.PriorityDetail,
        edit=priorities.PriorityEdit,
        archive=priorities.PriorityArchive,
        restore=priorities.PriorityRestore,
        history=priorities.PriorityHistory,
    ),
]
