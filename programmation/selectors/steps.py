"""What each step of the form holds, and the token that tells whether somebody changed it meanwhile."""

import hashlib
import json

from programmation.models import Proposal

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


def step_token(proposal: Proposal, step: str) -> str:
    """A short fingerprint of what this step holds in the database now."""
    content = [
        sorted(getattr(proposal, name).values_list("pk", flat=True))
        if name in MANY
        else getattr(proposal, COLUMNS[name])
        for name in STEP_FIELDS[step]
    ]
    text = json.dumps([content, _rows(proposal, step)], default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rows(proposal: Proposal, step: str) -> list:
    if step == "budget":
        fields = ("side", "code", "label", "amount", "funder_id", "funding_state")
        return [list(row) for row in proposal.budget_lines.values_list(*fields)]
    if step == "publics":
        return [list(row) for row in proposal.planned_publics.values_list("age_band", "women", "men")]
    if step == "evaluation":
        fields = ("name", "kind", "unit", "is_ratio", "baseline", "target")
        return [list(row) for row in proposal.indicators.values_list(*fields)]
    return []
