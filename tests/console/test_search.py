"""The search over what an ASV wrote."""

import pytest

from asv_platform.console.selectors.search import search
from tests.factories.actors import OrganisationFactory
from tests.factories.diagnostics import DiagnosticFactory, NeedFactory, PriorityFactory, VoiceFactory
from tests.factories.programmation import ActionFactory, CallFactory, ProgrammeFactory, ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(in_asv):
    programme = ProgrammeFactory(asv=in_asv, year=2026)
    marmite = OrganisationFactory(asv=in_asv, name="La Marmite du Moulin")
    past, present = DiagnosticFactory(asv=in_asv, year=2024), DiagnosticFactory(asv=in_asv, year=2025)
    for diagnostic in (past, present):
        PriorityFactory(asv=in_asv, diagnostic=diagnostic, title="Médiation en santé")
    NeedFactory(asv=in_asv, diagnostic=present, statement="Une médiation près de chez soi")
    VoiceFactory(asv=in_asv, diagnostic=present, words="La MÉDIATION, ça marche.")
    filed = {"call": CallFactory(programme=programme), "organisation": marmite}
    ProposalFactory(**filed, state="filed", year=2026, number=912, title="Médiation au pied des immeubles")
    ProposalFactory(**filed, draft=True, title="Médiation encore secrète")
    ProposalFactory(**filed, state="withdrawn", year=None, number=None, title="Médiation abandonnée en chemin")
    return ActionFactory(programme=programme, organisation=marmite, number=3, title="Médiation 2026")


def found(asv, text: str) -> dict[str, list[tuple[str, str]]]:
    return {group.label: [(hit.title, hit.sub) for hit in group.hits] for group in search(asv, text)}


def test_accents_and_case_are_forgiven_everywhere_and_drafts_stay_their_authors(in_asv, written):
    groups = found(in_asv, "mediation")

    assert set(groups) == {"Paroles", "Besoins", "Priorités", "Propositions", "Actions"}
    assert [title for title, _ in groups["Propositions"]] == ["Médiation au pied des immeubles"]


def test_rows_of_the_same_name_are_told_apart(in_asv, written):
    subs = {sub for _, sub in found(in_asv, "mediation")["Priorités"]}

    assert {sub.partition(",")[0] for sub in subs} == {"diagnostic 2024", "diagnostic 2025"}


def test_reference_finds_its_row(in_asv, written):
    [(title, sub)] = found(in_asv, written.reference.lower())["Actions"]
    [(_, filed)] = found(in_asv, "2026-912")["Propositions"]

    assert (title, sub.partition(",")[0]) == ("Médiation 2026", written.reference)
    assert filed.startswith("2026-912")
