"""The SHA-256 of what was filed: anyone can check later that nothing was changed."""

import hashlib
import json

from programmation.models import ProposalPiece
from programmation.selectors.draft import Draft
from programmation.selectors.steps import STEP_FIELDS, step_content

MISSING = "fichier absent"


def fingerprint(draft: Draft) -> str:
    """The fingerprint of everything that the steps of the form hold, and of each piece joined, byte by byte."""
    proposal = draft.proposal
    content = {
        "organisation": proposal.organisation_id,
        "call": proposal.call_id,
        "nomenclature": proposal.nomenclature,
        "steps": {step: step_content(draft, step) for step in STEP_FIELDS},
        "pieces": [[piece.kind, piece.name, _digest(piece)] for piece in draft.pieces],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def is_as_filed(draft: Draft) -> bool:
    """Whether the file says today what it said when its fingerprint was given; every piece is read again."""
    return fingerprint(draft) == draft.proposal.fingerprint


def _digest(piece: ProposalPiece) -> str:
    try:
        with piece.file.open("rb") as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest()
    except FileNotFoundError:
        return MISSING
