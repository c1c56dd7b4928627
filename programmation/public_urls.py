from django.urls import path

from programmation.views import public, start
from programmation.views.start import partner_door

app_name = "calls"

urlpatterns = [
    path("", public.call_list, name="list"),
    path("<int:number>/", public.call_page, name="call"),
    path("<int:number>/formulaire/", public.call_blank_form, name="blank_form"),
    path("<int:number>/commencer/", partner_door(start.StartPage.as_view()), name="start"),
    path("<int:number>/structure/", partner_door(start.OrganisationPage.as_view()), name="organisation"),
    path("<int:number>/structure/nouvelle/", partner_door(start.DeclarePage.as_view()), name="declare"),
    path("<int:number>/structure/rejoindre/", partner_door(start.JoinPage.as_view()), name="join"),
]
