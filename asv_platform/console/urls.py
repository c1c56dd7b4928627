from django.urls import path

from asv_platform.console.views import operations, public

app_name = "operations"

urlpatterns = [
    path("entree/", public.entry, name="entry"),
    path("sante/", operations.live, name="live"),
    path("sante/pret/", operations.ready, name="ready"),
    path("boite-aux-lettres/", operations.mail_list, name="mail_list"),
    path("boite-aux-lettres/<slug:name>/", operations.mail_detail, name="mail_detail"),
    path("boite-aux-lettres/<slug:name>/<int:index>/", operations.mail_attachment, name="mail_attachment"),
]
