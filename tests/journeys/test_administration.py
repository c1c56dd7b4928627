"""The administration in a browser: nothing that its pages need is refused by our policy."""

import pytest
from django.urls import reverse

from tests.harness.samples import ROW, populate

PAGES = [
    reverse("admin:index"),
    *(reverse(f"admin:{model}_changelist") for model in ("actors_organisation", "programmation_call")),
    *(reverse(f"admin:{model}_change", args=[ROW]) for model in ("actors_organisation", "programmation_call")),
    *(reverse(f"admin:{model}_history", args=[ROW]) for model in ("actors_organisation", "actors_partneraccess")),
    reverse("admin:programmation_action_add"),
    reverse("admin:actors_organisation_delete", args=[ROW]),
    reverse("admin:territories_asv_add"),
    reverse("admin:accounts_secondfactor_changelist"),
]


@pytest.fixture
def samples(blanc_mesnil, _reference_data):
    return populate(blanc_mesnil)


@pytest.mark.ignore_template_errors
def test_administration_asks_for_nothing_that_the_policy_forbids(page, log_in, operator, samples):
    log_in(page, operator)

    answers = {path: page.goto(path, wait_until="networkidle").status for path in PAGES}

    assert set(answers.values()) == {200}, answers
    page.goto(reverse("admin:programmation_call_change", args=[ROW]))
    page.locator(".select2-selection").first.click()
    page.locator(".select2-results__option").first.wait_for()
