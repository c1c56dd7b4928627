from django.db import models


class EpciKind(models.TextChoices):
    CC = "CC", "Communauté de communes"
    CA = "CA", "Communauté d’agglomération"
    CU = "CU", "Communauté urbaine"
    METRO = "METRO", "Métropole"
    EPT = "EPT", "Établissement public territorial"


class FormerCodeKind(models.TextChoices):
    """Why a code is not that of a current commune."""

    MERGED = "merged", "Commune fusionnée"
    DISTRICT = "district", "Arrondissement municipal"
    RENUMBERED = "renumbered", "Ancien code"


class TerritoryKind(models.TextChoices):
    """Scales at which a territory can be searched and read."""

    REGION = "region", "Région"
    DEPARTMENT = "department", "Département"
    EPCI = "epci", "Intercommunalité"
    COMMUNE = "commune", "Commune"
    QPV_2024 = "qpv2024", "Quartier prioritaire (2024)"
    QPV_2015 = "qpv2015", "Quartier prioritaire (2015)"

    @property
    def slug(self) -> str:
        """The kind as addresses write it: both generations of QPV share one."""
        return _KIND_SLUGS[self]


_KIND_SLUGS = {
    TerritoryKind.REGION: "region",
    TerritoryKind.DEPARTMENT: "departement",
    TerritoryKind.EPCI: "intercommunalite",
    TerritoryKind.COMMUNE: "commune",
    TerritoryKind.QPV_2024: "qpv",
    TerritoryKind.QPV_2015: "qpv",
}


class SuccessionState(models.TextChoices):
    """What a person said of a correspondence proposed between two generations."""

    PROPOSED = "proposed", "Proposée"
    CONFIRMED = "confirmed", "Confirmée"
    REJECTED = "rejected", "Écartée"


class Generation(models.IntegerChoices):
    """Geographies of the priority neighbourhoods (QPV): decrees of 2014 and 2023."""

    QPV_2015 = 2015, "QPV 2015"
    QPV_2024 = 2024, "QPV 2024"


class CarrierKind(models.TextChoices):
    """Who carries an ASV (categories of the 2013 national survey, seed 001)."""

    COMMUNE = "commune", "Commune"
    CCAS = "ccas", "Centre communal d’action sociale (CCAS)"
    EPCI = "epci", "Intercommunalité"
    ASSOCIATION = "association", "Association"
    GIP = "gip", "Groupement d’intérêt public (GIP)"
    OTHER = "other", "Autre"


class AsvLevel(models.TextChoices):
    INFRA = "infra", "Infra-communal"
    COMMUNAL = "communal", "Communal"
    INTERCOMMUNAL = "intercommunal", "Intercommunal"
