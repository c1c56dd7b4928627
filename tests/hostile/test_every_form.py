"""Every form of the site, discovered from its pages, takes whatever is sent to it.

Each page is asked for by those who may open it; each form found is sent back damaged in every way of ATTACKS. The
answer is a page, a redirection or a refusal: never an error of the server, never a tag that a browser would run, and
what was typed comes back with the refusal.
"""

import html
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BaseForm, CharField
from django.urls import get_resolver

from actors.models import Organisation
from asv_platform.common.forms import CleanMixin
from tests.factories.actors import PartnerAccessFactory
from tests.harness.forms import Field, HtmlForm, forms_of
from tests.harness.samples import populate
from tests.harness.urls import Address, ask, paths_of, share

SCRIPT = "<script>zzattaque()</script>\"'><img src=x onerror=zz()>"
# Logging out would end the walk.
NOT_SENT = {"account_logout"}
# Django's own forms, for operators only: walked by test_administration.
ADMINISTRATION = "admin/"
# Who fills in forms, and in how many tests their walk is done: (who, number, of).
WALKS = [*(("coordinator", number, 4) for number in range(4)), ("partner", 0, 1), ("nobody", 0, 1)]
STRANGE_TEXT = "Éé 👩‍⚕️ \u0000\u0007\u200b\ufeff “guillemets” \u202e ﷺ \ud83d\ude00".encode(
    "utf-16", "surrogatepass"
).decode("utf-16")
Data = dict[str, list[str]]
NIR_SENT = "a social security number"
NIR = "1 84 12 76 451 089 46"
# A code received by mail, examples of the styleguide, a choice of places, a part mixed into whole forms.
NOT_WRITTEN = {"CodeConfirmForm", "ExampleFilters", "ComparisonForm", "WhenMixin"}


def each(value: str | list[str], chosen: Callable[[Field], bool]) -> Callable[[HtmlForm], Data]:
    """Put ``value`` in every chosen field, and leave the others as the page gave them."""

    def damage(form: HtmlForm) -> Data:
        sent = form.filled()
        for control in form.fields:
            if chosen(control):
                sent[control.name] = [value] if isinstance(value, str) else value
        return sent

    return damage


def is_any(control: Field) -> bool:
    return control.name != "csrfmiddlewaretoken" and control.kind not in {"hidden", "file", "submit"}


def is_text(control: Field) -> bool:
    return control.is_text


def is_free_text(control: Field) -> bool:
    return control.is_text and not control.is_secret


def is_typed(control: Field) -> bool:
    """Text, dates and numbers: what has a keyboard behind it."""
    return is_text(control) or control.kind in {"date", "time", "datetime-local", "number", "color"}


def is_choice(control: Field) -> bool:
    return control.kind in {"select", "radio", "checkbox"}


def is_hidden(control: Field) -> bool:
    return control.kind == "hidden" and control.name != "csrfmiddlewaretoken"


def moments(day: str, time: str) -> Callable[[HtmlForm], Data]:
    """Put a day in the dates and a moment in the date-times; the rest stays as the page gave it."""

    def damage(form: HtmlForm) -> Data:
        sent = each(day, lambda control: control.kind == "date")(form)
        return sent | each(f"{day}T{time}", lambda control: control.kind == "datetime-local")(form)

    return damage


ATTACKS: dict[str, Callable[[HtmlForm], Data]] = {
    "nothing at all": lambda form: {},
    "everything empty": each("", is_any),
    "ten thousand characters": each("é" * 10_000, is_text),
    "tags": each(SCRIPT, is_text),
    "control characters and emoji": each(STRANGE_TEXT, is_any),
    "five thousand digits": each("9" * 5000, lambda control: is_any(control) or is_hidden(control)),
    "a negative number": each("-1", is_any),
    "a number beyond the column": each("9999999999", is_typed),
    "an unknown choice": each("987654321", is_choice),
    "an infinite number": each("1e309", is_any),
    "Arabic and superscript digits": each("١٢²", lambda control: is_any(control) or is_hidden(control)),
    "a date that does not exist": each("31/02/2026", is_any),
    "the first moment": moments("0001-01-01", "00:00"),
    "the last moment": moments("9999-12-31", "23:59"),
    "the same key twice": each(["1", "2"], is_any),
    NIR_SENT: each(f"Vu avec {NIR}, au calme", is_text),
    "hidden fields with NUL": each("\x00", is_hidden),
}


@dataclass
class Watch:
    """What went wrong inside the views, told by Django's own signal."""

    errors: list[str] = field(default_factory=list)

    def note(self, sender, request, **kwargs) -> None:
        error = sys.exc_info()[1]
        self.errors.append(f"{type(error).__name__}: {str(error)[:150]} @ {_place(error)}")


def _place(error: BaseException | None) -> str:
    """The last of our own lines that the error went through."""
    place, trace = "", error.__traceback__ if error else None
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if ".venv" not in name:
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


@contextmanager
def watching() -> Iterator[Watch]:
    watch = Watch()
    got_request_exception.connect(watch.note)
    try:
        yield watch
    finally:
        got_request_exception.disconnect(watch.note)


@pytest.fixture
def samples(blanc_mesnil):
    """One row of every model, so that every page has something to edit."""
    return populate(blanc_mesnil)


@pytest.fixture
def people(samples, alice, blanc_mesnil):
    """Those who have forms to fill in."""
    partner = PartnerAccessFactory(organisation=samples[Organisation], asv=blanc_mesnil).user
    return {"coordinator": alice, "partner": partner, "nobody": None}


def our_forms(base: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    """Every class of form written in the project, once the addresses have imported them."""
    for found in base.__subclasses__():
        yield found
        yield from our_forms(found)


def test_every_form_of_ours_stands_on_the_base_that_refuses_social_security_numbers():
    get_resolver().url_patterns  # noqa: B018 -- imports every view, hence every form
    packages = ("asv_platform", "actors", "diagnostics", "programmation", "evaluation")
    written = {
        form
        for form in our_forms()
        if form.__module__.startswith(packages)
        and not form.__module__.endswith(("admin", "mfa_forms"))
        and not any(base.__module__.startswith(("allauth", "django_filters")) for base in form.__mro__)
        and any(type(field) is CharField for field in getattr(form, "base_fields", {}).values())
    }

    assert {form.__name__ for form in written if not issubclass(form, CleanMixin)} <= NOT_WRITTEN
    assert len(written) > 20


@pytest.mark.walk
@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize(("who", "number", "of"), WALKS)
def test_form_takes_whatever_is_sent(client, samples, people, who, number, of):
    client.raise_request_exception = False
    if people[who] is not None:
        client.force_login(people[who])

    with watching() as watch:
        found = list(forms_to_send(client, share(number, of), samples))
        faults = [fault for path, form in found for fault in faults_of(client, path, form, watch)]

    assert found, "no form was discovered: the walk is broken"
    assert not faults, f"{len(faults)} faults in {len(found)} forms\n" + "\n".join(dict.fromkeys(faults))


def forms_to_send(client, walked: list[Address], samples) -> Iterator[tuple[str, HtmlForm]]:
    """Every form sent by POST that this person is shown, once for each address and set of fields."""
    known = set()
    for address in walked:
        if address.name in NOT_SENT or address.route.startswith(ADMINISTRATION):
            continue
        for path in paths_of(address, samples)[:2]:
            with ask(client, "get", path) as answer:
                page = answer.body.decode(errors="replace") if answer.status in {200, 422} else ""
            for form in forms_of(page) if "<form" in page else []:
                target = form.action.partition("?")[0] or path
                mark = (address.name if target == path else target, tuple(control.name for control in form.fields))
                if form.method == "post" and target.startswith("/") and mark not in known and not _leaves(target):
                    known.add(mark)
                    yield target, form


def _leaves(target: str) -> bool:
    return target.startswith("/deconnexion/")


def faults_of(client, path: str, form: HtmlForm, watch: Watch) -> Iterator[str]:
    """What each attack on this form brought to light."""
    for name, damage in ATTACKS.items():
        sent = damage(form)
        watch.errors.clear()
        with posting(client, path, sent) as response:
            where = f"{path} [{name}]"
            if response.status_code >= 500:
                yield f"{where}: {response.status_code} {watch.errors[-1:]}"
            body = response.content.decode(errors="replace") if not response.streaming else ""
            if "<script>zzattaque" in body or "<img src=x onerror" in body:
                yield f"{where}: shows a tag that a browser would run"
            if BLANK_CHOICE_DASH[0][1] in body and not path.startswith(f"/{ADMINISTRATION}"):
                yield f"{where}: names a choice with dashes"
            is_ours = not path.startswith(f"/{ADMINISTRATION}")
            if name == NIR_SENT and is_ours and response.status_code == 302 and any(map(is_free_text, form.fields)):
                yield f"{where}: keeps a social security number"
            if response.status_code == 422:
                yield from (f"{where}: loses {lost}" for lost in _lost(form, sent, body))


def _lost(form: HtmlForm, sent: Data, body: str) -> Iterator[str]:
    """The texts that did not come back with the refusal."""
    shown = html.unescape(body)
    for control in form.fields:
        text = (sent.get(control.name) or [""])[-1]
        if control.is_text and not control.is_secret and text in {"é" * 10_000, SCRIPT} and text not in shown:
            yield control.name


@contextmanager
def posting(client, path: str, data: Data):
    cookies = client.cookies.output(header="", sep=";")
    point = transaction.savepoint()
    try:
        yield client.post(path, data)
    finally:
        transaction.savepoint_rollback(point)
        client.cookies.clear()
        client.cookies.load(cookies)
