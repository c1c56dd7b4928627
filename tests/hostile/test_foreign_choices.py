"""Rows of another ASV, posted in the choices of every form: refused beside the field, never taken."""

import pytest
from django import forms
from django.db.models import QuerySet

from actors.models import Organisation
from asv_platform.territories.models import Neighbourhood
from programmation.enums import ProposalState
from programmation.models import Proposal
from tests.factories.actors import PartnerAccessFactory
from tests.factories.platform import AsvFactory
from tests.factories.reporting import EditionFactory, RecipientFactory
from tests.harness.samples import factories_by_model, is_owned, populate
from tests.harness.urls import addresses, paths_of

STRANGER = 888_888
APPS = ("programmation:", "calls:", "partner:", "evaluation:", "partner_evaluation:", "reporting:")
# What the walk must find: a form that loses its choices would otherwise pass unseen.
EXPECTED = {
    ("partner:step_projet", "objectives"),
    ("partner:step_publics", "neighbourhoods"),
    ("programmation:action_create", "neighbourhoods"),
    ("programmation:action_create", "objectives"),
    ("programmation:action_create", "organisation"),
    ("programmation:action_edit", "neighbourhoods"),
    ("programmation:action_edit", "objectives"),
    ("programmation:call_create", "funders"),
    ("programmation:call_create", "objectives"),
    ("programmation:call_edit", "funders"),
    ("programmation:call_edit", "objectives"),
    ("programmation:envelope_create", "funder"),
    ("programmation:envelope_edit", "funder"),
    ("programmation:objective_create", "elected_referent"),
    ("programmation:objective_create", "neighbourhoods"),
    ("programmation:objective_create", "parent"),
    ("programmation:objective_create", "pilot"),
    ("programmation:objective_create", "priorities"),
    ("programmation:objective_edit", "elected_referent"),
    ("programmation:objective_edit", "neighbourhoods"),
    ("programmation:objective_edit", "parent"),
    ("programmation:objective_edit", "pilot"),
    ("programmation:objective_edit", "priorities"),
    ("evaluation:session_create", "neighbourhood"),
    ("evaluation:session_plan", "neighbourhood"),
    ("evaluation:session_edit", "neighbourhood"),
    ("evaluation:report_ask", "programme"),
    ("partner_evaluation:session_create", "neighbourhood"),
    ("partner_evaluation:session_plan", "neighbourhood"),
    ("partner_evaluation:session_edit", "neighbourhood"),
    ("reporting:edition_send", "recipients"),
}

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def samples(blanc_mesnil, alice):
    rows = populate(blanc_mesnil)
    Proposal._base_manager.filter(pk=rows[Proposal].pk).update(state=ProposalState.DRAFT)  # its steps are open
    EditionFactory(asv=blanc_mesnil, author=alice, issued=True)
    RecipientFactory(asv=blanc_mesnil)
    return rows


@pytest.fixture
def partner(samples):
    return PartnerAccessFactory(organisation=samples[Organisation]).user


@pytest.fixture
def strangers(samples):
    """One row of every model, of another ASV."""
    return populate(AsvFactory(), pk=STRANGER)


def foreign_to(field: forms.ModelChoiceField, strangers) -> str:
    """The key of a row that this field must not take: one of another ASV, or a place outside the perimeter."""
    model = field.queryset.model  # type: ignore[union-attr]
    row = strangers[model] if is_owned(model) else factories_by_model()[model].create()
    return str(getattr(row, field.to_field_name or "pk"))


def choices_of(form) -> dict[str, forms.ModelChoiceField]:
    """The fields that choose among rows of the ASV or places of its perimeter; the closed lists are everybody's."""
    return {name: field for name, field in form.fields.items() if is_ours(getattr(field, "queryset", None))}


def is_ours(rows: QuerySet | None) -> bool:
    return rows is not None and (is_owned(rows.model) or rows.model is Neighbourhood)


def test_rows_of_another_asv_are_refused_by_every_form(client, samples, alice, partner, strangers):
    refused, faults = set(), []
    for address in addresses():
        if not address.name.startswith(APPS):
            continue
        client.force_login(partner if address.name.startswith("partner") else alice)
        for path in paths_of(address, samples):
            shown = client.get(path)
            if shown.streaming:
                list(shown.streaming_content)
                continue
            form = shown.context.get("form") if shown.status_code == 200 and shown.context else None
            for name, field in choices_of(form).items() if isinstance(form, forms.Form | forms.ModelForm) else ():
                answer = client.post(path, {form.add_prefix(name): foreign_to(field, strangers)})
                if answer.status_code == 405:  # the filters of a list: a stranger's row filters everything out
                    continue
                if answer.status_code != 422 or name not in answer.context["form"].errors:
                    faults.append(f"{address.name} {name}: {answer.status_code}")
                refused.add((address.name, name))

    assert faults == []
    assert refused >= EXPECTED
