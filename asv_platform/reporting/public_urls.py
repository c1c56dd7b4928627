"""Pages of readers, under ``lecture/``: they have a link, no account."""

from django.urls import path

from asv_platform.reporting.views import reading

app_name = "reading"

urlpatterns = [
    path("<str:token>/", reading.read, name="read"),
    path("<str:token>/pdf/", reading.pdf, name="pdf"),
]
