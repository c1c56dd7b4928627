"""Nobody reaches the rows of an ASV that is not theirs, by any address of the site.

Every address is discovered from the resolver, so a new page is covered the day it is written. One row of each owned
model is created in the ASV (through its factory, with the primary key ROW), its texts carry a SENTINEL, and each stranger
asks for every page: never a sentinel in a body, never a page of the ASV that answers.
"""

import itertools
from functools import cache

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import NoReverseMatch, reverse

from asv_platform.accounts.enums import Role
from asv_platform.territories.models import AsvOwned
from asv_platform.territories.scoping import every_asv
from tests.factories.platform import AsvFactory, MembershipFactory, UserFactory
from tests.harness.samples import ROW, SENTINEL, factories_by_model, populate
from tests.harness.urls import Address, addresses

# Values of the arguments that name no row of an ASV.
KWARG_VALUES = {
    "asv": ["le-blanc-mesnil-dugny"],
    "app_label": ["actors", "diagnostics", "programmation", "evaluation"],
    "content_type_id": ["1"],
    "extra_context": [""],
    "from_email": ["x"],
    "key": ["x"],
    "model_name": ["x"],
    "provider_id": ["x"],
    "token": ["x"],
    "uidb36": ["1"],
    "key_id": ["1"],
    "url": ["x"],
    "path": ["x"],
    "history_id": ["1"],
    "object_id": [str(ROW)],
}
# Public pages that show what an ASV chose to publish.
PAGES_THAT_PUBLISH: set[str] = set()
# Pages that no member of the ASV can open with one row of each kind: each has its reason.
NOT_OPENED_BY_THE_SAMPLES: set[str] = set()
CLOSED = {302, 404, 405}
MANY_COMBINATIONS = 60


@pytest.fixture
def samples(blanc_mesnil):
    """One row of every owned model of Le Blanc-Mesnil."""
    return populate(blanc_mesnil)


@pytest.fixture
def strangers(charlie):
    """Those who have nothing to do with Le Blanc-Mesnil."""
    other = charlie.memberships.get().asv
    staff = MembershipFactory(asv=other, user__is_staff=True).user
    return {
        "nobody": None,
        "coordinator of another ASV": charlie,
        "reader of another ASV": MembershipFactory(asv=other, role=Role.READER).user,
        "reviewer of another ASV": MembershipFactory(asv=other, role=Role.REVIEWER).user,
        "partner of another ASV": partner_of(other),
        "coordinator with the admin": staff,
    }


def partner_of(asv):
    """A user who files proposals in ``asv``, through the access model when there is one."""
    user = UserFactory()
    access = next((m for m in apps.get_models() if m.__name__ == "PartnerAccess"), None)
    if access is not None:
        factories_by_model()[access](user=user, organisation__asv=asv, **({"asv": asv} if is_owned(access) else {}))
    return user


def is_owned(model) -> bool:
    return issubclass(model, AsvOwned)


def owned_models():
    return [m for m in apps.get_models() if is_owned(m)]


def test_every_owned_model_has_a_factory():
    without = [m._meta.label for m in owned_models() if m not in factories_by_model()]

    assert without == [], "write them in tests/factories/<app>.py"


@pytest.mark.django_db
def test_every_address_can_be_asked_for(samples):
    unknown = {
        f"{address.name}: {kwarg}"
        for address in addresses()
        for kwarg in address.kwargs
        if not values_of(kwarg, samples)
    }

    assert unknown == set(), "complete KWARG_VALUES"


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "who",
    [
        "nobody",
        "coordinator of another ASV",
        "reader of another ASV",
        "reviewer of another ASV",
        "partner of another ASV",
        "coordinator with the admin",
    ],
)
def test_stranger_reaches_no_row(client, samples, strangers, who, method):
    client.raise_request_exception = False
    if strangers[who] is not None:
        client.force_login(strangers[who])
    before = row_counts()

    leaks = [leak for address in addresses() for leak in leaks_of(client, address, samples, method)]

    assert leaks == []
    assert row_counts() == before


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_member_opens_every_page_of_the_asv(client, samples, alice):
    """The proof that the test above asks for pages that exist: the coordinator is answered everywhere."""
    client.force_login(alice)
    client.raise_request_exception = False
    of_the_asv = [address for address in addresses() if address.is_of_an_asv]

    missing = {
        address.name
        for address in of_the_asv
        if all(status_of(client, path) in {404, 500} for path in paths_of(address, samples))
    }

    assert missing == NOT_OPENED_BY_THE_SAMPLES


def leaks_of(client, address: Address, samples, method: str):
    """What a stranger should not have been answered by this address."""
    for path in paths_of(address, samples):
        response = getattr(client, method)(path)
        content = body_of(response)
        response.close()
        if response.status_code >= 500:
            yield f"{method} {path} ({address.name}): error {response.status_code}"
        if SENTINEL.encode() in content and address.name not in PAGES_THAT_PUBLISH:
            yield f"{method} {path} ({address.name}): shows a row"
        if address.is_of_an_asv and not address.is_public and response.status_code not in CLOSED:
            yield f"{method} {path} ({address.name}): answers {response.status_code}"


def status_of(client, path: str) -> int:
    response = client.get(path)
    body_of(response)
    response.close()
    return response.status_code


def body_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def paths_of(address: Address, samples) -> list[str]:
    """The paths that this address can have with the rows of the samples."""
    values = [values_of(kwarg, samples) for kwarg in address.kwargs]
    combinations = itertools.islice(itertools.product(*values), MANY_COMBINATIONS)
    paths = [path_of(address, dict(zip(address.kwargs, combination, strict=True))) for combination in combinations]
    return list(dict.fromkeys(path for path in paths if path))


def path_of(address: Address, kwargs: dict) -> str | None:
    try:
        return reverse(address.name, kwargs=kwargs)
    except NoReverseMatch:
        # A value that this converter does not accept: another combination does.
        return None


def values_of(kwarg: str, samples) -> list[str]:
    """The values worth trying for an argument: the primary key of the rows, or what a field of that name holds."""
    if kwarg in KWARG_VALUES:
        return KWARG_VALUES[kwarg]
    if kwarg in {"pk", "id"} or kwarg.endswith(("_pk", "_id")) or kwarg in model_names():
        return [str(ROW)]
    held = [getattr(row, kwarg) for row in samples.values() if has_field(row, kwarg)]
    return list(dict.fromkeys(str(value) for value in held if value not in {None, ""}))


def has_field(row: models.Model, name: str) -> bool:
    return any(field.name == name for field in row._meta.concrete_fields)


@cache
def model_names() -> frozenset[str]:
    return frozenset(m._meta.model_name for m in owned_models())


def row_counts() -> dict[str, int]:
    """How many rows each owned table holds."""
    with every_asv(reason="count of the rows"), connection.cursor() as cursor:
        counts = {}
        for model in owned_models():
            cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')  # noqa: S608 -- our own table names
            counts[model._meta.label] = cursor.fetchone()[0]
    return counts


@pytest.mark.django_db
def test_other_asv_is_really_another(samples, charlie):
    assert AsvFactory._meta.model.objects.count() == 2
    assert charlie.memberships.get().asv.slug != KWARG_VALUES["asv"][0]
