"""Whatever stands after the question mark of an address, the page answers."""

import pytest

from tests.harness.forms import forms_of
from tests.harness.samples import populate
from tests.harness.urls import Address, ask, paths_of, share
from tests.hostile.test_every_form import Watch, watching

COMMON = "tri page format q next fiches annee programme diagnostic need parent theme ligne"
GARBAGE = (
    "%00",
    "%27%22%3E%3Cscript%3Ezzattaque()%3C/script%3E",
    "x" * 4_000,
    "9" * 5_000,
    "%C2%B2",
    "0001-01-01",
    "9999-12-31",
    "%ED%A0%80",
)
SHARES = 4


@pytest.fixture
def samples(blanc_mesnil):
    return populate(blanc_mesnil)


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("number", range(SHARES))
def test_address_with_any_question_answers(client, samples, alice, number):
    client.raise_request_exception = False
    client.force_login(alice)
    # Django's own administration left out.
    readable = [address for address in share(number, SHARES) if not address.route.startswith("admin/")]

    with watching() as watch:
        faults = [fault for address in readable for fault in faults_of(client, address, samples, watch)]

    assert readable, "no address was discovered: the walk is broken"
    assert not faults, "\n" + "\n".join(faults)


def faults_of(client, address: Address, samples, watch: Watch):
    """What a page answered to each garbage, put in every parameter that it shows and in those of all lists."""
    for path in paths_of(address, samples)[:1]:
        names = {*COMMON.split(), *parameters_of(client, path)}
        for garbage in GARBAGE:
            watch.errors.clear()
            query = "&".join(f"{name}={garbage}" for name in names if name != "format" or len(garbage) < 9)
            with ask(client, "get", f"{path}?{query}") as answer:
                if answer.status >= 500:
                    yield f"{path} [{garbage[:20]}]: {answer.status} {watch.errors[-1:]}"
                if b"<script>zzattaque" in answer.body:
                    yield f"{path} [{garbage[:20]}]: shows a tag that a browser would run"


def parameters_of(client, path: str) -> set[str]:
    """The names of the fields of the forms that a page shows for its filters."""
    with ask(client, "get", path) as answer:
        page = answer.body.decode(errors="replace") if answer.status == 200 else ""
    return {field.name for form in forms_of(page) if form.method == "get" for field in form.fields}
