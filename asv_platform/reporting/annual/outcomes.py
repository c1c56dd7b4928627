"""The chapters Les résultats, Les effets and Annexe."""

from collections import Counter

from asv_platform.common.formats import number, plural
from asv_platform.reporting import charts
from asv_platform.reporting.annual.chapters import FEW_ACTIONS
from asv_platform.reporting.documents import csv_file
from asv_platform.reporting.measures import MeasureRow, measure_rows, targets_of
from asv_platform.reporting.rendering import AttachedFile
from asv_platform.reporting.snapshot import AnnualSnapshot, Effect
from asv_platform.reporting.totals import Totals, totals_of
from asv_platform.reporting.words import capital, counted, in_words, listed, share, whole_percent

LEVELS = {
    "residents": "Pour les habitants",
    "professionals": "Pour les professionnels",
    "policies": "Sur les politiques publiques",
}
PROOFS = (
    ("Mesuré", "chiffre suivi, comparé à l’objectif quand il y en a un"),
    ("Déclaré", "dit par les porteurs ou les personnes concernées"),
    ("Présumé", "vraisemblable, à confirmer"),
)
MOST_EFFECTS = 8  # of a level; the chapter of results lists them all
PLURALS = {"de résultat": "de résultat", "suivie": "suivies"}


def results(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Les résultats shows."""
    totals = totals_of(snapshot)
    every = [(action.number, row) for action in snapshot.actions for row in measure_rows(action)]
    rows = [(number, row) for number, row in every if row.is_result] or every
    targets = targets_of(snapshot)
    missing = listed(totals.missing)
    awaited = f" ; bilans attendus, par numéro d’action : {missing}" if missing else ""
    return {
        "headline": _headline([row for _, row in rows], totals),
        "totals": totals,
        "is_short": totals.actions <= FEW_ACTIONS,
        "waffle": charts.waffle([(a.number, a.is_reported) for a in snapshot.actions], title=totals.coverage + awaited),
        "missing": missing,
        "missing_share": whole_percent(share(totals.missing_granted, totals.granted)),
        "rows": rows,
        "targets": targets.words if targets.results.total and len(rows) < len(every) else "",
        "people": number(totals.people) if totals.counted > 1 and not totals.people_hidden else "",
    }


def _headline(rows: list[MeasureRow], totals: Totals) -> str:
    """What the targets say; of a year under way, without judging what is not due yet."""
    if not totals.awaited:
        return _results_headline(rows, len(totals.missing))
    if not any(row.is_compared for row in rows):
        return capital(totals.awaited)
    return f"{_results_headline(rows, 0)} à ce jour ; {totals.awaited}"


def _results_headline(rows: list[MeasureRow], missing: int) -> str:
    followed = [row for row in rows if row.is_compared]
    kind = "de résultat" if all(row.is_result for row in followed) else "suivie"
    if not followed:
        return "Les bilans reçus et attendus"
    reached = sum(row.is_reached for row in followed)
    if len(followed) == 1:
        start = f"La cible {kind} est atteinte" if reached else f"La cible {kind} n’est pas atteinte"
        return start if not missing else f"{start} ; {_late(missing)}"
    verb = "est atteinte" if reached < 2 else "sont atteintes"
    so_many = "aucune n’est atteinte" if not reached else f"{in_words(reached, feminine=True)} {verb}"
    start = f"Sur {counted(len(followed), f'cible {kind}', f'cibles {PLURALS[kind]}', feminine=True)}, {so_many}"
    return start if not missing else f"{start} ; {_late(missing)}"


def _late(missing: int) -> str:
    verb = "n’a pas encore répondu" if missing == 1 else "n’ont pas encore répondu"
    return f"{counted(missing, 'action', feminine=True)} {verb}"


def effects(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Les effets shows."""
    levers = Counter(lever for action in snapshot.actions for lever in action.levers)
    most = max(levers.values(), default=1)
    classed = sum(bool(action.levers) for action in snapshot.actions)
    return {
        "headline": _effects_headline(snapshot),
        "levels": list(LEVELS.values()),
        "means": [[m.text for m in snapshot.means if m.level == level] for level in LEVELS],
        "effects": [_shown(snapshot, level) for level in LEVELS],
        "proofs": PROOFS,
        "levers": [
            (name, count, charts.bar(count, most, width=57, title=plural(count, "action")))
            for name, count in levers.most_common()
        ],
        "classed": classed,
        "unclassed": len(snapshot.actions) - classed,
    }


def _shown(snapshot: AnnualSnapshot, level: str) -> tuple[list[Effect], int]:
    """The first effects of a level, and how many more there are."""
    found = [effect for effect in snapshot.effects if effect.level == level]
    return found[:MOST_EFFECTS], max(len(found) - MOST_EFFECTS, 0)


def _effects_headline(snapshot: AnnualSnapshot) -> str:
    measured = sum(effect.proof == "Mesuré" for effect in snapshot.effects)
    total = counted(len(snapshot.effects), "effet constaté", "effets constatés")
    if not measured:
        return capital(f"{total}, aucun encore mesuré")
    if measured == len(snapshot.effects):
        return capital(f"{total}, {'mesuré' if measured == 1 else 'tous mesurés'}")
    return capital(f"{total}, dont {counted(measured, 'mesuré')}")


def annex(snapshot: AnnualSnapshot) -> dict:
    """What the annex shows: every indicator of every action, and how the figures were made."""
    groups = [(action, measure_rows(action)) for action in snapshot.actions]
    rows = [row for _, action_rows in groups for row in action_rows]
    known = sum(not row.is_awaited for row in rows)
    said = plural(known, "indicateur renseigné", "indicateurs renseignés")
    return {
        "groups": groups,
        "coverage": f"{totals_of(snapshot).coverage} ; {said} sur {len(rows)}",
        "data_on": snapshot.edition.data_on,
    }


def indicators_csv(snapshot: AnnualSnapshot) -> AttachedFile:
    """The figures of the annex, to be opened in a spreadsheet."""
    rows = [
        (action.number, action.title, action.holder, row.label, row.unit, row.target, row.exported, row.source)
        for action in snapshot.actions
        for row in measure_rows(action)
    ]
    headers = ("n°", "action", "porteur", "indicateur", "unité", "cible", "obtenu", "source")
    year = snapshot.edition.year
    return csv_file(f"indicateurs_{year}.csv", headers, rows, description=f"Indicateurs des actions {year}")


def money_csv(snapshot: AnnualSnapshot) -> AttachedFile:
    """What each funder granted to each action; its cost on its first row only, so that the column adds up."""
    names = {funder.key: funder.name for funder in snapshot.funders}
    rows = [
        (
            *(action.number, action.title, action.holder),
            *(names.get(grant.funder, grant.funder), grant.amount),
            action.spent if rank == 0 else None,
        )
        for action in snapshot.actions
        for rank, grant in enumerate(action.grants)
    ]
    cost = "coût total réalisé de l’action (sur sa première ligne)"
    headers = ("n°", "action", "porteur", "financeur", "subvention accordée", cost)
    year = snapshot.edition.year
    return csv_file(f"financements_{year}.csv", headers, rows, description=f"Financements des actions {year}")
