"""One knot of the thread, as the component ``thread_chain`` draws it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Knot:
    """A step of the chain: what it is, where it leads, and whether the thread holds there.

    ``state`` is done, current, missing (the thread is broken: say with ``action_label`` what to do) or todo.
    ``links`` names several rows, (words, address) each, where ``label`` and ``url`` name one.
    ``lead`` is written above the first knot of a part (« Cette action vient de »).
    """

    kind: str
    label: str = ""
    url: str = ""
    state: str = "done"
    sub: str = ""
    hint: str = ""
    action_label: str = ""
    action_url: str = ""
    big: str = ""
    lead: str = ""
    links: tuple[tuple[str, str], ...] = ()
