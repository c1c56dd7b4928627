"""Every question of the form, in the order of its steps, for the public page and the blank form."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from programmation.enums import AgeBand
from programmation.models import Call, Proposal
from programmation.nomenclature import Nomenclature, nomenclature
from programmation.selectors.filing import STEPS
from programmation.selectors.steps import STEP_FIELDS

STRUCTURE = (
    "Nom et sigle", "Nature", "SIRET ou RNA", "Missions", "Adresse, téléphone, courriel",
    "Personne qui la représente et sa fonction", "Salariés, bénévoles, adhérents", "Agréments",
)  # fmt: skip


WORDS = {
    field.name: str(field.verbose_name) for field in (*Proposal._meta.concrete_fields, *Proposal._meta.many_to_many)
}


@dataclass(frozen=True)
class StepQuestions:
    """One step: its title and its questions."""

    step: str
    title: str
    questions: tuple[str, ...]
    grid: Nomenclature | None = None


@cache
def republican_commitments() -> tuple[str, ...]:
    """The seven commitments of the republican contract (décret n° 2021-1947)."""
    path = Path(__file__).parent.parent / "data" / "contrat-engagement-republicain.json"
    return tuple(json.loads(path.read_text())["commitments"])


def blank_form(call: Call) -> list[StepQuestions]:
    """What a proposal to this call asks."""
    ages = ", ".join(str(band.label) for band in AgeBand)
    more = {
        "publics": (f"Femmes et hommes attendus par âge : {ages}",),
        "evaluation": ("Indicateurs, choisis dans une banque ou écrits par vous : départ et cible",),
        "depot": tuple(f"Pièce : {label}" for label in call.piece_labels),
    }
    steps = [StepQuestions("structure", STEPS["structure"], STRUCTURE)]
    for step, title in list(STEPS.items())[1:]:
        names = STEP_FIELDS[step]
        questions = tuple(WORDS[name] for name in names)
        questions = tuple(text[:1].upper() + text[1:] for text in questions)
        grid = nomenclature() if step == "budget" else None
        steps.append(StepQuestions(step, title, questions + more.get(step, ()), grid))
    return steps
