from django.urls import path

from asv_platform.console.views import journal, space

app_name = "console"

urlpatterns = [
    path("tableau-de-bord/", space.DashboardPage.as_view(), name="dashboard"),
    path("fil-rouge/", space.ThreadPage.as_view(), name="thread"),
    path("recherche/", space.SearchPage.as_view(), name="search"),
    path("journal/", journal.JournalPage.as_view(), name="journal"),
    path("aide/", space.HelpPage.as_view(), name="help"),
]
