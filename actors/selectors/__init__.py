"""What pages, reports and upper apps read of the network."""

from actors.rules import partner_asv_ids
from actors.selectors.coverage import CoverageMatrix, coverage_matrix
from actors.selectors.directory import OrganisationSheet, PersonSheet, organisation_sheet, person_sheet
from actors.selectors.duplicates import Duplicate, organisation_duplicates, person_duplicates
from actors.selectors.network import (
    organisation_options,
    partner_addresses,
    partner_organisations,
    person_options,
)
from actors.selectors.network_map import NetworkMap, network_map

__all__ = [
    "CoverageMatrix",
    "Duplicate",
    "NetworkMap",
    "OrganisationSheet",
    "PersonSheet",
    "coverage_matrix",
    "network_map",
    "organisation_duplicates",
    "organisation_options",
    "organisation_sheet",
    "partner_addresses",
    "partner_asv_ids",
    "partner_organisations",
    "person_duplicates",
    "person_options",
    "person_sheet",
]
