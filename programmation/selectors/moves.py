"""What follows from a move of a programme, a proposal or an action: said before somebody confirms it."""

import datetime as dt

from asv_platform.common.formats import join_and, money, plural
from programmation.enums import ActionState, ProgrammeTransition, ProposalTransition
from programmation.models import Action, Call, Programme, Proposal
from programmation.selectors.money import programme_money
from programmation.selectors.programmes import call_summaries

# How many actions are named before the others are only counted.
MOST_NAMED = 3
FOR_GOOD = "Ce passage est définitif."


def unfinished_actions(programme: Programme):
    """The actions of a programme that are still planned, running or blocked."""
    return Action.objects.live().filter(programme=programme).exclude(state=ActionState.DONE)


def after_programme_move(programme: Programme, transition: ProgrammeTransition, *, at: dt.datetime) -> list[str]:
    """What the move changes, and what is left undone behind it."""
    return {
        ProgrammeTransition.OPEN: _opened,
        ProgrammeTransition.REOPEN: _opened,
        ProgrammeTransition.ARBITRATE: _arbitrated,
        ProgrammeTransition.VOTE: _voted,
        ProgrammeTransition.RUN: _started,
        ProgrammeTransition.CLOSE: _closed,
    }[transition](programme, at)


def _calls(programme: Programme, at: dt.datetime) -> list[str]:
    calls = call_summaries(Call.objects.published().filter(programme=programme).order_by("closes_at"), at=at)
    if not calls:
        return ["Aucun appel de ce programme n’est publié : les partenaires ne peuvent rien déposer."]
    return [f"« {call.title} » : {call.when}. La date de l’appel ne change pas." for call in calls]


def _waiting(programme: Programme) -> list[str]:
    waiting = Proposal.objects.undecided().filter(call__programme=programme).count()
    return [f"{plural(waiting, 'proposition attend', 'propositions attendent')} une décision."] if waiting else []


def _opened(programme: Programme, at: dt.datetime) -> list[str]:
    return _calls(programme, at)


def _arbitrated(programme: Programme, at: dt.datetime) -> list[str]:
    return [*_waiting(programme), *_calls(programme, at), "Le programme pourra être rouvert aux propositions."]


def _voted(programme: Programme, at: dt.datetime) -> list[str]:
    granted = money(programme_money(programme).granted)
    return [*_waiting(programme), f"{granted} sont accordés à ce jour.", FOR_GOOD]


def _started(programme: Programme, at: dt.datetime) -> list[str]:
    return [
        *_unfinished(programme),
        "Chaque action démarre depuis sa propre fiche : rien ne change pour elles.",
        FOR_GOOD,
    ]


def _closed(programme: Programme, at: dt.datetime) -> list[str]:
    granted = money(programme_money(programme).granted)
    return [
        *_unfinished(programme),
        *_waiting(programme),
        f"{granted} ont été accordés.",
        "Les séances et les bilans attendus se saisissent encore.",
        "Un programme clos ne se rouvre pas.",
    ]


def _unfinished(programme: Programme) -> list[str]:
    titles = list(unfinished_actions(programme).order_by("number").values_list("title", flat=True))
    if not titles:
        return []
    named = [f"« {title} »" for title in titles[:MOST_NAMED]]
    others = len(titles) - len(named)
    words = join_and([*named, plural(others, "autre")] if others else named)
    count = plural(len(titles), "action n’est pas terminée", "actions ne sont pas terminées")
    return [f"{count} : {words}."]


def after_proposal_move(proposal: Proposal, transition: ProposalTransition) -> list[str]:
    """What the move changes for the team and for the partner."""
    quiet = "Le porteur n’est pas prévenu : il lit « En instruction »."
    if transition == ProposalTransition.CHECK:
        return ["Le porteur n’est pas prévenu : il lit « Déposée, en cours de vérification »."]
    if transition == ProposalTransition.DELIBERATE:
        return ["Les décisions des financeurs pourront être enregistrées.", quiet]
    decided = proposal.decisions.active().count()
    kept = f"{plural(decided, 'décision déjà enregistrée reste notée', 'décisions déjà enregistrées restent notées')}."
    return [*([kept] if decided else []), quiet]
