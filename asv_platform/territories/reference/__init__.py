"""The reference territories: read from the shipped files, written to the database. One door: ``load_reference``."""

from asv_platform.territories.reference.loader import LoadReport, ReferenceIncomplete, load_reference

__all__ = ["LoadReport", "ReferenceIncomplete", "load_reference"]
