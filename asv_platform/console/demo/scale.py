"""A larger demonstration for the measures: the rows of the first ASV, many times over.

The copies are written in bulk and without history: they are only there to be counted, sorted and read.
"""

import copy
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from actors.models import Organisation, Person
from asv_platform.territories.models import Asv
from asv_platform.territories.scoping import asv_scope
from diagnostics.models import Need, Voice
from evaluation.models import ActionIndicator, ActionReport, ReportLine, Session
from programmation.models import Action, BudgetLine, Decision, PlannedPublic, Proposal

BATCH = 2000
MANY: dict[type[models.Model], tuple[str, ...]] = {
    Organisation: ("themes", "neighbourhoods"),
    Proposal: ("neighbourhoods", "objectives"),
    Action: ("neighbourhoods", "objectives"),
}


@transaction.atomic
def multiply(asv: Asv, scale: int) -> None:
    """Make the network, the voices, the proposals, the actions and their sessions ``scale`` times as many."""
    with asv_scope(asv.pk):
        for round_number in range(1, scale):
            _round(round_number)


def _round(round_number: int) -> None:
    organisations = _copies(Organisation, round_number, siret="", rna="", finess="")
    _copies(Person, round_number, rpps="")
    needs = _copies(Need, round_number)
    _copies(Voice, round_number, parents={"need": needs})
    parents = {"organisation": organisations}
    proposals = _copies(Proposal, round_number, parents=parents)
    for of_proposal in (BudgetLine, PlannedPublic, Decision):
        _copies(of_proposal, round_number, parents={"proposal": proposals})
    actions = _copies(Action, round_number, parents=parents | {"proposal": proposals})
    for of_action in (Session, ActionIndicator):
        _copies(of_action, round_number, parents={"action": actions})
    reports = _copies(ActionReport, round_number, parents={"action": actions})
    _copies(ReportLine, round_number, parents={"report": reports})


def _originals(model: type[models.Model]) -> Iterable[Any]:
    """The rows of the demonstration itself: the copies of the earlier rounds have higher ids."""
    last = _LAST.setdefault(model, model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0)
    return model._default_manager.filter(pk__lte=last).order_by("pk")


_LAST: dict[type[models.Model], int] = {}


def _copies(
    model: type[models.Model], round_number: int, *, parents: dict[str, dict[int, int]] | None = None, **changes: Any
) -> dict[int, int]:
    """Copy every original row; returns {id of the original: id of its copy}."""
    originals = list(_originals(model))
    rows = [_copy(row, round_number, parents or {}, changes) for row in originals]
    created = model._default_manager.bulk_create(rows, batch_size=BATCH)
    pairs = {old.pk: new.pk for old, new in zip(originals, created, strict=True)}
    for name in MANY.get(model, ()):
        _copy_links(model, name, pairs)
    return pairs


def _copy(row: Any, round_number: int, parents: dict[str, dict[int, int]], changes: dict[str, Any]) -> Any:
    new = copy.copy(row)
    new._state = copy.copy(row._state)
    new.pk, new._state.adding = None, True
    for name, ids in parents.items():
        old = getattr(row, f"{name}_id")
        setattr(new, f"{name}_id", ids.get(old, old))
    for name, value in changes.items():
        setattr(new, name, value)
    if getattr(new, "number", None):
        new.number += 10_000 * round_number
    return new


def _copy_links(model: type[models.Model], name: str, pairs: dict[int, int]) -> None:
    through = getattr(model, name).through
    source = f"{model._meta.model_name}_id"
    links = through._default_manager.filter(**{f"{source}__in": pairs.keys()})
    rows = []
    for link in links:
        new = copy.copy(link)
        new.pk, new._state = None, copy.copy(link._state)
        new._state.adding = True
        setattr(new, source, pairs[getattr(link, source)])
        rows.append(new)
    through._default_manager.bulk_create(rows, batch_size=BATCH)
