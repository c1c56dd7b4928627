"""The deadline of a call: Paris time, the last minute included, the grace, the days when the clock changes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from asv_platform.common.formats import date_time
from programmation.enums import CallState
from programmation.forms.calls import CallForm
from programmation.models import Call
from programmation.selectors import call_summaries
from programmation.selectors.partner import deadline_text
from programmation.services import CallClosed, file_proposal
from tests.factories.programmation import CallFactory, ProposalFactory

PARIS = ZoneInfo("Europe/Paris")


def paris(*parts) -> dt.datetime:
    return dt.datetime(*parts).replace(tzinfo=PARIS)  # noqa: DTZ001 -- made aware at once


def call_closing(closes_at, **fields):
    return CallFactory.build(
        programme=None, asv=None, opens_at=paris(2026, 1, 5, 9, 0), closes_at=closes_at,
        published_at=paris(2026, 1, 5, 9, 0), **fields,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (paris(2026, 1, 5, 8, 59, 59), CallState.UPCOMING),
        (paris(2026, 1, 5, 9, 0), CallState.OPEN),
        (paris(2026, 2, 13, 23, 59, 59), CallState.OPEN),
        (paris(2026, 2, 14, 0, 0, 0), CallState.CLOSED),
    ],
)
def test_call_lasts_until_the_end_of_its_last_minute(at, state):
    call = call_closing(paris(2026, 2, 13, 23, 59))

    assert call.state_at(at) == state


@pytest.mark.parametrize(
    ("closes_at", "last", "first_after"),
    [
        # 29 March 2026: 2 h becomes 3 h. 25 October 2026: 3 h becomes 2 h.
        (paris(2026, 3, 29, 23, 59), paris(2026, 3, 29, 23, 59, 59), paris(2026, 3, 30, 0, 0)),
        (paris(2026, 10, 25, 23, 59), paris(2026, 10, 25, 23, 59, 59), paris(2026, 10, 26, 0, 0)),
        (paris(2026, 3, 29, 1, 59), paris(2026, 3, 29, 1, 59, 59), paris(2026, 3, 29, 3, 0)),
    ],
)
def test_call_closes_at_midnight_in_paris_when_the_clock_changes(closes_at, last, first_after):
    call = call_closing(closes_at.astimezone(dt.UTC))

    assert call.state_at(last.astimezone(dt.UTC)) == CallState.OPEN
    assert call.state_at(first_after.astimezone(dt.UTC)) == CallState.CLOSED


def test_call_in_its_grace_still_accepts_a_filing():
    call = call_closing(paris(2026, 2, 13, 23, 59), grace_hours=2)

    assert call.state_at(paris(2026, 2, 14, 1, 59, 59)) == CallState.GRACE
    assert call.state_at(paris(2026, 2, 14, 1, 59, 59)).accepts_filing
    assert call.state_at(paris(2026, 2, 14, 2, 0)) == CallState.CLOSED


def test_grace_is_told_to_everybody_and_only_once_it_runs(in_asv):
    row = CallFactory(programme__asv=in_asv, opens_at=paris(2026, 1, 5), closes_at=paris(2026, 2, 13, 23, 59))
    Call.objects.update(grace_hours=2)
    row.refresh_from_db()

    def said(at):
        (summary,) = call_summaries(Call.objects.all(), at=at)
        return f"{summary.when} {deadline_text(row, at)}"

    until = date_time(row.filing_ends_at)

    assert until not in said(paris(2026, 2, 13, 12, 0))
    assert said(paris(2026, 2, 14, 0, 30)).count(until) == 2
    assert "après, la page de l’appel le dit à tous" in CallForm.Meta.help_texts["grace_hours"]


def test_call_that_is_not_published_is_a_draft_whatever_its_dates():
    call = call_closing(paris(2026, 2, 13, 23, 59))
    call.published_at = None

    assert call.state_at(paris(2026, 2, 1, 12, 0)) == CallState.DRAFT


def test_filing_after_the_closing_keeps_the_draft(in_asv, call, marmite, fatou):
    call.closes_at = paris(2026, 2, 13, 23, 59)
    call.opens_at = paris(2026, 1, 5, 9, 0)
    call.save()
    draft = ProposalFactory(draft=True, call=call, organisation=marmite, created_by=fatou)

    with pytest.raises(CallClosed, match="votre brouillon est conservé"):
        file_proposal(proposal=draft, by=fatou, at=paris(2026, 2, 14, 0, 0))

    draft.refresh_from_db()
    assert draft.state == "draft"
