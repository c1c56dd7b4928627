"""What still keeps a proposal from being filed: the same list feeds the page, the refusal and the tests."""

import datetime as dt
from dataclasses import dataclass

from programmation.models import Proposal
from programmation.selectors.budget import balance_of
from programmation.selectors.draft import Draft

STEPS = {
    "structure": "Votre structure",
    "projet": "Le projet",
    "publics": "Publics et quartiers",
    "budget": "Le budget",
    "evaluation": "Indicateurs",
    "depot": "Pièces et engagements",
}
REQUIRED_TEXTS = {
    "projet": [
        ("title", "Donner un intitulé au projet."),
        ("frequency", "Dire si c’est une première demande ou un renouvellement."),
        ("goals", "Décrire les objectifs du projet."),
        ("description", "Décrire le projet."),
        ("theme_id", "Choisir le thème principal."),
        ("starts_on", "Donner la date de début."),
        ("ends_on", "Donner la date de fin."),
        ("human_means", "Décrire les moyens humains."),
    ],
    "publics": [("expected_people", "Indiquer le nombre de personnes attendues.")],
    "evaluation": [("evaluation_method", "Dire comment le projet sera évalué.")],
    "depot": [
        ("signatory", "Nommer la personne signataire."),
        ("signatory_function", "Donner la fonction de la personne signataire."),
    ],
}


@dataclass(frozen=True)
class Missing:
    """One thing to do before filing, and the step where it is done."""

    step: str
    text: str

    @property
    def step_label(self) -> str:
        return STEPS[self.step]


def missing_before_filing(proposal: Proposal, *, on: dt.date, draft: Draft | None = None) -> list[Missing]:
    """What still keeps this proposal from being filed, in the order of the steps; empty when it is ready."""
    draft = draft or Draft(proposal)
    found = [
        *_missing_in_structure(proposal),
        *_missing_texts(proposal, "projet"),
        *_missing_publics(draft),
        *_missing_in_budget(draft),
        *_missing_in_evaluation(draft),
        *_missing_pieces(draft, on),
        *_missing_texts(proposal, "depot"),
        *_missing_commitments(proposal),
    ]
    order = list(STEPS)
    return sorted(found, key=lambda item: order.index(item.step))


def _missing_in_structure(proposal: Proposal) -> list[Missing]:
    organisation = proposal.organisation
    found = []
    if not (organisation.siret or organisation.rna):
        found.append(Missing("structure", "Compléter le numéro SIRET ou RNA de la structure."))
    if not organisation.legal_representative:
        found.append(Missing("structure", "Nommer la personne qui représente la structure."))
    if not organisation.address:
        found.append(Missing("structure", "Compléter l’adresse de la structure."))
    return found


def _missing_texts(proposal: Proposal, step: str) -> list[Missing]:
    return [Missing(step, text) for name, text in REQUIRED_TEXTS[step] if getattr(proposal, name) in ("", None)]


def _missing_publics(draft: Draft) -> list[Missing]:
    found = []
    if not draft.publics:
        found.append(Missing("publics", "Choisir au moins un public."))
    if not draft.neighbourhoods and not draft.proposal.place:
        found.append(Missing("publics", "Choisir au moins un quartier, ou préciser le lieu de réalisation."))
    found += _missing_texts(draft.proposal, "publics")
    planned = sum(row.women + row.men for row in draft.planned)
    expected = draft.proposal.expected_people or 0
    if planned and expected and planned != expected:
        found.append(
            Missing(
                "publics",
                f"Accorder le total par âge ({planned}) et le nombre de personnes attendues ({expected}).",
            )
        )
    return found


def _missing_in_budget(draft: Draft) -> list[Missing]:
    balance = balance_of(draft.lines)
    if not balance.charges:
        return [Missing("budget", "Remplir le budget du projet.")]
    found = [Missing("budget", text) for text in balance.problems()]
    if not balance.asked:
        found.append(Missing("budget", "Indiquer au moins un montant demandé à un financeur (ligne 74)."))
    # A funder of the list left without amount is simply not asked; another one, named by hand, was meant.
    if any(line.amount is None and not line.funder for line in draft.lines):
        found.append(Missing("budget", "Donner un montant à chaque autre financeur nommé, ou retirer la ligne."))
    return found


def _missing_in_evaluation(draft: Draft) -> list[Missing]:
    found = []
    if not draft.indicators:
        found.append(Missing("evaluation", "Choisir au moins un indicateur."))
    found += [
        Missing("evaluation", f"Donner une cible à « {row.name} ».") for row in draft.indicators if row.target is None
    ]
    return found + _missing_texts(draft.proposal, "evaluation")


def _missing_pieces(draft: Draft, on: dt.date) -> list[Missing]:
    asked = draft.proposal.call.pieces
    valid = {piece.kind for piece in draft.pieces if piece.valid_until is None or piece.valid_until >= on}
    labels = dict(zip(asked, draft.proposal.call.piece_labels, strict=True))
    present = {piece.kind for piece in draft.pieces}
    return [
        Missing("depot", f"Joindre {'une version valable de ' if kind in present else ''}la pièce « {labels[kind]} ».")
        for kind in asked
        if kind not in valid
    ]


def _missing_commitments(proposal: Proposal) -> list[Missing]:
    found = []
    if not proposal.republican_contract:
        found.append(Missing("depot", "Souscrire au contrat d’engagement républicain."))
    if not proposal.sworn_statement:
        found.append(Missing("depot", "Signer l’attestation sur l’honneur."))
    return found
