"""Django's administration, as its operators and a coordinator of another ASV use and attack it."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from asv_platform.accounts.enums import Role
from asv_platform.audit.models import AuditEntry
from tests.factories.platform import MembershipFactory
from tests.harness.forms import forms_of
from tests.harness.samples import SENTINEL, populate
from tests.harness.urls import addresses, ask, paths_of
from tests.hostile.test_every_form import faults_of, is_any, watching

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
SHARES = 2
TERMS = ["", "zz", "\x00", "²", "9" * 5_000, "%", "\\", "' or 1=1 --", "\ud83d".encode("utf-8", "surrogatepass")]


@pytest.fixture
def samples(blanc_mesnil):
    return populate(blanc_mesnil)


@pytest.fixture
def foreigner(samples):
    """Coordinates another ASV, and was given the administration."""
    return MembershipFactory(role=Role.COORDINATOR, user__is_staff=True).user


def admin_paths(samples) -> list[str]:
    """One path for each address of the administration."""
    walked = [address for address in addresses() if address.route.startswith("admin/")]
    return [path for address in walked for path in paths_of(address, samples)[:1] if "logout" not in path]


def forms_to_attack(client, paths: list[str]):
    for path in paths:
        with ask(client, "get", path) as answer:
            page = answer.body.decode(errors="replace") if answer.status == 200 else ""
        for form in forms_of(page):
            # A confirmation has nothing to type in.
            if form.method == "post" and "logout" not in form.action and any(map(is_any, form.fields)):
                yield form.action.partition("?")[0] or path, form


@pytest.mark.walk
@pytest.mark.parametrize("number", range(SHARES))
def test_form_of_the_administration_takes_whatever_is_sent(client, samples, operator, number):
    client.raise_request_exception = False
    client.force_login(operator)

    with watching() as watch:
        found = list(forms_to_attack(client, admin_paths(samples)[number::SHARES]))
        faults = [fault for path, form in found for fault in faults_of(client, path, form, watch)]

    assert len(found) > 15
    assert not faults, "\n".join(faults)


def questions():
    """The questions of the lists of choices, for every field of every model, those that have no list included."""
    for model in [model for model in apps.get_models() if admin.site.is_registered(model)]:
        for field in model._meta.get_fields():
            yield {
                "app_label": model._meta.app_label,
                "model_name": model._meta.model_name,
                "field_name": field.name,
            }


@pytest.mark.parametrize("who", ["operator", "foreigner"])
def test_list_of_choices_answers_whatever_is_asked(client, samples, request, who):
    client.raise_request_exception = False
    client.force_login(request.getfixturevalue(who))
    asked = [question | {"term": term} for question in questions() for term in TERMS[:3]]
    asked += [question | {"term": term, "page": term} for question in list(questions())[:5] for term in TERMS]
    faults, answered = [], 0

    with watching() as watch:
        for question in asked:
            watch.errors.clear()
            with ask(client, "get", reverse("admin:autocomplete"), question) as answer:
                answered += answer.status == 200
                if answer.status >= 500:
                    faults.append(f"{question}: {watch.errors[-1:]}")
                if who == "foreigner" and SENTINEL.encode() in answer.body:
                    faults.append(f"{question}: names a row of another ASV")

    assert answered > (20 if who == "operator" else 10)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("who", ["operator", "foreigner"])
def test_page_of_the_administration_answers(client, samples, request, who):
    """Lists, forms, histories and deletions: every page opens, searches included; the rows of others do not exist."""
    client.raise_request_exception = False
    client.force_login(request.getfixturevalue(who))
    faults, opened = [], 0

    with watching() as watch:
        for path in admin_paths(samples):
            for question in ({}, {"q": "zz", "o": "1", "p": "2", "all": ""}):
                watch.errors.clear()
                with ask(client, "get", path, question) as answer:
                    opened += answer.status == 200
                    if answer.status >= 500:
                        faults.append(f"{path} {question}: {watch.errors[-1:]}")
                    if who == "foreigner" and (SENTINEL.encode() in answer.body):
                        faults.append(f"{path}: shows a row of another ASV")

    assert opened > (150 if who == "operator" else 40)
    assert not faults, "\n".join(faults)


def test_operator_takes_a_second_factor_off_without_reading_its_secret(client, operator, alice):
    authenticator = Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DP"})
    path = f"/admin/accounts/secondfactor/{authenticator.pk}/"
    client.force_login(operator)

    assert "JBSWY3DP" not in client.get(f"{path}change/").content.decode()
    assert client.post(f"{path}delete/", {"post": "yes"}).status_code == 302

    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get(event="second_factor.removed").subject_label == str(alice)
