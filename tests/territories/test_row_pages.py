"""Archive, restore, history: the same three pages for every model that asks for them."""

import pytest
from django.urls import reverse

from asv_platform.territories.scoping import asv_scope, every_asv
from tests.factories.actors import OrganisationFactory
from tests.factories.diagnostics import NeedFactory
from tests.factories.programmation import ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(blanc_mesnil):
    return OrganisationFactory(asv=blanc_mesnil, name="Écoute & <b>santé</b>")


def address(row, name, asv):
    return reverse(name, kwargs={"asv": asv.slug, "pk": row.pk})


def test_archived_row_is_restored_from_the_message_that_says_so(client, alice, blanc_mesnil, organisation):
    client.force_login(alice)
    restore = address(organisation, "actors:organisation_restore", blanc_mesnil)

    page = client.post(address(organisation, "actors:organisation_archive", blanc_mesnil), follow=True).content.decode()
    told = page[page.index('class="messages"') :][:400]

    assert f'<a href="{restore}">Rétablir</a>' in told
    assert "Écoute &amp; &lt;b&gt;santé&lt;/b&gt;" in told
    assert "fiche rétablie" in client.post(restore, follow=True).content.decode()
    with asv_scope(blanc_mesnil.pk):
        organisation.refresh_from_db()
    assert organisation.archived_at is None


@pytest.mark.parametrize(
    ("app", "noun", "factory"),
    [("diagnostics", "need", NeedFactory), ("programmation", "programme", ProgrammeFactory)],
)
@pytest.mark.parametrize(("who", "statuses"), [("alice", [200] * 3), ("bob", [403, 403, 200]), ("charlie", [404] * 3)])
def test_row_pages_answer_each_reader(client, request, blanc_mesnil, app, noun, factory, who, statuses):
    with every_asv(reason="rows of the test"):
        row = factory(asv=blanc_mesnil)
    client.force_login(request.getfixturevalue(who))

    answers = [
        client.get(address(row, f"{app}:{noun}_{verb}", blanc_mesnil)) for verb in ("archive", "restore", "history")
    ]

    assert [answer.status_code for answer in answers] == statuses


def test_history_says_archived_and_restored_in_words(client, alice, blanc_mesnil, organisation):
    client.force_login(alice)
    page = f"/asv/{blanc_mesnil.slug}/reseau/{organisation.pk}/"
    for verb in ("archiver", "retablir"):
        client.post(f"{page}{verb}/")

    entries = client.get(f"{page}historique/").context["entries"]

    assert [entry.title.split()[0] for entry in entries] == ["Rétabli", "Archivé", "Créé"]
    assert not any(entry.changes for entry in entries)
