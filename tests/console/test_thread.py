"""The thread of a year: pages and documents say the same of where it breaks."""

import datetime as dt

import pytest
from django.utils import timezone

from asv_platform.console.selectors.thread import year_thread
from asv_platform.reporting.selectors import alerts_of
from asv_platform.reporting.selectors.year import current_year
from asv_platform.territories.scoping import asv_scope
from diagnostics.models import Diagnostic
from programmation.models import Action, Programme
from tests.factories.diagnostics import DiagnosticFactory, NeedFactory, PriorityFactory, VoiceFactory
from tests.factories.evaluation import ActionReportFactory, SessionFactory
from tests.factories.programmation import ActionFactory, ObjectiveFactory, ProgrammeFactory, ProposalFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 6, 1)
OLD = dt.date(2024, 1, 10)
TITLES = {
    "voices": "Paroles sans besoin",
    "needs": "Besoins sans priorité",
    "unanswered": "Besoins sans réponse depuis deux ans",
    "priorities": "Priorités sans action",
    "loose": "Actions sans besoin",
    "late": "Bilans en retard",
    "quiet": "Actions sans séance récente",
    "aimless": "Objectifs sans priorité",
}


@pytest.fixture
def diagnostic(blanc_mesnil):
    return DiagnosticFactory(asv=blanc_mesnil, year=2025)


@pytest.fixture
def broken(blanc_mesnil, diagnostic):
    """A year with one broken link of each kind, and one link that holds."""
    of_it = {"asv": blanc_mesnil, "diagnostic": diagnostic}
    programme = ProgrammeFactory(asv=blanc_mesnil, year=2026)
    answered, lost = NeedFactory(**of_it), NeedFactory(**of_it, statement="Parler à quelqu’un")
    for need in (answered, lost):
        VoiceFactory(**of_it, need=need, heard_on=OLD)
    VoiceFactory(**of_it, need=None)
    PriorityFactory(**of_it, title="Rompre l’isolement", rank=2)
    objective = ObjectiveFactory(programme=programme, priorities=[PriorityFactory(**of_it, needs=[answered], rank=1)])
    held, _loose = ActionFactory(programme=programme), ActionFactory(programme=programme)
    held.objectives.add(objective)
    held.state, held.starts_on = "running", OLD
    held.save()
    ObjectiveFactory(programme=programme)
    ActionReportFactory(action=held, due_on=dt.date(2026, 5, 1))
    # The next diagnostic, only just begun, does not hide the one the year stands on.
    DiagnosticFactory(asv=blanc_mesnil, year=2026)
    return diagnostic


def test_pages_and_documents_count_the_same_broken_links(in_asv, broken):
    thread = year_thread(in_asv, on=ON)
    shown = {found.title: found.count for found in thread.breaks}
    printed = {TITLES[alert.key]: alert.count for alert in alerts_of(in_asv, year=2026, on=ON)}

    assert printed == dict.fromkeys(TITLES.values(), 1)
    assert shown == printed
    assert thread.broken == len(printed)


def test_every_knot_leads_to_the_rows_that_it_counts(client, bob, blanc_mesnil, broken):
    client.force_login(bob)
    with asv_scope(blanc_mesnil.pk):
        programme = Programme.objects.get(year=2026)
        ActionFactory(programme=programme, state="cancelled")
        ProposalFactory(call__programme=programme)
        # The year to come has its lists too: they are not those of the thread.
        ProposalFactory(call__programme=ProgrammeFactory(asv=blanc_mesnil, year=2027))
        VoiceFactory(asv=blanc_mesnil, diagnostic=Diagnostic.objects.get(year=2026), need=None)
        SessionFactory(action=Action.objects.live().first())
        knots = year_thread(blanc_mesnil, on=ON).knots

    counts = {knot.kind: int(knot.big) for knot in knots if knot.kind != "Bilans"}
    listed = {knot.kind: client.get(knot.url).context["page"].total for knot in knots}

    assert min(counts.values()) > 0
    assert listed == counts | {"Bilans": 1}


def test_year_stands_on_the_last_diagnostic_that_says_something(in_asv, broken):
    assert current_year(in_asv, on=ON).diagnostic == broken


def test_words_of_an_archived_need_are_a_broken_link(in_asv, broken):
    need = broken.voices.exclude(need=None).first().need
    need.archived_at = timezone.now()
    need.save()

    [voices] = [found for found in year_thread(in_asv, on=ON).breaks if found.title == TITLES["voices"]]

    assert voices.count == 2


def test_objective_and_quiet_action_are_shown_with_what_to_do(in_asv, broken):
    found = {shown.title: shown.links for shown in year_thread(in_asv, on=ON).breaks}

    assert all(link.url and link.action for links in found.values() for link in links)
    assert year_thread(in_asv, on=ON, breaks=2).broken == sum(len(links) for links in found.values())


def test_empty_year_is_not_said_to_hold(client, alice, blanc_mesnil):
    client.force_login(alice)

    page = client.get(f"/asv/{blanc_mesnil.slug}/fil-rouge/").content.decode()

    assert "tient de bout en bout" not in page
    assert "Aucun lien n’est rompu" in page


def test_list_that_the_thread_leads_to_counts_the_same_sessions(client, in_asv, bob):
    programme = ProgrammeFactory(asv=in_asv, year=2026)
    SessionFactory(action=ActionFactory(programme=programme))
    SessionFactory(action=ActionFactory(programme=programme, state="cancelled"))
    SessionFactory(action=ActionFactory(programme=programme, archived_at=timezone.now()))
    knot = next(knot for knot in year_thread(in_asv, on=ON).knots if knot.kind == "Séances")
    client.force_login(bob)

    assert knot.big == "1"
    assert client.get(knot.url).context["page"].total == 1


@pytest.mark.parametrize(
    ("state", "words"), [("preparation", "Relier à un besoin"), ("validated", "Rouvrir le diagnostic pour relier")]
)
def test_words_without_need_lead_to_a_page_where_something_can_be_done(in_asv, broken, state, words):
    broken.state, broken.validated_on = state, (ON if state == "validated" else None)
    broken.save()

    [voices] = [found for found in year_thread(in_asv, on=ON).breaks if found.title == TITLES["voices"]]

    assert voices.links[0].action == words
    assert (f"/diagnostic/{broken.pk}/" in voices.links[0].url) is (state == "validated")


def test_thread_names_each_anchor_once(client, alice, blanc_mesnil, broken):
    client.force_login(alice)

    page = client.get(f"/asv/{blanc_mesnil.slug}/fil-rouge/").content.decode()

    assert page.count('id="besoins"') == 1
