"""Lists speak of the programme of the year; the others are one choice away."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories.actors import PersonFactory
from tests.factories.programmation import (
    ActionFactory,
    CallFactory,
    EnvelopeFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db


def page(name):
    return reverse(f"programmation:{name}", kwargs={"asv": "le-blanc-mesnil-dugny"})


YEAR_LISTS = {
    "objective_list": (ObjectiveFactory, "title"),
    "envelope_list": (EnvelopeFactory, "label"),
    "proposal_list": (ProposalFactory, "title"),
    "action_list": (ActionFactory, "title"),
}


@pytest.fixture(params=YEAR_LISTS)
def two_years(request, client, bob, programme):
    """The name of a list that holds « Ancien » for 2025, closed, and « Nouveau » for 2026."""
    factory, field = YEAR_LISTS[request.param]
    old = ProgrammeFactory(asv=programme.asv, year=2025, state="closed", voted_on=dt.date(2025, 3, 1))
    for row, text in ((old, "Ancien"), (programme, "Nouveau")):
        kwargs = {"call": CallFactory(programme=row)} if factory is ProposalFactory else {"programme": row}
        factory(**kwargs, **{field: text})
    client.force_login(bob)
    return request.param


def shown(response) -> list[str]:
    """Which of the two years the page or the export speaks of."""
    text = b"".join(response).decode()
    return [word for word in ("Ancien", "Nouveau") if word in text]


def test_list_shows_the_latest_programme_first_and_every_year_when_asked(client, programme, two_years):
    url = page(two_years)

    first = client.get(url)

    assert shown(first) == ["Nouveau"]
    assert f'<option value="{programme.pk}" selected>' in first.content.decode()
    assert f"{url}?programme=" in first.context["page"].reset_url
    assert "1\u00a0" in first.context["page"].count_label
    (_, without_it), *_ = first.context["page"].active_filters
    assert shown(client.get(f"{url}{without_it}")) == ["Ancien", "Nouveau"]
    assert shown(client.get(url, {"programme": ""})) == ["Ancien", "Nouveau"]
    for _, export in first.context["page"].exports[:1]:
        assert shown(client.get(f"{url}{export}")) == ["Nouveau"]
    assert shown(client.get(url, {"format": "csv"})) == ["Nouveau"]


@pytest.fixture
def next_year(programme):
    """The programme being prepared: nothing in it yet."""
    return ProgrammeFactory(asv=programme.asv, year=2027)


def test_list_stays_on_the_year_that_has_something(client, two_years, next_year):
    assert shown(client.get(page(two_years))) == ["Nouveau"]


def exported(client, name) -> dict[str, str]:
    """The first line of the export of a list, by header."""
    text = b"".join(client.get(page(name), {"format": "csv"}).streaming_content).decode().removeprefix("\ufeff")
    headers, row, *_ = csv.reader(io.StringIO(text), delimiter=";")
    return dict(zip(headers, row, strict=True))


def test_amounts_of_a_line_are_exported_in_one_format(client, in_asv, bob, programme):
    EnvelopeFactory(programme=programme, amount=Decimal(118_000))
    client.force_login(bob)

    row = exported(client, "envelope_list")

    assert [row[name] for name in ("Enveloppe", "Demandé", "Accordé", "Reste à attribuer")] == [
        "118000,00", "0,00", "0,00", "118000,00",
    ]  # fmt: skip


def test_export_of_objectives_carries_what_their_page_says(client, in_asv, bob, programme):
    elected = PersonFactory(asv=programme.asv, role="elected", first_name="Hélène", last_name="Marchetti")
    ObjectiveFactory(programme=programme, description="Aller au pied des tours.", elected_referent=elected)
    client.force_login(bob)

    row = exported(client, "objective_list")

    assert row["Niveau"] == "Objectif général"
    assert (row["Description"], row["Élu référent"]) == ("Aller au pied des tours.", "Hélène Marchetti")


def test_export_of_programmes_carries_the_axes(client, in_asv, bob, programme):
    programme.cls_axes, programme.city_contract_axes = "Axe 2", "Pilier cohésion"
    programme.save()
    client.force_login(bob)

    row = exported(client, "programme_list")

    assert (row["Axes du contrat local de santé"], row["Axes du contrat de ville"]) == ("Axe 2", "Pilier cohésion")


def test_export_of_calls_carries_what_they_ask(client, in_asv, bob, programme):
    call = CallFactory(programme=programme, contact="Awa, 01 45 91 70 00")
    call.objectives.add(ObjectiveFactory(programme=programme, title="Ouvrir les droits"))
    client.force_login(bob)

    row = exported(client, "call_list")

    assert (row["Texte"], row["Objectifs visés"], row["Aide au dossier"]) == (
        call.text, "Ouvrir les droits", call.contact,
    )  # fmt: skip


def test_reader_of_an_envelope_reads_its_history(client, in_asv, bob, programme):
    envelope = EnvelopeFactory(programme=programme)
    client.force_login(bob)
    address = reverse("programmation:envelope_history", kwargs={"asv": programme.asv.slug, "pk": envelope.pk})

    assert address in client.get(page("envelope_list")).text
    assert "/modifier/" not in client.get(address).text
