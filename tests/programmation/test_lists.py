"""Lists speak of the programme of the year; the others are one choice away."""

import datetime as dt

import pytest
from django.urls import reverse

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
