"""What is archived leaves the lists and is found again in them: nothing is lost for good."""

import pytest
from django.urls import reverse
from django.utils import timezone

from actors.models import Organisation, Person
from diagnostics.models import Diagnostic, Need, Priority, Voice
from evaluation.models import ActionIndicator, ActionReport, Session
from programmation.models import Action, Call, Envelope, Objective, Programme
from tests.harness.samples import populate

LISTS = {
    "actors:organisation_list": Organisation,
    "actors:person_list": Person,
    "diagnostics:diagnostic_list": Diagnostic,
    "diagnostics:voice_list": Voice,
    "diagnostics:need_list": Need,
    "diagnostics:priority_list": Priority,
    "programmation:programme_list": Programme,
    "programmation:objective_list": Objective,
    "programmation:envelope_list": Envelope,
    "programmation:call_list": Call,
    "programmation:action_list": Action,
    "evaluation:session_list": Session,
    "evaluation:indicator_list": ActionIndicator,
    "evaluation:report_list": ActionReport,
}


@pytest.fixture
def samples(blanc_mesnil):
    return populate(blanc_mesnil)


@pytest.mark.django_db
@pytest.mark.parametrize("name", LISTS)
def test_archived_row_leaves_its_list_and_is_found_with_the_archives(client, alice, in_asv, samples, name):
    row = samples[LISTS[name]]
    row.archived_at = timezone.now()
    row.save()
    client.force_login(alice)
    address = reverse(name, kwargs={"asv": in_asv.slug})

    usual, archived = (
        {cell.url: cell.sub for shown in client.get(address, asked).context["page"].rows for cell in shown.cells}
        for asked in ({}, {"fiches": "archivees"})
    )

    [(url, sub)] = [(url, sub) for url, sub in archived.items() if url]
    assert "iche archivée" in sub
    assert url not in usual
