"""A state machine small enough to read as a table."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from asv_platform.common.errors import DomainError


class TransitionRefused(DomainError):
    """The object is not in a state from which this transition may start."""


@dataclass(frozen=True)
class Workflow:
    """Permitted moves: transition → (source states, target state). Anything absent is refused."""

    table: Mapping[models.TextChoices, tuple[frozenset[str], str]]

    def target(self, transition: models.TextChoices, *, source: str) -> str:
        """The state reached from ``source``. Raises TransitionRefused, in French, when the move is not permitted."""
        sources, target = self.table[transition]
        if source not in sources:
            raise TransitionRefused(f"« {transition.label} » n’est plus possible : l’état a changé entre-temps.")
        return target

    def available(self, source: str) -> list[models.TextChoices]:
        """The transitions that may start from ``source``, in the order of the table."""
        return [transition for transition, (sources, _) in self.table.items() if source in sources]
