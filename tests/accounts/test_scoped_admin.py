"""The Django admin shows a coordinator the rows of their own ASV, and operators everything."""

import pytest

from actors.models import Organisation
from asv_platform.accounts.enums import Role
from asv_platform.territories.scoping import every_asv
from tests.factories.actors import OrganisationFactory
from tests.factories.evaluation import ActionReportFactory, MeasureFactory
from tests.factories.platform import AsvFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/actors/organisation/"


@pytest.fixture
def staff(blanc_mesnil):
    """Coordinates Le Blanc-Mesnil, and was given the admin."""
    return MembershipFactory(asv=blanc_mesnil, role=Role.COORDINATOR, user__is_staff=True).user


@pytest.fixture
def ours(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="Maison des femmes")


@pytest.fixture
def theirs():
    return OrganisationFactory(asv=AsvFactory(), name="Relais du littoral")


def test_coordinator_sees_the_rows_of_their_asv_only(client, staff, ours, theirs):
    client.force_login(staff)

    page = client.get(LIST).content.decode()

    assert "Maison des femmes" in page
    assert "Relais du littoral" not in page
    assert client.get(f"{LIST}{ours.pk}/change/").status_code == 200
    assert client.get(f"{LIST}{theirs.pk}/change/").status_code == 302  # Django's answer to an unknown row
    assert client.get(f"{LIST}{theirs.pk}/history/").status_code == 404
    assert client.get(f"{LIST}{ours.pk}/history/").status_code == 200


def test_operator_sees_every_asv(client, operator, ours, theirs):
    client.force_login(operator)

    page = client.get(LIST).content.decode()

    assert "Maison des femmes" in page
    assert "Relais du littoral" in page


def test_reader_with_the_admin_sees_nothing(client, blanc_mesnil, ours):
    client.force_login(MembershipFactory(asv=blanc_mesnil, role=Role.READER, user__is_staff=True).user)

    assert client.get(LIST).status_code == 403


def test_coordinator_never_types_the_asv_nor_the_bookkeeping(client, staff, ours):
    client.force_login(staff)

    form = client.get(f"{LIST}{ours.pk}/change/").context["adminform"].form

    assert not {"asv", "state", "version", "archived_at"} & set(form.fields)


def test_coordinator_deletes_nothing(client, staff, ours):
    client.force_login(staff)

    assert client.post(f"{LIST}{ours.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Organisation._base_manager.filter(pk=ours.pk).exists()


@pytest.mark.parametrize("name", ["actionreport", "measure"])
def test_what_was_approved_is_not_rewritten_in_the_admin(client, operator, staff, blanc_mesnil, name):
    with every_asv(reason="rows"):
        report = ActionReportFactory(action__programme__asv=blanc_mesnil, approved=True)
        rows = {"actionreport": report, "measure": MeasureFactory(indicator__action=report.action)}
    path = f"/admin/evaluation/{name}/"

    for user in (operator, staff):
        client.force_login(user)
        assert client.get(f"{path}{rows[name].pk}/change/").status_code == 200
        answer = client.post(f"{path}{rows[name].pk}/change/", {"summary": "Réécrit", "value": "999"})
        assert (answer.status_code, client.get(f"{path}add/").status_code) == (403, 403)


def test_row_saved_in_the_admin_makes_the_pages_opened_before_it_stale(client, operator, ours):
    client.force_login(operator)
    form = client.get(f"{LIST}{ours.pk}/change/").context["adminform"].form
    initial = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    sent = {name: value for name, value in initial.items() if value not in (None, "", [])} | {"acronym": "MDF"}

    saved = client.post(f"{LIST}{ours.pk}/change/", sent)

    assert saved.status_code == 302, saved.context["errors"]
    assert Organisation._base_manager.get(pk=ours.pk).version == ours.version + 1
