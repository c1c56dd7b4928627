"""Nobody reaches the rows of an ASV that is not theirs, by any address of the site.

Every address is discovered from the resolver, so a new page is covered the day it is written. One row of each model of
an ASV is created (through its factory, with the primary key ROW), its texts carry a SENTINEL, and each stranger asks
for every page: never a sentinel in a body, never a page of the ASV that answers, never a row that changes.
"""

import pytest

from asv_platform.accounts.enums import Role
from tests.factories.actors import PartnerAccessFactory
from tests.factories.platform import MembershipFactory
from tests.harness.samples import (
    SENTINEL,
    factories_by_model,
    is_owned,
    models_of_an_asv,
    owned_models,
    populate,
    state_of_the_rows,
)
from tests.harness.urls import Address, addresses, ask, paths_of, values_of

# Public pages that show what an ASV chose to publish.
PAGES_THAT_PUBLISH: set[str] = set()
# Pages that no coordinator can open with one row of each kind: each has its reason.
NOT_OPENED_BY_THE_SAMPLES: set[str] = set()
CLOSED = {302, 404, 405}
STRANGERS = [
    "nobody",
    "coordinator of another ASV",
    "reader of another ASV",
    "reviewer of another ASV",
    "partner of another ASV",
    "coordinator with the admin",
]


@pytest.fixture
def samples(blanc_mesnil):
    """One row of every model that Le Blanc-Mesnil can have."""
    return populate(blanc_mesnil)


@pytest.fixture
def strangers(charlie):
    """Those who have nothing to do with Le Blanc-Mesnil."""
    other = charlie.memberships.get().asv
    members = [MembershipFactory(asv=other, role=role).user for role in (Role.READER, Role.REVIEWER)]
    staff = MembershipFactory(asv=other, user__is_staff=True).user
    return dict(zip(STRANGERS, [None, charlie, *members, partner_of(other), staff], strict=True))


def partner_of(asv):
    """A user who files proposals in ``asv``."""
    return PartnerAccessFactory(organisation__asv=asv).user


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


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", STRANGERS)
def test_stranger_reaches_no_row(client, samples, strangers, who, method):
    client.raise_request_exception = False
    if strangers[who] is not None:
        client.force_login(strangers[who])
    before = state_of_the_rows()

    leaks = [leak for address in addresses() for leak in leaks_of(client, address, samples, method, before)]

    assert not leaks, "\n" + "\n".join(leaks)


def leaks_of(client, address: Address, samples, method: str, before):
    """What a stranger should not have been answered by this address."""
    for path in paths_of(address, samples):
        with ask(client, method, path) as answer:
            where = f"{method} {path} ({address.name})"
            if answer.status >= 500:
                yield f"{where}: error {answer.status}"
            if SENTINEL.encode() in answer.body and address.name not in PAGES_THAT_PUBLISH:
                yield f"{where}: shows a row"
            if address.is_of_an_asv and not address.is_public and answer.status not in CLOSED:
                yield f"{where}: answers {answer.status}"
            if method == "post" and answer.status < 500 and state_of_the_rows() != before:
                yield f"{where}: changes a row"


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_coordinator_opens_every_page_of_the_asv(client, samples, alice):
    """The proof that the test above asks for pages that exist."""
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
def test_samples_carry_the_sentinel(samples):
    """Without it, the search of a sentinel in the bodies would prove nothing."""
    texts = [str(vars(row)) for model, row in samples.items() if is_owned(model)]

    assert len(texts) == len(owned_models())
    assert sum(SENTINEL in text for text in texts) >= len(texts) // 2
