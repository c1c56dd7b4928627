"""Names of every territory in memory, found in spite of accents, hyphens and typing errors.

One index per process: about 43,000 names, built in less than a second at the first search, some 20 MB; a search then
takes 2 to 5 ms. It works the same on SQLite and on PostgreSQL (no extension needed), and costs three tiny queries to
know that it is still current.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from threading import Lock

import numpy as np
from django.db.models import Max

from asv_platform.territories.enums import Generation, TerritoryKind
from asv_platform.territories.models import (
    Commune,
    CommuneFormerCode,
    Department,
    Epci,
    Neighbourhood,
    ReferenceLoad,
    Region,
)
from asv_platform.territories.normalise import normalise

KINDS = list(TerritoryKind)
# Below this share of common trigrams, two names are not the same name badly typed.
THRESHOLD = 0.42
# Names much further from the text than the nearest one are noise.
FROM_BEST = 0.65


@dataclass(frozen=True)
class _Index:
    version: tuple
    names: list[str]
    kinds: np.ndarray
    pks: np.ndarray
    weights: np.ndarray
    sizes: np.ndarray
    postings: dict[str, np.ndarray]
    communes_by_postal_code: dict[str, tuple[int, ...]]


_current: dict[str, _Index] = {}
_lock = Lock()


def similar(text: str, *, kinds: Collection[str], limit: int) -> list[tuple[TerritoryKind, int]]:
    """(kind, primary key) of the territories whose name is nearest to ``text``, best first.

    An exact name comes first, then names that begin with the text, then the nearest; the more populated wins a tie.
    """
    wanted, grams = normalise(text), trigrams(text)
    index = _index()
    known = [index.postings[gram] for gram in grams if gram in index.postings]
    if not known:
        return []
    common = np.bincount(np.concatenate(known), minlength=len(index.names))
    scores = _scores(common, len(grams), index)
    scores[~np.isin(index.kinds, [KINDS.index(TerritoryKind(kind)) for kind in kinds])] = 0
    return _best(scores, wanted, index, limit)


def communes_at_postal_code(postal_code: str) -> tuple[int, ...]:
    """Primary keys of the communes that share a postal code, the most populated first."""
    return _index().communes_by_postal_code.get(postal_code, ())


def trigrams(text: str) -> set[str]:
    """Groups of three letters of each word, its start and end marked: « ile » gives ``␣␣i ␣il ile le␣``."""
    return {f"  {word} "[start : start + 3] for word in normalise(text).split() for start in range(len(word) + 1)}


def _scores(common: np.ndarray, size: int, index: _Index) -> np.ndarray:
    """Likeness of the whole names, or how much of the text is found inside a longer name, whichever is best."""
    whole = 2 * common / (size + index.sizes)
    inside = 0.85 * common / size
    return np.maximum(whole, inside)


def _best(scores: np.ndarray, wanted: str, index: _Index, limit: int) -> list[tuple[TerritoryKind, int]]:
    candidates = np.flatnonzero(scores >= max(THRESHOLD, FROM_BEST * scores.max()))
    # Only the nearest names are compared letter by letter: « saint » is in four thousand of them.
    if len(candidates) > 400:
        rank = scores[candidates] + index.weights[candidates]
        candidates = candidates[np.argsort(-rank)[:400]]
    ordered = sorted(
        candidates.tolist(),
        key=lambda row: (-(_closeness(index.names[row], wanted) + scores[row] + index.weights[row]), row),
    )
    found: dict[tuple[TerritoryKind, int], None] = {}
    for row in ordered:
        found.setdefault((KINDS[index.kinds[row]], int(index.pks[row])))
        if len(found) == limit:
            break
    return list(found)


def _closeness(name: str, wanted: str) -> float:
    if name == wanted:
        return 1.0
    return 0.4 if name.startswith(wanted) else 0.0


def _index() -> _Index:
    version = _version()
    index = _current.get("index")
    if index is None or index.version != version:
        with _lock:
            index = _current.get("index")
            if index is None or index.version != version:
                index = _current["index"] = _build(version)
    return index


def _version() -> tuple:
    communes, neighbourhoods = (model.objects.aggregate(last=Max("pk")) for model in (Commune, Neighbourhood))
    loads = ReferenceLoad.objects.values_list("fingerprint", "loaded_at")
    return (communes["last"], neighbourhoods["last"], *loads)


def _build(version: tuple) -> _Index:
    names: list[str] = []
    kinds, pks, weights, sizes = array("b"), array("q"), array("f"), array("h")
    postings: dict[str, array] = defaultdict(lambda: array("i"))
    for kind, pk, name, population in _entries():
        grams = trigrams(name)
        for gram in grams:
            postings[gram].append(len(names))
        names.append(normalise(name))
        kinds.append(KINDS.index(kind))
        pks.append(pk)
        # A tie-break only: at most 0.15 for the most populated.
        weights.append(0.01 * min(15, (population or 0).bit_length() * 0.7))
        sizes.append(len(grams))
    return _Index(
        version=version,
        names=names,
        kinds=np.array(kinds),
        pks=np.array(pks),
        weights=np.array(weights),
        sizes=np.array(sizes),
        postings={gram: np.array(rows) for gram, rows in postings.items()},
        communes_by_postal_code=_postal_codes(),
    )


def _postal_codes() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    rows = Commune.objects.order_by("-population").values_list("pk", "postal_codes")
    for pk, postal_codes in rows.iterator():
        for postal_code in postal_codes:
            found[postal_code] = (*found.get(postal_code, ()), pk)
    return found


def _entries():
    """(kind, primary key, name, population) of everything that can be found by name."""
    kinds = {Generation.QPV_2024: TerritoryKind.QPV_2024, Generation.QPV_2015: TerritoryKind.QPV_2015}
    for pk, name in Region.objects.values_list("pk", "name"):
        yield TerritoryKind.REGION, pk, name, 2_000_000
    for pk, name in Department.objects.values_list("pk", "name"):
        yield TerritoryKind.DEPARTMENT, pk, name, 500_000
    for pk, name, population in Epci.objects.values_list("pk", "name", "population"):
        yield TerritoryKind.EPCI, pk, name, population
    for pk, name, population in Commune.objects.values_list("pk", "name", "population").iterator():
        yield TerritoryKind.COMMUNE, pk, name, population
    for pk, name in CommuneFormerCode.objects.exclude(name="").values_list("commune_id", "name"):
        yield TerritoryKind.COMMUNE, pk, name, 0
    rows = Neighbourhood.objects.values_list("pk", "name", "population", "generation")
    for pk, name, population, generation in rows:
        yield kinds[Generation(generation)], pk, name, population
