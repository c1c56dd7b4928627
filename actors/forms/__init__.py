"""The forms of the network."""

from actors.forms.access import PartnerAccessForm
from actors.forms.organisations import OrganisationForm
from actors.forms.people import (
    AffiliationForm,
    EndAffiliationForm,
    FunctionForm,
    MemberForm,
    PersonForm,
    PersonInOrganisationForm,
)

__all__ = [
    "AffiliationForm",
    "EndAffiliationForm",
    "FunctionForm",
    "MemberForm",
    "OrganisationForm",
    "PartnerAccessForm",
    "PersonForm",
    "PersonInOrganisationForm",
]
