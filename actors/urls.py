from django.urls import path

from actors.views import coverage, links, organisations, people
from actors.views.base import OrganisationMixin, PersonMixin
from asv_platform.territories.pages import row_paths

app_name = "actors"

urlpatterns = [
    path("", organisations.OrganisationList.as_view(), name="organisation_list"),
    path("nouvelle/", organisations.OrganisationCreate.as_view(), name="organisation_create"),
    path("couverture/", coverage.CoveragePage.as_view(), name="coverage"),
    path("<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation_detail"),
    path("<int:pk>/modifier/", organisations.OrganisationEdit.as_view(), name="organisation_edit"),
    path("<int:pk>/confirmer/", organisations.OrganisationConfirm.as_view(), name="organisation_confirm"),
    *row_paths("", "organisation", OrganisationMixin),
    path("<int:pk>/contacts/nouveau/", people.OrganisationPersonCreate.as_view(), name="organisation_person_create"),
    path("<int:pk>/contacts/relier/", links.AffiliationCreate.as_view(), name="affiliation_create"),
    path("<int:pk>/acces/nouveau/", links.PartnerAccessCreate.as_view(), name="partner_access_create"),
    path("acces/<int:pk>/retirer/", links.PartnerAccessRevoke.as_view(), name="partner_access_revoke"),
    path("fonctions/<int:pk>/modifier/", links.AffiliationEdit.as_view(), name="affiliation_edit"),
    path("fonctions/<int:pk>/terminer/", links.AffiliationEnd.as_view(), name="affiliation_end"),
    path("personnes/", people.PersonList.as_view(), name="person_list"),
    path("personnes/nouvelle/", people.PersonCreate.as_view(), name="person_create"),
    path("personnes/<int:pk>/", people.PersonDetail.as_view(), name="person_detail"),
    path("personnes/<int:pk>/modifier/", people.PersonEdit.as_view(), name="person_edit"),
    path("personnes/<int:pk>/contact/", people.PersonContact.as_view(), name="person_contact"),
    *row_paths("personnes/", "person", PersonMixin),
    path(
        "personnes/<int:pk>/fonctions/nouvelle/",
        links.PersonAffiliationCreate.as_view(),
        name="affiliation_create_for_person",
    ),
]
