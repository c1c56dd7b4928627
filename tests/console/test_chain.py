"""The thread through one row: each page of the chain says what it comes from and what it leads to."""

import datetime as dt
from decimal import Decimal

import pytest

from asv_platform.common.formats import money, plural
from asv_platform.common.knots import Knot
from asv_platform.console.selectors.chain import chain_of
from tests.factories.diagnostics import DiagnosticFactory, EvidenceFactory, NeedFactory, PriorityFactory, VoiceFactory
from tests.factories.evaluation import ActionReportFactory, SessionFactory
from tests.factories.programmation import (
    ActionFactory,
    CallFactory,
    DecisionFactory,
    ObjectiveFactory,
    ProgrammeFactory,
    ProposalFactory,
)

pytestmark = pytest.mark.django_db
KINDS = ["Paroles", "Besoin", "Priorité", "Objectif", "Proposition", "Action", "Séances", "Bilans"]


def anybody(_permission):
    return True


def nobody(_permission):
    return False


@pytest.fixture
def thread(blanc_mesnil):
    """One row of each stage, tied from the first to the last, and others tied to nothing."""
    diagnostic, programme = DiagnosticFactory(asv=blanc_mesnil), ProgrammeFactory(asv=blanc_mesnil, year=2026)
    need = NeedFactory(asv=blanc_mesnil, diagnostic=diagnostic, statement="Se soigner sans avance de frais")
    voice = VoiceFactory(asv=blanc_mesnil, diagnostic=diagnostic, need=need, words="On renonce aux soins")
    EvidenceFactory(asv=blanc_mesnil, need=need)
    priority = PriorityFactory(asv=blanc_mesnil, diagnostic=diagnostic, needs=[need], title="Accéder aux droits")
    objective = ObjectiveFactory(programme=programme, priorities=[priority], title="Ouvrir les droits")
    proposal = ProposalFactory(call=CallFactory(programme=programme), title="Permanences")
    proposal.objectives.add(objective)
    DecisionFactory(proposal=proposal, amount=Decimal(9000))
    action = ActionFactory(programme=programme, proposal=proposal, organisation=proposal.organisation, title="Agir")
    action.objectives.add(objective)
    session = SessionFactory(action=action)
    report = ActionReportFactory(action=action, due_on=dt.date(2026, 6, 30))
    for loose in (NeedFactory, PriorityFactory, VoiceFactory):
        loose(asv=blanc_mesnil, diagnostic=diagnostic)
    ActionFactory(programme=programme)
    return {
        "Paroles": voice,
        "Besoin": need,
        "Priorité": priority,
        "Objectif": objective,
        "Proposition": proposal,
        "Action": action,
        "Séances": session,
        "Bilans": report,
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_of_the_thread_shows_the_whole_of_it(in_asv, thread, kind, django_assert_num_queries):
    row = thread[kind]
    assert row.asv == in_asv

    with django_assert_num_queries(2):
        knots = chain_of(row, asv=in_asv, may=anybody)

    assert [knot.kind.rstrip("s") for knot in knots] == [kind.rstrip("s") for kind in KINDS]
    assert [knot.state for knot in knots].count("current") == 1
    assert knots[KINDS.index(kind)].state == "current"
    assert "missing" not in [knot.state for knot in knots]
    named = [words for knot in knots for words, url in knot.links]
    assert named == [str(thread[name]) for name in KINDS[1:6] if name != kind]


def test_proposal_knot_says_the_money_granted(in_asv, thread):
    knots = {knot.kind: knot for knot in chain_of(thread["Besoin"], asv=in_asv, may=anybody)}

    assert knots["Proposition"].hint == f"{money(9000)} accordés"
    assert (knots["Paroles"].label, knots["Paroles"].sub) == (plural(1, "parole"), plural(1, "preuve"))


def test_action_without_objective_says_where_to_tie_it_to_who_may(in_asv, thread):
    thread["Action"].objectives.clear()
    thread["Proposition"].objectives.clear()

    told = {knot.kind: knot for knot in chain_of(thread["Action"], asv=in_asv, may=anybody)}["Objectif"]
    untold = {knot.kind: knot for knot in chain_of(thread["Action"], asv=in_asv, may=nobody)}["Objectif"]

    assert (told.state, told.action_label) == ("missing", "Relier un objectif")
    assert told.action_url.endswith(f"/actions/{thread['Action'].pk}/modifier/")
    assert (untold.state, untold.action_url) == ("missing", "")


def test_need_that_no_priority_takes_up_leads_nowhere(in_asv, thread):
    need = NeedFactory(asv=in_asv, diagnostic=thread["Besoin"].diagnostic)

    knots = {knot.kind: knot for knot in chain_of(need, asv=in_asv, may=anybody)}

    assert knots["Priorité"].state == "missing"
    assert knots["Paroles"].state == "missing"
    assert {knots[kind].state for kind in ("Objectif", "Proposition", "Action", "Séances", "Bilans")} == {"todo"}


def test_several_actions_of_a_priority_are_named_up_to_three(in_asv, thread):
    for rank in range(4):
        ActionFactory(programme=thread["Action"].programme, title=f"Autre {rank}").objectives.add(thread["Objectif"])

    actions = chain_of(thread["Priorité"], asv=in_asv, may=anybody)[5]

    assert actions.kind == "5 actions"
    assert [words for words, _url in actions.links] == ["Agir", "Autre 0", "Autre 1"]
    assert actions.sub == f"et {plural(2, 'autre')}"


def test_figure_about_several_actions_leads_to_none_of_them(in_asv, thread):
    def sessions() -> Knot:
        return chain_of(thread["Priorité"], asv=in_asv, may=anybody)[6]

    alone = sessions()
    other = ActionFactory(programme=thread["Action"].programme)
    other.objectives.add(thread["Objectif"])
    SessionFactory(action=other)

    assert alone.url.endswith(f"/evaluation/actions/{thread['Action'].pk}/#seances")
    assert (sessions().label, sessions().url) == ("2 sur 2", "")


def test_archived_and_cancelled_rows_leave_the_thread(in_asv, thread):
    thread["Action"].state = "cancelled"
    thread["Action"].save()

    knots = {knot.kind: knot for knot in chain_of(thread["Objectif"], asv=in_asv, may=anybody)}

    assert knots["Action"].state == "todo"


def test_cancelled_session_is_neither_held_nor_awaited(in_asv, thread):
    SessionFactory(action=thread["Action"], state="cancelled", women=0, men=0, from_qpv=0)

    sessions = chain_of(thread["Action"], asv=in_asv, may=anybody)[6]

    assert sessions.label == "1 sur 1"
