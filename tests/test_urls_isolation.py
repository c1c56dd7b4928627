"""Nobody reaches the rows of an ASV that is not theirs, by any address of the site.

Every address is discovered from the resolver, so a new page is covered the day it is written. One row of each model of
an ASV is created (through its factory, with the primary key ROW), its texts and files carry the sentinel of its model,
and each stranger asks for every page: never a sentinel in a body, never a page of the ASV that answers, never a row
that is written, and nothing that tells an ASV with rows from one without.
"""

import re
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.models import Model

from actors.models import Organisation
from asv_platform.accounts.enums import Role
from asv_platform.territories.scoping import every_asv
from diagnostics.models import Priority
from programmation.models import Call, Objective
from tests.factories.actors import PartnerAccessFactory
from tests.factories.diagnostics import IndicatorFactory
from tests.factories.platform import AsvFactory, MembershipFactory
from tests.harness.samples import (
    ROW,
    SENTINEL,
    factories_by_model,
    is_owned,
    models_of_an_asv,
    owned_models,
    populate,
    sentinel_of,
)
from tests.harness.urls import Address, addresses, ask, paths_of, values_of

# What an ASV publishes: the models whose texts everybody may read on each of these pages.
PAGES_THAT_PUBLISH: dict[str, set[type[Model]]] = {
    "public:page": {Call, Priority},
    "calls:list": {Call},
    "calls:call": {Call, Objective, Organisation},  # the organisations that bring the money
    "calls:blank_form": {Call},
    "calls:start": {Call},
    "calls:organisation": {Call},
    "calls:declare": {Call},
}
# The door of partners: whoever is logged in may propose something to a public ASV.
DOORS = {"calls:start", "calls:organisation", "calls:declare", "calls:join"}
# Pages that no coordinator can open with one row of each kind: each has its reason.
NOT_OPENED_BY_THE_SAMPLES = {
    "calls:join",  # needs the SIRET of a structure that is already known, given in the query
    "accounts:logo",  # this ASV has none: tests/accounts/test_settings.py gives it one
}
CLOSED = {302, 404, 405}
EXPORTS = ["csv", "xlsx"]
STRANGERS = [
    "nobody",
    "coordinator of another ASV",
    "reader of another ASV",
    "reviewer of another ASV",
    "partner of another ASV",
    "partner of another organisation",
    "coordinator with the admin",
]
# A reader and a reviewer have nowhere to write that a coordinator has not.
READ_ONLY = {"reader of another ASV", "reviewer of another ASV"}
WALKS = [(who, method) for who in STRANGERS for method in ("get", "post") if method == "get" or who not in READ_ONLY]
WRITES = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
# What changes at every request: tokens of forms, keys against double sending, hour and reference of an error.
ONE_USE = re.compile(
    rb'name="(?:csrfmiddlewaretoken|_key)" value="[^"]*"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|nonce-\w+'
    rb"|\d+[^<]{1,4}h[^<]{1,4}\d\d, et la r|P-\d{3}-\w{4}"
)


@pytest.fixture
def samples(blanc_mesnil):
    """One row of every model that Le Blanc-Mesnil can have."""
    return populate(blanc_mesnil)


@pytest.fixture
def partner(samples):
    """Files proposals for the organisation of the samples."""
    return PartnerAccessFactory(organisation=samples[Organisation]).user


@pytest.fixture
def strangers(charlie, blanc_mesnil):
    """Those who have nothing to do with the samples of Le Blanc-Mesnil."""
    other = charlie.memberships.get().asv
    members = [MembershipFactory(asv=other, role=role).user for role in (Role.READER, Role.REVIEWER)]
    partners = [PartnerAccessFactory(organisation__asv=asv).user for asv in (other, blanc_mesnil)]
    staff = MembershipFactory(asv=other, user__is_staff=True).user
    return dict(zip(STRANGERS, [None, charlie, *members, *partners, staff], strict=True))


@contextmanager
def written_tables():
    """The tables of owned models that the block writes, even when it takes everything back."""
    ours, written = {model._meta.db_table for model in owned_models()}, set()

    def watch(execute, sql, params, many, context):
        if (found := WRITES.match(sql)) and found[1] in ours:
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield written


def test_every_model_of_an_asv_has_a_factory():
    without = [model._meta.label for model in models_of_an_asv() if model not in factories_by_model()]

    assert without == [], "write them in tests/factories/<app>.py"


@pytest.mark.django_db
def test_every_address_can_be_asked_for(samples):
    unknown = {
        f"{address.name}: {kwarg}"
        for address in addresses()
        for kwarg in address.kwargs
        if not values_of(kwarg, samples)
    }
    without_path = {address.name or address.route for address in addresses() if not paths_of(address, samples)}

    assert unknown == set(), "complete KWARG_VALUES in tests/harness/urls.py"
    assert without_path == set()


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("who", "method"), WALKS)
def test_stranger_reaches_no_row(client, samples, strangers, who, method):
    client.raise_request_exception = False
    if strangers[who] is not None:
        client.force_login(strangers[who])

    leaks = [leak for address in addresses() for leak in leaks_of(client, address, samples, method)]

    assert not leaks, "\n" + "\n".join(leaks)


def leaks_of(client, address: Address, samples, method: str):
    """What a stranger should not have been answered by this address."""
    open_to_all = address.is_public or address.name in DOORS
    for path in paths_of(address, samples):
        with written_tables() as written, ask(client, method, path) as answer:
            where = f"{method} {path} ({address.name})"
            if answer.status >= 500:
                yield f"{where}: error {answer.status}"
            if shown := shown_rows(address, answer.body):
                yield f"{where}: shows {shown}"
            if address.is_of_an_asv and not open_to_all and answer.status not in CLOSED:
                yield f"{where}: answers {answer.status}"
            if written:
                yield f"{where}: writes {sorted(written)}"


def shown_rows(address: Address, body: bytes) -> set[str]:
    """The sentinels of a body, but for those that this page publishes."""
    published = {sentinel_of(model) for model in PAGES_THAT_PUBLISH.get(address.name, ())}
    return set(re.findall(rf"{SENTINEL}\w*", body.decode(errors="replace"))) - published


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("who", ["nobody", "coordinator of another ASV", "partner of another organisation"])
def test_stranger_gets_no_export_of_an_asv(client, samples, strangers, who):
    client.raise_request_exception = False
    if strangers[who] is not None:
        client.force_login(strangers[who])
    private = [one for one in addresses() if one.is_of_an_asv and not one.is_public and one.name not in DOORS]

    answered = {
        (path, answer.status)
        for address in private
        for path in paths_of(address, samples)[:1]
        for kind in EXPORTS
        for answer in [got(client, path, {"format": kind, "q": SENTINEL})]
        if answer.status not in CLOSED or SENTINEL.encode() in answer.body
    }

    assert answered == set()


def got(client, path: str, data: dict | None = None):
    with ask(client, "get", path, data) as answer:
        return answer


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("who", ["partner of another organisation", "coordinator with the admin"])
def test_own_pages_do_not_change_with_the_rows_of_others(client, strangers, blanc_mesnil, who):
    """No count, no choice of a form, no result of a search, no export tells that others have rows."""
    client.force_login(strangers[who])
    own = strangers["coordinator of another ASV"].memberships.get().asv
    IndicatorFactory()  # published figures are the same for all
    before = answers_of(client, own)

    with every_asv(reason="the rows of others"):
        populate(blanc_mesnil)

    after = answers_of(client, own)
    assert [path for path in before if after[path] != before[path]] == []
    assert sum(status == 200 for status, _ in before.values()) > 10


def answers_of(client, asv) -> dict[str, tuple[int, bytes]]:
    """Every page of an ASV and every page without argument; the workbooks differ by the moment they are made."""
    answers = {}
    for address in addresses():
        if not address.name or address.args or set(address.kwargs) - {"asv"} or is_published(address):
            continue
        (path,) = {one.replace("le-blanc-mesnil-dugny", asv.slug) for one in paths_of(address, {})[:1]}
        for query in ({}, {"q": SENTINEL, "format": "csv"}):
            answer = got(client, path, query)
            answers[f"{path}?{query}"] = answer.status, ONE_USE.sub(b"", answer.body)
    return answers


def is_published(address: Address) -> bool:
    """Pages that show more than rows: what an ASV publishes, the mailbox of development, a secret drawn each time."""
    return address.name in PAGES_THAT_PUBLISH or address.name.startswith(("operations:", "mfa_"))


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_pages_of_an_asv_do_not_say_that_it_exists(client, samples, charlie):
    """A stranger is answered the same thing about an ASV with rows and about one that was never created."""
    client.force_login(charlie)
    AsvFactory(slug="autre", is_public=False)
    private = [one for one in addresses() if one.is_of_an_asv and not one.is_public and one.name not in DOORS]

    told = set()
    for address in private:
        path = paths_of(address, samples)[0]
        known, unknown = got(client, path), got(client, path.replace("le-blanc-mesnil-dugny", "inconnu"))
        if (known.status, ONE_USE.sub(b"", known.body)) != (unknown.status, ONE_USE.sub(b"", unknown.body)):
            told.add(path)

    assert told == set()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_reviewer_reads_neither_the_network_nor_the_settings(client, samples, blanc_mesnil):
    client.force_login(MembershipFactory(asv=blanc_mesnil, role=Role.REVIEWER).user)
    client.raise_request_exception = False
    closed = [one for one in addresses() if one.is_of_an_asv and one.name.startswith("actors:")]

    opened = {
        address.name for address in closed for path in paths_of(address, samples) if got(client, path).status == 200
    }

    assert opened == set()


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_coordinator_opens_every_page_of_the_asv(client, samples, alice):
    """The proof that the tests above ask for pages that exist."""
    client.force_login(alice)
    client.raise_request_exception = False

    closed = {
        address.name
        for address in addresses()
        if address.is_of_an_asv and not any(opens(client, path) for path in paths_of(address, samples))
    }

    assert closed == NOT_OPENED_BY_THE_SAMPLES


def opens(client, path: str) -> bool:
    with ask(client, "get", path) as answer:
        return answer.status not in {404, 500}


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_partner_opens_the_pages_of_their_files(client, samples, partner):
    """The same proof for the pages of partners, that have no ASV in their address."""
    client.force_login(partner)
    client.raise_request_exception = False
    theirs = [one for one in addresses() if one.name.startswith(("partner:", "partner_evaluation:"))]

    shown = {one.name for one in theirs if any(opens(client, path) for path in paths_of(one, samples))}

    assert {one.name for one in theirs} - shown == set()


@pytest.mark.django_db
def test_samples_carry_the_sentinel(samples):
    """Without it, the search of a sentinel in the bodies would prove nothing."""
    texts = [str(vars(row)) for model, row in samples.items() if is_owned(model)]

    assert len(texts) == len(owned_models())
    assert sum(SENTINEL in text for text in texts) >= len(texts) // 2
    assert all(row.pk == ROW for row in samples.values())
