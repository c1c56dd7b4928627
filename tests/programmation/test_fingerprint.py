"""The fingerprint of a filing changes with anything that was filed, and the page of the dossier says so."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from actors.models import Term
from programmation.fingerprint import fingerprint, is_as_filed
from programmation.models import Proposal
from programmation.selectors import Draft
from tests.factories.programmation import ProposalFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(in_asv, call):
    """A filed proposal with its fingerprint."""
    proposal = ProposalFactory(call=call, complete=True)
    proposal.fingerprint = fingerprint(drafted(proposal))
    proposal.save()
    return proposal


def drafted(proposal):
    return Draft(Proposal.objects.get(pk=proposal.pk))


def set_determinants(proposal):
    proposal.determinants.set(Term.objects.filter(kind="determinant")[:1])


def set_indicator(proposal):
    proposal.indicators.update(kind="impact")


def set_ratio(proposal):
    proposal.indicators.update(is_ratio=True)


def set_amount(proposal):
    proposal.budget_lines.update(amount=7)


def set_piece(proposal):
    """Other bytes under the same name, of the same size."""
    piece = proposal.pieces.get()
    piece.file.save("rib.pdf", ContentFile(b"x" * piece.size))


def lose_piece(proposal):
    piece = proposal.pieces.get()
    piece.file.storage.delete(piece.file.name)


@pytest.mark.parametrize("change", [set_determinants, set_indicator, set_ratio, set_amount, set_piece, lose_piece])
def test_any_change_after_the_filing_shows(client, alice, filed, change):
    client.force_login(alice)
    url = reverse("programmation:proposal_pieces", kwargs={"asv": filed.asv.slug, "pk": filed.pk})
    assert is_as_filed(drafted(filed))
    assert "Vérifiée à l’instant" in client.get(url).text

    change(filed)

    assert not is_as_filed(drafted(filed))
    assert "n’est plus celui du dépôt" in client.get(url).text
