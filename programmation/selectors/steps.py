"""What each step of the form holds, and the token that tells whether somebody changed it meanwhile."""

import hashlib
import json
from collections.abc import Iterable

from programmation.models import Proposal
from programmation.selectors.draft import Draft

STEP_FIELDS = {
    "projet": (
        "title", "frequency", "theme", "objectives", "goals", "description", "starts_on", "ends_on", "human_means",
        "material_means", "partners", "determinants", "ottawa_axis",
    ),
    "publics": ("publics", "neighbourhoods", "place", "expected_people", "expected_qpv_people"),
    "budget": (),
    "evaluation": ("evaluation_method",),
    "depot": ("signatory", "signatory_function", "iban", "republican_contract", "sworn_statement"),
}  # fmt: skip
COLUMNS = {field.name: field.attname for field in Proposal._meta.concrete_fields}
MANY = {field.name for field in Proposal._meta.many_to_many}


# The rows of a step, and what they say: (their name in ``Draft``, fields).
STEP_ROWS = {
    "publics": ("planned", ("age_band", "women", "men")),
    "budget": ("lines", ("side", "code", "label", "amount", "funder_id", "funding_state")),
    "evaluation": ("indicators", ("name", "kind", "unit", "is_ratio", "baseline", "target")),
}


def step_token(draft: Draft, step: str) -> str:
    """A short fingerprint of what this step holds in the database now."""
    return hashlib.sha256(json.dumps(step_content(draft, step), default=str).encode()).hexdigest()[:16]


def step_content(draft: Draft, step: str) -> list:
    """What this step holds: its answers, then its rows."""
    answers = [
        sorted(row.pk for row in getattr(draft, name)) if name in MANY else getattr(draft.proposal, COLUMNS[name])
        for name in STEP_FIELDS[step]
    ]
    return [answers, row_values(step, stored_rows(draft, step))]


def stored_rows(draft: Draft, step: str) -> tuple:
    """The rows of this step; none for a step of fields only."""
    return getattr(draft, STEP_ROWS[step][0]) if step in STEP_ROWS else ()


def row_values(step: str, rows: Iterable) -> list[list]:
    """What these rows of the step say, stored or not."""
    return [[getattr(row, name) for name in STEP_ROWS[step][1]] for row in rows]
