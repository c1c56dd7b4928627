"""The demonstration is a whole year of a real ASV: what it shows is what the pages must be able to say."""

import datetime as dt

import pytest

from asv_platform.accounts.enums import Role
from asv_platform.console.demo import build as demo
from asv_platform.console.demo.build import build_story
from asv_platform.console.demo.story import read, reference_year
from asv_platform.console.selectors.dashboard import MAX_LINES, figures, ledger
from asv_platform.console.selectors.thread import year_thread
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import asv_scope
from diagnostics.models import Diagnostic
from evaluation.selectors import shown_programme
from programmation.fingerprint import is_as_filed
from programmation.models import Action, Programme, Proposal
from programmation.selectors import Draft
from tests.factories.diagnostics import NeedFactory, VoiceFactory
from tests.factories.platform import CommuneFactory, DepartmentFactory, MembershipFactory, NeighbourhoodFactory

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def gueret(db):
    """The smallest story: one neighbourhood, one action, two years."""
    data = read("gueret")
    department = DepartmentFactory(code="23", name="Creuse")
    commune = CommuneFactory(code="23096", name="Guéret", postal_codes=["23000"], department=department)
    NeighbourhoodFactory(code="QN02301M", name="L’Albatros", department=department, communes=[commune])
    build_story(data, TODAY)
    return Asv.objects.get(slug="gueret")


def test_story_tells_two_years_and_opens_the_next_call(gueret):
    with asv_scope(gueret.pk):
        states = dict(Programme.objects.values_list("year", "state"))
        assert states == {2025: "closed", 2026: "running", 2027: "open"}
        assert Action.objects.count() == 2
        assert all(is_as_filed(Draft(proposal)) for proposal in Proposal.objects.all())


def test_thread_holds_from_the_voice_to_the_action(gueret):
    with asv_scope(gueret.pk):
        thread = year_thread(gueret, on=TODAY)

    assert thread.year == 2026
    assert [knot.kind for knot in thread.knots] == [
        "Paroles", "Besoins", "Priorités", "Objectifs", "Propositions", "Actions", "Séances", "Bilans",
    ]  # fmt: skip
    missing = {knot.kind for knot in thread.knots if knot.state == "missing"}
    assert missing.isdisjoint({"Paroles", "Besoins", "Priorités", "Objectifs", "Actions"})


def test_dashboard_says_seven_lines_at_most_and_the_money_of_the_year(gueret):
    with asv_scope(gueret.pk):
        lines = ledger(gueret, on=TODAY)
        programme = Programme.objects.get(year=2026)
        shown = [figure.value.replace("\xa0", " ") for figure in figures(gueret, programme, shown_programme(programme))]

    assert len(lines) <= MAX_LINES
    assert shown[0] == "11 000 €"
    assert shown[1] == "12 000 €"


def test_every_broken_link_leads_to_a_page_that_a_reader_may_open(gueret, client):
    with asv_scope(gueret.pk):
        latest = Diagnostic.objects.filter(needs__isnull=False).latest("year")
        VoiceFactory(asv=gueret, diagnostic=latest, need=None)
        NeedFactory(asv=gueret, diagnostic=latest, number=99)
        thread = year_thread(gueret, on=TODAY)
    client.force_login(MembershipFactory(asv=gueret, role=Role.READER).user)

    addresses = [link.url for found in thread.breaks for link in found.links]

    assert addresses
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_demonstration_leaves_an_existing_asv_as_it_is(gueret, monkeypatch):
    monkeypatch.setattr(demo, "STORIES", ("gueret",))
    monkeypatch.setattr(demo, "build_reports", lambda data: iter(()))

    assert list(demo.build(today=TODAY)) == ["Guéret – L’Albatros : déjà en place."]


@pytest.mark.parametrize(("today", "year"), [(dt.date(2026, 6, 30), 2025), (dt.date(2026, 7, 1), 2026)])
def test_reference_year_changes_in_july(today, year):
    assert reference_year(today) == year


@pytest.mark.parametrize("name", demo.STORIES)
def test_every_budget_of_the_stories_is_balanced(name):
    for row in read(name)["proposals"]:
        products = sum(row["asked"].values()) + row["own"]
        assert sum(row["charges"].values()) == products, row["key"]
        assert sum(row["granted"].values()) <= products, row["key"]


@pytest.mark.parametrize("name", demo.STORIES)
def test_two_editions_of_a_diagnostic_have_needs_kept_answered_and_new(name):
    data = read(name)
    now = {need["key"] for need in data["needs"]}

    for edition in data["diagnostics"][:-1]:
        before = {need["key"] for need in edition["needs"]}
        assert before & now
        assert before - now
        assert now - before
