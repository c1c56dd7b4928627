from django.urls import path

from asv_platform.common import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("accessibilite/", pages.accessibility, name="accessibility"),
    path("mentions-legales/", pages.legal, name="legal"),
    path("donnees-personnelles/", pages.privacy, name="privacy"),
    path("glossaire/", pages.glossary, name="glossary"),
    path("styleguide/", pages.styleguide, name="styleguide"),
]
