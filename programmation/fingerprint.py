"""The SHA-256 of what was filed: anyone can check later that nothing was changed."""

import hashlib
import json
from decimal import Decimal
from typing import Any

FIELDS = (
    "title", "frequency", "goals", "description", "theme_id", "ottawa_axis_id", "starts_on", "ends_on", "human_means",
    "material_means", "partners", "place", "expected_people", "expected_qpv_people", "evaluation_method", "signatory",
    "signatory_function", "iban", "republican_contract", "sworn_statement", "nomenclature",
)  # fmt: skip


def _plain(value: Any) -> Any:
    return f"{value:.2f}" if isinstance(value, Decimal) else value


def fingerprint(draft: Any) -> str:
    """The fingerprint of a ``selectors.Draft``: texts, budget, indicators, publics, pieces."""
    proposal = draft.proposal
    content = {
        "organisation": proposal.organisation_id,
        "call": proposal.call_id,
        "fields": {name: _plain(getattr(proposal, name)) for name in FIELDS},
        "budget": [
            [line.side, line.code, line.label, _plain(line.amount), line.funder_id, line.funding_state]
            for line in draft.lines
        ],
        "indicators": [[row.name, row.unit, _plain(row.baseline), _plain(row.target)] for row in draft.indicators],
        "planned": [[row.age_band, row.women, row.men] for row in draft.planned],
        "publics": sorted(term.pk for term in draft.publics),
        "neighbourhoods": sorted(place.code for place in draft.neighbourhoods),
        "objectives": sorted(objective.pk for objective in draft.objectives),
        "pieces": [[piece.kind, piece.name, piece.size] for piece in draft.pieces],
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
