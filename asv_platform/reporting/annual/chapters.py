"""The chapters of the annual report (outline of Profession Banlieue): their order, and when they have a content."""

from collections.abc import Callable
from dataclasses import dataclass

from asv_platform.reporting.snapshot import AnnualSnapshot
from asv_platform.reporting.words import counted


@dataclass(frozen=True)
class Chapter:
    """One chapter: its title, the line under it in the contents, and whether the year gives it a content."""

    key: str
    title: str
    subtitle: Callable[[AnnualSnapshot], str]
    has_content: Callable[[AnnualSnapshot], bool]


def _territory(s: AnnualSnapshot) -> str:
    towns = counted(len(s.territory.towns), "commune", feminine=True)
    return f"{towns}, {counted(len(s.territory.places), 'quartier prioritaire', 'quartiers prioritaires')}"


def _programme(s: AnnualSnapshot) -> str:
    parts = [counted(len(s.actions), "action", feminine=True)]
    if s.diagnostic.priorities:
        parts.append(counted(len(s.diagnostic.priorities), "priorité", feminine=True))
    if s.funders:
        parts.append(counted(len(s.funders), "financeur"))
    return ", ".join(parts)


def _votes(s: AnnualSnapshot) -> bool:
    return any(row.resident_votes is not None for row in s.diagnostic.priorities)


def _alerts(s: AnnualSnapshot) -> str:
    alerts = counted(len(s.alerts), "signal adressé", "signaux adressés") + " aux institutions" if s.alerts else ""
    return alerts or "Là où le fil est rompu"


CHAPTERS = (
    Chapter("essentials", "L’essentiel", lambda s: "L’année en chiffres, la fiche d’identité", lambda s: True),
    Chapter("territory", "Le territoire", _territory, lambda s: bool(s.territory.towns or s.territory.places)),
    Chapter(
        "diagnostic",
        "Le diagnostic partagé",
        lambda s: "Ce que disent les voix du territoire, besoins et priorités",
        lambda s: bool(s.diagnostic.comparisons or s.diagnostic.needs or s.diagnostic.themes),
    ),
    Chapter("programme", "Le programme", _programme, lambda s: bool(s.actions)),
    Chapter("actions", "Les actions", lambda s: "Une fiche par action", lambda s: bool(s.actions)),
    Chapter(
        "finances", "Les finances", lambda s: "Demandé, accordé, réalisé ; écarts expliqués", lambda s: bool(s.funders)
    ),
    Chapter(
        "results",
        "Les résultats",
        lambda s: "Ce que disent les bilans, ce qu’ils taisent",
        lambda s: any(action.measures or action.is_reported for action in s.actions),
    ),
    Chapter(
        "effects", "Les effets", lambda s: "Habitants, professionnels, politiques publiques", lambda s: bool(s.effects)
    ),
    Chapter(
        "participation",
        "La participation",
        lambda s: "Qui a parlé, qui a voté, qui est venu",
        lambda s: bool(s.participation or s.participants or s.attendance.sexes or s.diagnostic.voices or _votes(s)),
    ),
    Chapter("alerts", "Les alertes", _alerts, lambda s: bool(s.alerts or s.broken_links)),
    Chapter(
        "perspectives",
        "Les perspectives",
        lambda s: f"Suites annoncées, décisions attendues, calendrier {s.edition.year + 1}",
        lambda s: bool(s.commitments or s.calendar or s.edition.decisions or s.next_committee),
    ),
    Chapter("annex", "Annexe", lambda s: "Les indicateurs action par action, la méthode", lambda s: bool(s.actions)),
)
TITLES = {chapter.key: chapter.title for chapter in CHAPTERS}
TOGETHER = frozenset(TITLES) - {"essentials", "territory", "diagnostic", "programme", "actions"}
FEW_ACTIONS = 3  # up to here these chapters follow one another: a page for each would be nearly blank


@dataclass(frozen=True)
class NumberedChapter:
    """A chapter as it is printed: its place, its label in the margin (3, or A for the annex), the page it begins."""

    key: str
    title: str
    subtitle: str
    place: int
    label: str
    comment: str
    page: int  # the place of the chapter whose pages (``c3``) it shares: its own, but in a short report

    @property
    def css(self) -> str:
        """The classes of its first section."""
        return f"c{self.page} new-page" if self.page == self.place else f"c{self.page} together"


def printed_chapters(snapshot: AnnualSnapshot) -> list[NumberedChapter]:
    """The chapters chosen (all when none is) that have a content, numbered in the order of the outline."""
    chosen = set(snapshot.edition.chapters) or set(TITLES)
    kept = [chapter for chapter in CHAPTERS if chapter.key in chosen and chapter.has_content(snapshot)]
    few = len(snapshot.actions) <= FEW_ACTIONS
    shared = next((place for place, chapter in enumerate(kept, start=1) if few and chapter.key in TOGETHER), len(kept))
    return [
        NumberedChapter(
            key=chapter.key,
            title=chapter.title,
            subtitle=_capital(chapter.subtitle(snapshot)),
            place=place,
            label="A" if chapter.key == "annex" else str(place),
            comment=snapshot.edition.comments.get(chapter.key, ""),
            page=min(place, shared),
        )
        for place, chapter in enumerate(kept, start=1)
    ]


def empty_chapters(snapshot: AnnualSnapshot) -> list[str]:
    """The titles of the chosen chapters left out for want of data. Without alert it is no data that is missing."""
    return [chapter.title for chapter in _left_out(snapshot) if chapter.key != "alerts"]


def has_no_alert(snapshot: AnnualSnapshot) -> bool:
    """Whether the chapter of alerts was chosen and there is none."""
    return any(chapter.key == "alerts" for chapter in _left_out(snapshot))


def _left_out(snapshot: AnnualSnapshot) -> list[Chapter]:
    chosen = set(snapshot.edition.chapters) or set(TITLES)
    return [chapter for chapter in CHAPTERS if chapter.key in chosen and not chapter.has_content(snapshot)]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
