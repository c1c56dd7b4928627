"""No form and no filter of the site offers two choices that read the same.

What an ASV writes comes back each year under the same title: here, two editions repeat each other's titles.
"""

from collections import Counter
from collections.abc import Iterator

import pytest

from actors.models import Organisation
from diagnostics.models import Diagnostic, Need, Priority
from programmation.models import Action, Call, Objective, Programme
from tests.factories.actors import PartnerAccessFactory
from tests.harness.forms import Field, forms_of
from tests.harness.samples import factories_by_model, populate
from tests.harness.urls import Address, addresses, ask, paths_of

FEWEST_LISTS = {"coordinator": 90, "partner": 12}


@pytest.fixture
def samples(blanc_mesnil):
    """One row of every model, then the programme and the diagnostic of the year before, under the same titles."""
    rows = populate(blanc_mesnil)
    before = {model: _repeat(rows[model], year=rows[model].year - 1) for model in (Programme, Diagnostic)}
    for model in (Action, Call, Objective):
        _repeat(rows[model], programme=before[Programme])
    for model in (Need, Priority):
        _repeat(rows[model], diagnostic=before[Diagnostic])
    return rows


def _repeat(row, **fields):
    name = "statement" if isinstance(row, Need) else "title"
    return factories_by_model()[type(row)].create(asv=row.asv, **{name: getattr(row, name)}, **fields)


@pytest.fixture
def people(samples, alice, blanc_mesnil):
    return {
        "coordinator": alice,
        "partner": PartnerAccessFactory(organisation=samples[Organisation], asv=blanc_mesnil).user,
    }


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("who", FEWEST_LISTS)
def test_choices_of_a_list_can_be_told_apart(client, samples, people, who):
    client.force_login(people[who])

    walked = [one for one in addresses() if one.is_of_an_asv or one.name.startswith("partner")]
    found = {mark: control for address in walked for mark, control in lists_of(client, address, samples)}
    alike = {mark: same for mark, control in found.items() if (same := _repeated(control.labels))}

    assert len(found) >= FEWEST_LISTS[who], "the walk is broken"
    assert alike == {}


def lists_of(client, address: Address, samples) -> Iterator[tuple[str, Field]]:
    """The lists of choices of a page, each under the name of the page and of the field."""
    for path in paths_of(address, samples)[:1]:
        with ask(client, "get", path) as answer:
            page = answer.body.decode(errors="replace") if answer.status == 200 else ""
        for form in forms_of(page) if "<form" in page else []:
            yield from ((f"{address.name} {control.name}", control) for control in form.fields if control.labels)


def _repeated(labels: list[str]) -> list[str]:
    return [label for label, count in Counter(" ".join(label.split()) for label in labels).items() if count > 1]
