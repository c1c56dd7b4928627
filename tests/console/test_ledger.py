"""The Monday page: each line says how many rows wait, and leads to exactly those rows."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from asv_platform.common.formats import date_short
from asv_platform.console.selectors.dashboard import MAX_LINES, ledger
from asv_platform.console.selectors.search import search
from asv_platform.territories.scoping import asv_scope
from programmation.models import Call, Proposal
from tests.factories.actors import OrganisationFactory
from tests.factories.evaluation import ActionReportFactory
from tests.factories.programmation import (
    AccessRequestFactory,
    ActionFactory,
    CallFactory,
    ProgrammeFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(blanc_mesnil):
    return ProgrammeFactory(asv=blanc_mesnil, year=2026)


@pytest.fixture
def monday(blanc_mesnil, programme):
    """Something of each kind waits, and something of each kind does not."""
    action = ActionFactory(programme=programme)
    ActionReportFactory(action=action, due_on=dt.date(2020, 6, 30))
    ActionReportFactory(action=action, kind="interim", due_on=dt.date(2020, 9, 30), archived_at=timezone.now())
    ActionReportFactory(action=ActionFactory(programme=programme), filed=True)
    ActionReportFactory(action=ActionFactory(programme=programme), approved=True)
    call = CallFactory(programme=programme)
    for state in ("draft", "filed", "admissibility", "under_review", "deliberation", "incomplete", "accepted"):
        ProposalFactory(call=call, state=state, draft=state == "draft")
    Call.objects.update(closes_at=timezone.now())
    today = timezone.localdate()
    for days in (0, 200, 300, 400):
        OrganisationFactory(asv=blanc_mesnil, confirmed_on=today - dt.timedelta(days=days))
    return today


def test_every_line_leads_to_as_many_rows_as_it_says(client, bob, blanc_mesnil, monday):
    client.force_login(bob)
    with asv_scope(blanc_mesnil.pk):
        lines = ledger(blanc_mesnil, on=monday)

    counts = {line.url: re.match(r"\d+", line.title) for line in lines}
    said = {url: int(count.group()) for url, count in counts.items() if count}
    listed = {url: client.get(url).context["page"].total for url in said}

    assert len(said) == 6
    assert listed == said


def test_no_more_lines_than_one_reads_and_the_late_ones_first(in_asv, monday, programme):
    for _ in range(3):
        CallFactory(programme=programme)
        AccessRequestFactory(organisation=OrganisationFactory(asv=in_asv))

    lines = ledger(in_asv, on=monday)

    assert len(lines) == MAX_LINES
    assert [line.tone for line in lines] == ["bad", *["ink"] * (MAX_LINES - 1)]
    assert date_short(dt.date(2020, 6, 30)) in lines[0].title


def test_nothing_waits_in_a_new_atelier(in_asv):
    assert ledger(in_asv, on=timezone.localdate()) == []


def test_committee_is_the_next_one_that_decides(in_asv, programme):
    today = timezone.localdate()
    programme.committee_on = today + dt.timedelta(days=20)
    programme.save()
    ProposalFactory(call=CallFactory(programme=programme, closed=True), state="deliberation")

    (line,) = ledger(in_asv, on=today)
    programme.committee_on = today - dt.timedelta(days=1)
    programme.save()
    (past,) = ledger(in_asv, on=today)

    assert line.sub.startswith("Comité prévu")
    assert past.sub == "La date du comité reste à fixer"


def test_a_draft_given_up_was_never_filed(client, in_asv, alice, programme):
    call = CallFactory(programme=programme)
    ProposalFactory(call=call, state="under_review", title="Bien manger, bien bouger")
    given_up = ProposalFactory(call=call, draft=True, title="Bien manger")
    Proposal.objects.filter(pk=given_up.pk).update(state="withdrawn")
    client.force_login(alice)

    (line,) = [line for line in ledger(in_asv, on=timezone.localdate()) if "ferme" in line.title]
    (found,) = search(in_asv, "bien manger")

    assert line.sub == "1\u00a0proposition déposée, 0\u00a0brouillon"
    assert [hit.title for hit in found.hits] == ["Bien manger, bien bouger"]
    assert [client.get(hit.url).status_code for hit in found.hits] == [200]
