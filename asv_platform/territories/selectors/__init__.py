"""What pages and reports read about territories. One door to the modules of this package."""

from asv_platform.territories.selectors.address import AddressPage, address_page
from asv_platform.territories.selectors.pages import (
    LinkGroup,
    TerritoryLink,
    TerritoryPage,
    territory_page,
)
from asv_platform.territories.selectors.perimeter import (
    Perimeter,
    PerimeterCommune,
    PerimeterNeighbourhood,
    perimeter_of,
    perimeter_points,
    perimeter_shapes,
)
from asv_platform.territories.selectors.search import TerritoryResult, resolve_commune, search_territories

__all__ = [
    "AddressPage",
    "LinkGroup",
    "Perimeter",
    "PerimeterCommune",
    "PerimeterNeighbourhood",
    "TerritoryLink",
    "TerritoryPage",
    "TerritoryResult",
    "address_page",
    "perimeter_of",
    "perimeter_points",
    "perimeter_shapes",
    "resolve_commune",
    "search_territories",
    "territory_page",
]
