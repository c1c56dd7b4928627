"""No page costs more queries because there are more rows: lists, details, forms, dashboard, exports.

The pages are discovered from the resolver. Each is asked for with 1, 3 and 30 rows of every model, children of the
same parents: a query for each row would show.
"""

from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from actors.models import Organisation
from asv_platform.territories.scoping import every_asv
from diagnostics.models import Diagnostic, Need, Priority
from programmation.models import Programme
from tests.factories.actors import PartnerAccessFactory
from tests.harness.samples import add_rows, factories_by_model, populate
from tests.harness.urls import Address, addresses, ask, paths_of

MOST_FOR_A_PAGE = 15
# These pages read more than the others do, and no more as rows come.
MOST_FOR = {
    # They read every app of the platform.
    "console:dashboard": 25,
    "console:thread": 25,
    # A file has ten tables of its own; its page adds the grants of the year and the whole thread.
    "programmation:proposal_detail": 17,
    # It reads the whole file again, to compare it with its fingerprint.
    "programmation:proposal_pieces": 16,
}
PARTNER_SPACES = ("partner:", "partner_evaluation:")
SIZES = (1, 3, 30)
EXPORT = {"format": "csv"}
FEWEST_PAGES = 150

Costs = dict[str, int]


@pytest.fixture
def samples(blanc_mesnil, settings):
    """One row of every model that Le Blanc-Mesnil can have."""
    settings.SIMPLE_HISTORY_ENABLED = False  # half the time of the test, and no page counts the past of others
    rows = populate(blanc_mesnil)
    # What pages compare the year with, and what the thread lacks: shown at every size, not from the second row on.
    for model in (Programme, Diagnostic):
        factories_by_model()[model].create(asv=blanc_mesnil, year=rows[model].year - 1)
    for model in (Need, Priority):
        factories_by_model()[model].create(asv=blanc_mesnil, diagnostic=rows[Diagnostic])
    return rows


@pytest.fixture
def partner(samples):
    """Files proposals for the organisation of the samples."""
    return PartnerAccessFactory(organisation=samples[Organisation]).user


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_pages_cost_the_same_few_queries_for_1_3_and_30_rows(client, samples, blanc_mesnil, alice, partner):
    readers = {
        alice: [one for one in addresses() if one.is_of_an_asv],
        partner: [one for one in addresses() if one.name.startswith(PARTNER_SPACES)],
    }
    ContentType.objects.get_for_models(*samples)  # read once a process

    found, rows = [], 1
    for size in SIZES:
        with every_asv(reason="more rows"):
            add_rows(blanc_mesnil, samples, size - rows)
        rows = size
        found.append(costs_for(client, readers, samples))

    assert len(found[0]) > FEWEST_PAGES, "the walk is broken"
    assert growing(found) == {}
    assert {page: cost for page, cost in found[-1].items() if cost > most_for(page)} == {}


def costs_for(client, readers: dict, samples) -> Costs:
    """The queries of each page that opens for its reader."""
    costs: Costs = {}
    for user, pages in readers.items():
        client.force_login(user)
        for address in pages:
            costs |= costs_of(client, address, samples)
    return costs


def costs_of(client, address: Address, samples) -> Costs:
    """The queries of a page, and of its export when it has one."""
    costs = {}
    for path in paths_of(address, samples)[:1]:
        for query in [{}, EXPORT] if has_export(address) else [{}]:
            with queries() as asked, ask(client, "get", path, query) as answer:
                pass
            if answer.status == 200:
                costs[f"{address.name} {path}{' csv' if query else ''}"] = len(asked)
    return costs


def has_export(address: Address) -> bool:
    """Whether the page may be a list or a table: those give their rows as a file."""
    return address.kwargs == ("asv",)


@contextmanager
def queries():
    """The statements of the block; savepoints read and write nothing."""
    asked: list[str] = []

    def note(execute, sql, params, many, context):
        if "SAVEPOINT" not in sql:
            asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield asked


def growing(found: list[Costs]) -> dict[str, list[int | None]]:
    """The pages whose cost is not the same at every size."""
    counts = {page: [costs.get(page) for costs in found] for page in found[0]}
    return {page: row for page, row in counts.items() if len(set(row)) > 1}


def most_for(page: str) -> int:
    return MOST_FOR.get(page.split()[0], MOST_FOR_A_PAGE)
