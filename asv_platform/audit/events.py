"""What each event of the activity log reads like, in French.

Each app writes its sentences in its own ``audit_events.py``, found by itself at start-up::

    register_events({"proposal.filed": "a déposé la proposition"})

A sentence starts after the author's name and ends before the title of the thing.
"""

from collections.abc import Mapping

_sentences: dict[str, str] = {}
# The verbs that any model may share; an app's own sentence wins.
_VERBS = {
    "created": "a créé",
    "updated": "a modifié",
    "changed": "a modifié",
    "renamed": "a renommé",
    "archived": "a archivé",
    "restored": "a rétabli",
    "deleted": "a supprimé",
    "removed": "a retiré",
    "confirmed": "a confirmé",
    "rejected": "a écarté",
    "sent": "a envoyé",
    "published": "a publié",
    "closed": "a clos",
    "reopened": "a rouvert",
}


def register_events(sentences: Mapping[str, str]) -> None:
    """Give events their French sentence. Raises ValueError when an event already has another one."""
    for event, sentence in sentences.items():
        if _sentences.setdefault(event, sentence) != sentence:
            raise ValueError(f"{event} has two sentences")


def event_sentence(event: str) -> str:
    """« a déposé la proposition » for ``proposal.filed``; a general verb for an event without a sentence."""
    return _sentences.get(event) or _VERBS.get(event.rpartition(".")[2], "est intervenu sur")


def is_labelled(event: str) -> bool:
    """Whether this event reads as a sentence of its own or as a common verb."""
    return event in _sentences or event.rpartition(".")[2] in _VERBS


def event_choices() -> list[tuple[str, str]]:
    """The registered events, for a filter, in alphabetical order of their sentences."""
    return sorted(((event, sentence[:1].upper() + sentence[1:]) for event, sentence in _sentences.items()), key=_label)


def _label(choice: tuple[str, str]) -> str:
    return choice[1].casefold()
