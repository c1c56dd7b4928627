"""The number of queries of a page does not depend on the number of rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actors.models import Organisation, Term
from asv_platform.territories.scoping import asv_scope
from tests.factories.actors import AffiliationFactory, OrganisationFactory, PartnerAccessFactory, PersonFactory

pytestmark = pytest.mark.django_db
NETWORK = "/asv/le-blanc-mesnil-dugny/reseau/"
MOST = 15


@pytest.fixture
def logged(client, alice):
    client.force_login(alice)
    return client


def grow(asv, count):
    """An organisation with ``count`` contacts and accesses, among ``count`` organisations and people."""
    tags = list(Term.objects.filter(kind="theme"))
    places = list(asv.neighbourhoods.all())
    commune = asv.communes.first()
    with asv_scope(asv.pk):
        while Organisation.objects.count() < count:
            OrganisationFactory(asv=asv, themes=tags, neighbourhoods=places, commune=commune)
        organisation = Organisation.objects.order_by("pk")[0]
        while organisation.affiliations.count() < count:
            AffiliationFactory(organisation=organisation, person=PersonFactory(asv=asv))
            PartnerAccessFactory(organisation=organisation)
        person = organisation.affiliations.order_by("pk")[0].person
        while person.affiliations.count() < count:
            AffiliationFactory(person=person, organisation=OrganisationFactory(asv=asv))
    return organisation.pk, person.pk


@pytest.mark.parametrize(
    "path",
    ["", "?format=csv", "?theme=acces-aux-soins&q=association", "{organisation}/", "{organisation}/historique/",
     "{organisation}/modifier/", "personnes/", "personnes/?format=csv", "personnes/{person}/", "couverture/"],
)  # fmt: skip
def test_queries_are_flat(logged, blanc_mesnil, path):
    counts = []
    for rows in (1, 3, 30):
        organisation, person = grow(blanc_mesnil, rows)
        url = NETWORK + path.format(organisation=organisation, person=person)
        logged.get(url)
        with CaptureQueriesContext(connection) as queries:
            response = logged.get(url)
            if response.streaming:
                b"".join(response.streaming_content)
        assert response.status_code == 200
        counts.append(len(queries))

    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST
