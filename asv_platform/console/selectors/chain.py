"""The thread through one row: what it comes from and what it leads to, the same eight knots on every page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Model, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast
from django.urls import reverse

from asv_platform.common.counting import CountRows, figures_of
from asv_platform.common.formats import date_short, money, number, plural, shorten
from asv_platform.common.knots import Knot
from asv_platform.territories.models import Asv
from diagnostics.models import Evidence, Need, Priority, Voice
from evaluation.enums import SessionState
from evaluation.models import ActionReport, Session
from programmation.models import Action, Decision, Objective, Proposal

MOST_LINKS = 3
LONGEST_LABEL, LONGEST_OF_SEVERAL = 70, 45
May = Callable[[str], bool]
Rows = dict[type[Model], QuerySet]

# From a stage to the one before it, then to the one after it, with the lookup that joins them. A stage reached is not
# reached again: the order says which road wins (a proposal leads to its own action, not to all those of its objective).
BACK: tuple[tuple[type[Model], type[Model], str], ...] = (
    (ActionReport, Action, "reports"),
    (Session, Action, "sessions"),
    (Action, Proposal, "action"),
    (Action, Objective, "actions"),
    (Proposal, Objective, "proposals"),
    (Objective, Priority, "objectives"),
    (Priority, Need, "priorities"),
    (Need, Voice, "need"),
)
AHEAD: tuple[tuple[type[Model], type[Model], str], ...] = (
    (Voice, Need, "voices"),
    (Need, Priority, "needs"),
    (Priority, Objective, "priorities"),
    (Proposal, Action, "proposal"),
    (Objective, Proposal, "objectives"),
    (Objective, Action, "objectives"),
    (Action, Session, "action"),
    (Action, ActionReport, "action"),
)


@dataclass(frozen=True)
class Repair:
    """The page that ties the thread again, opened on the first row of the next stage, and who may use it."""

    permission: str
    url: str
    words: str


@dataclass(frozen=True)
class Stage:
    """A knot that names its rows: their words, where they are read, and what to do when there is none."""

    model: type[Model]
    kind: str
    kinds: str
    words: str
    url: str
    repair: Repair | None = None

    @property
    def list_url(self) -> str:
        return self.url.replace("_detail", "_list")


NAMED = (
    Stage(
        Need, "Besoin", "besoins", "statement", "diagnostics:need_detail",
        Repair("diagnostics.edit", "diagnostics:priority_edit", "Relier un besoin"),
    ),
    Stage(
        Priority, "Priorité", "priorités", "title", "diagnostics:priority_detail",
        Repair("programmation.edit", "programmation:objective_edit", "Relier une priorité"),
    ),
    Stage(
        Objective, "Objectif", "objectifs", "title", "programmation:objective_detail",
        Repair("programmation.edit", "programmation:action_edit", "Relier un objectif"),
    ),
    Stage(Proposal, "Proposition", "propositions", "title", "programmation:proposal_detail"),
    Stage(Action, "Action", "actions", "title", "programmation:action_detail"),
)  # fmt: skip
ORDER: tuple[type[Model], ...] = (Voice, *(stage.model for stage in NAMED), Session, ActionReport)
# The row that holds the link to each stage: an action says its objectives, an objective its priorities…
HOLDERS: dict[type[Model], type[Model]] = {Need: Priority, Priority: Objective, Objective: Action}


@dataclass(frozen=True)
class Chain:
    """What was read of the thread through ``row``: the named rows by stage, the figures of the others."""

    row: Model
    asv: Asv
    named: dict[type[Model], list[tuple[int, str]]]
    figures: dict[str, Any]

    def first(self, model: type[Model]) -> int | None:
        """The key of a row of this stage, for a link; None when the thread does not reach it."""
        if isinstance(self.row, model):
            return self.row.pk
        return self.named[model][0][0] if self.named.get(model) else None

    def only(self, model: type[Model]) -> int | None:
        """The same when the thread reaches one row: a figure about several has no page of its own."""
        several = not isinstance(self.row, model) and len(self.named.get(model, ())) > 1
        return None if several else self.first(model)

    def part(self, name: str, pk: int | None, part: str) -> str:
        """A part of the page ``name`` of a row; empty without row."""
        return f"{self.url(name, pk)}#{part}" if pk else ""

    def url(self, name: str, pk: int) -> str:
        """The page ``name`` of a row of the same ASV."""
        return reverse(name, kwargs={"asv": self.asv.slug, "pk": pk})


def chain_of(row: Model, *, asv: Asv, may: May) -> list[Knot]:
    """The knots of the thread through a row of one of its stages, in ``asv``.

    Archived rows, drafts of proposals, cancelled actions and sessions are left out. ``may`` says whether the reader
    has a permission: only who can tie a missing knot is told where. Two queries, whatever the length of the thread.
    """
    rows = _rows(row)
    chain = Chain(row, asv, _named(rows), _figures(asv, rows))
    knots = [
        _voices_knot(chain),
        *(_named_knot(chain, stage, may) for stage in NAMED),
        _sessions_knot(chain),
        _reports_knot(chain),
    ]
    here = ORDER.index(type(row))
    leads = {0: "Vient de", here: "", here + 1: "Mène à"}
    return [replace(knot, lead=leads.get(place, "")) for place, knot in enumerate(knots)]


def _rows(row: Model) -> Rows:
    found: Rows = {type(row): type(row)._default_manager.filter(pk=row.pk)}
    for source, target, lookup in (*BACK, *AHEAD):
        if source in found and target not in found:
            found[target] = _live(target).filter(**{f"{lookup}__in": found[source].values("pk")})
    return found


def _live(model: type[Model]) -> QuerySet:
    if model is Proposal:
        return Proposal.objects.received()
    if model is Action:
        return Action.objects.live()
    manager: Any = model._default_manager
    return manager.active().exclude(state=SessionState.CANCELLED) if model is Session else manager.active()


def _named(rows: Rows) -> dict[type[Model], list[tuple[int, str]]]:
    """The rows of the named stages, in one query."""
    stages = [stage for stage in NAMED if stage.model in rows]
    columns = [
        rows[stage.model].order_by().values_list(Value(rank), "pk", Cast(stage.words, CharField()))
        for rank, stage in enumerate(stages)
    ]
    found: dict[type[Model], list[tuple[int, str]]] = {}
    for rank, pk, words in sorted(columns[0].union(*columns[1:])):
        found.setdefault(stages[rank].model, []).append((pk, words))
    return found


def _figures(asv: Asv, rows: Rows) -> dict[str, Any]:
    """What is counted and not named, in one query."""
    needs, proposals = rows.get(Need, Need.objects.none()), rows.get(Proposal, Proposal.objects.none())
    sessions, reports = rows.get(Session, Session.objects.none()), rows.get(ActionReport, ActionReport.objects.none())
    return figures_of(
        asv,
        voices=CountRows(rows.get(Voice, Voice.objects.none())),
        proofs=CountRows(Evidence.objects.active().filter(need__in=needs.values("pk"))),
        granted=_granted(proposals),
        held=CountRows(sessions.held()),
        sessions=CountRows(sessions),
        told=CountRows(reports.rendered()),
        reports=CountRows(reports),
    )


def _granted(proposals: QuerySet) -> Subquery:
    decisions = Decision.objects.counted().filter(proposal__in=proposals.values("pk"))
    return Subquery(decisions.order_by().values("asv_id").annotate(total=Sum("amount")).values("total"))


def _voices_knot(chain: Chain) -> Knot:
    if isinstance(chain.row, Voice):
        return Knot("Parole", f"« {shorten(chain.row.words, LONGEST_LABEL)} »", state="current")
    voices, proofs = chain.figures["voices"], chain.figures["proofs"]
    if not voices and not proofs:
        url = chain.part("diagnostics:need_detail", chain.first(Need), "paroles")
        return Knot("Paroles", "Il en manque", state="missing", action_url=url, action_label="Voir le besoin")
    url = chain.part("diagnostics:need_detail", chain.only(Need), "paroles")
    heard = [plural(count, noun) for count, noun in ((voices, "parole"), (proofs, "preuve")) if count]
    return Knot("Paroles", heard[0], url, sub=", ".join(heard[1:]))


def _named_knot(chain: Chain, stage: Stage, may: May) -> Knot:
    found = chain.named.get(stage.model, [])
    if not found:
        return _empty_knot(chain, stage, may)
    if isinstance(chain.row, stage.model):
        return Knot(stage.kind, shorten(found[0][1], LONGEST_LABEL), state="current", hint=_money(chain, stage))
    length, more = (LONGEST_LABEL if len(found) == 1 else LONGEST_OF_SEVERAL), len(found) - MOST_LINKS
    return Knot(
        stage.kind if len(found) == 1 else f"{number(len(found))} {stage.kinds}",
        links=tuple((shorten(words, length), chain.url(stage.url, pk)) for pk, words in found[:MOST_LINKS]),
        sub=f"et {plural(more, 'autre')}" if more > 0 else "",
        hint=_money(chain, stage),
    )


def _money(chain: Chain, stage: Stage) -> str:
    granted = chain.figures["granted"]
    return f"{money(granted)} accordés" if stage.model is Proposal and granted else ""


def _empty_knot(chain: Chain, stage: Stage, may: May) -> Knot:
    if stage.model is Proposal and chain.first(Action):
        return Knot(stage.kind, "Inscrite par l’atelier", sub="sans appel")
    place, here = ORDER.index(stage.model), ORDER.index(type(chain.row))
    if place < here and stage.repair:
        return _broken_knot(chain, stage, stage.repair, may)
    if place == here + 1 and stage.repair:
        url = reverse(stage.list_url, kwargs={"asv": chain.asv.slug})
        return Knot(stage.kind, "Il en manque", state="missing", action_url=url, action_label=f"Voir les {stage.kinds}")
    return Knot(stage.kind, "Pas encore", state="todo")


def _broken_knot(chain: Chain, stage: Stage, repair: Repair, may: May) -> Knot:
    """The thread should have come through here: the row that ought to say so can be edited."""
    holder = chain.first(HOLDERS[stage.model])
    url = chain.url(repair.url, holder) if holder and may(repair.permission) else ""
    return Knot(stage.kind, "Il en manque", state="missing", action_url=url, action_label=repair.words)


def _sessions_knot(chain: Chain) -> Knot:
    if isinstance(chain.row, Session):
        return Knot("Séance", date_short(chain.row.held_on), state="current")
    held, noted = chain.figures["held"], chain.figures["sessions"]
    if not noted:
        return Knot("Séances", "Pas encore", state="todo")
    url = chain.part("evaluation:action", chain.only(Action), "seances")
    return Knot("Séances", f"{number(held)} sur {number(noted)}", url, sub="tenues", state="done" if held else "todo")


def _reports_knot(chain: Chain) -> Knot:
    if isinstance(chain.row, ActionReport):
        return Knot("Bilan", chain.row.get_state_display(), state="current")
    told, asked = chain.figures["told"], chain.figures["reports"]
    if not asked:
        return Knot("Bilans", "Pas encore", state="todo")
    url = chain.part("evaluation:action", chain.only(Action), "bilans")
    return Knot("Bilans", f"{number(told)} sur {number(asked)}", url, sub="rendus", state="done" if told else "todo")
