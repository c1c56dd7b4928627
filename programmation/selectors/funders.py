"""Which official line 74 a funder belongs to."""

from actors.enums import OrganisationKind as K
from actors.models import Organisation

LINE_OF_KIND = {
    K.PREFECTURE: "74etat", K.ARS: "74etat", K.REGION: "74region", K.DEPARTMENT: "74dep", K.PMI: "74dep",
    K.EPCI: "74epci", K.COMMUNE_SERVICE: "74com", K.CCAS: "74com", K.CAF: "74orgasoc", K.CPAM: "74orgasoc",
    K.FOUNDATION: "74aidespriv", K.COMPANY: "74aidespriv", K.ASSOCIATION: "74aidespriv",
}  # fmt: skip


def grant_line(funder: Organisation) -> str:
    """The line 74 of the official grid under which this funder is asked."""
    return LINE_OF_KIND.get(K(funder.kind), "74x")
