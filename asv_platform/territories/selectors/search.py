"""Find a territory by its name, its code or a postal code."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import Prefetch

from asv_platform.territories.enums import Generation, TerritoryKind
from asv_platform.territories.models import Commune, CommuneFormerCode, Department, Epci, Neighbourhood, Region
from asv_platform.territories.search_index import communes_at_postal_code, similar

ALL_KINDS = tuple(TerritoryKind)
LONGEST_SEARCH = 100

Key = tuple[TerritoryKind, int]


@dataclass(frozen=True)
class TerritoryResult:
    """A territory found: ``context`` says where it is, to tell namesakes apart."""

    kind: TerritoryKind
    pk: int
    code: str
    name: str
    context: str

    @property
    def label(self) -> str:
        return f"{self.name} ({self.code})"

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def slug(self) -> str:
        return self.kind.slug


def resolve_commune(code: str) -> Commune | None:
    """The current commune of an Insee code, merged and municipal arrondissement codes included; None if unknown."""
    code = code.strip().upper()
    commune = Commune.objects.select_related("department").filter(code=code).first()
    if commune is None:
        former = CommuneFormerCode.objects.select_related("commune__department").filter(code=code).first()
        commune = former.commune if former else None
    return commune


def search_territories(
    text: str, *, kinds: Collection[TerritoryKind] = ALL_KINDS, limit: int = 20
) -> list[TerritoryResult]:
    """The territories that ``text`` may mean, best first: codes and postal codes exactly, names approximately.

    At most 15 queries whatever the number of results; see ``search_index`` for the cost in time and memory.
    """
    text = text.strip()[:LONGEST_SEARCH]
    if not text:
        return []
    words = re.sub(r"\b(\d{2,9}|2[ABab]\d{0,3}|Q[NP]\w{3,6})\b", " ", text, flags=re.IGNORECASE).strip(" ,-()")
    by_code = _by_code(text, limit)
    by_name = similar(words, kinds=kinds, limit=limit) if words else []
    # « 93150 Le Blanc-Mesnil »: what answers both the code and the name comes first.
    both = [key for key in by_name if key in by_code]
    keys = [key for key in dict.fromkeys([*both, *by_code, *by_name]) if key[0] in kinds]
    return _results(keys[:limit])


def _by_code(text: str, limit: int) -> list[Key]:
    compact = re.sub(r"\s", "", text).upper()
    found: list[Key] = []
    if re.fullmatch(r"Q[NP]\w{0,6}", compact):
        found += _neighbourhood_keys(compact, limit)
    if re.fullmatch(r"\d{9}", compact):
        found += _siren_keys(compact)
    if re.fullmatch(r"\d{2,3}|2[AB]", compact):
        found += _area_keys(compact)
    for code in re.findall(r"\b(?:\d{5}|2[AB]\d{3})\b", text.upper()):
        found += _commune_keys(code)
    return list(dict.fromkeys(found))


def _neighbourhood_keys(prefix: str, limit: int) -> list[Key]:
    rows = Neighbourhood.objects.filter(code__startswith=prefix).order_by("code")[:limit]
    return [(_qpv_kind(generation), pk) for pk, generation in rows.values_list("pk", "generation")]


def _siren_keys(siren: str) -> list[Key]:
    epcis = Epci.objects.filter(siren=siren).values_list("pk", flat=True)
    communes = Commune.objects.filter(siren=siren).values_list("pk", flat=True)
    return [(TerritoryKind.EPCI, pk) for pk in epcis] + [(TerritoryKind.COMMUNE, pk) for pk in communes]


def _area_keys(code: str) -> list[Key]:
    departments = Department.objects.filter(code=code).values_list("pk", flat=True)
    regions = Region.objects.filter(code=code).values_list("pk", flat=True)
    return [(TerritoryKind.DEPARTMENT, pk) for pk in departments] + [(TerritoryKind.REGION, pk) for pk in regions]


def _commune_keys(code: str) -> list[Key]:
    """Communes of this Insee code, then of this postal code, then of this former code.

    75014 is the postal code of a part of Paris before being, until 1967, the Insee code of Bourg-la-Reine.
    """
    current = Commune.objects.filter(code=code).values_list("pk", flat=True)
    former = CommuneFormerCode.objects.filter(code=code).values_list("commune_id", flat=True)
    return [(TerritoryKind.COMMUNE, pk) for pk in (*current, *communes_at_postal_code(code), *former)]


def _qpv_kind(generation: int) -> TerritoryKind:
    return TerritoryKind.QPV_2024 if generation == Generation.QPV_2024 else TerritoryKind.QPV_2015


def _results(keys: list[Key]) -> list[TerritoryResult]:
    pks: dict[TerritoryKind, list[int]] = {}
    for kind, pk in keys:
        pks.setdefault(kind, []).append(pk)
    found = {(row.kind, row.pk): row for kind, ids in pks.items() for row in _READERS[kind](kind, ids)}
    return [found[key] for key in keys if key in found]


def _regions(kind: TerritoryKind, pks: list[int]) -> list[TerritoryResult]:
    rows = Region.objects.filter(pk__in=pks)
    return [TerritoryResult(kind, row.pk, row.code, row.name, "") for row in rows]


def _departments(kind: TerritoryKind, pks: list[int]) -> list[TerritoryResult]:
    rows = Department.objects.select_related("region").filter(pk__in=pks)
    return [TerritoryResult(kind, row.pk, row.code, row.name, row.region.name) for row in rows]


def _epcis(kind: TerritoryKind, pks: list[int]) -> list[TerritoryResult]:
    rows = Epci.objects.filter(pk__in=pks)
    return [TerritoryResult(kind, row.pk, row.siren, row.name, row.get_kind_display()) for row in rows]


def _communes(kind: TerritoryKind, pks: list[int]) -> list[TerritoryResult]:
    rows = Commune.objects.select_related("department").filter(pk__in=pks)
    return [TerritoryResult(kind, row.pk, row.code, row.name, str(row.department or "")) for row in rows]


def _neighbourhoods(kind: TerritoryKind, pks: list[int]) -> list[TerritoryResult]:
    communes = Prefetch("communes", Commune.objects.order_by("name").only("name"))
    rows = Neighbourhood.objects.select_related("department").prefetch_related(communes).filter(pk__in=pks)
    return [
        TerritoryResult(
            kind,
            row.pk,
            row.code,
            row.name,
            ", ".join(commune.name for commune in row.communes.all()) + f" – {row.department}",
        )
        for row in rows
    ]


_READERS: dict[TerritoryKind, Callable[[TerritoryKind, list[int]], list[TerritoryResult]]] = {
    TerritoryKind.REGION: _regions,
    TerritoryKind.DEPARTMENT: _departments,
    TerritoryKind.EPCI: _epcis,
    TerritoryKind.COMMUNE: _communes,
    TerritoryKind.QPV_2024: _neighbourhoods,
    TerritoryKind.QPV_2015: _neighbourhoods,
}
