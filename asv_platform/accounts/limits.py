"""How often one person, or one address of the Internet, may do what sends mail or fills the base."""

from allauth.core import ratelimit
from django.http import HttpRequest

from asv_platform.common.errors import DomainError


class TooOften(DomainError):
    """The limit of this act is reached for now (``ACCOUNT_RATE_LIMITS``)."""

    def __init__(self) -> None:
        super().__init__("Vous l’avez fait trop souvent en peu de temps. Réessayez demain, ou écrivez à l’ASV.")


def count_or_refuse(request: HttpRequest, action: str) -> None:
    """Count one more ``action``. Raises TooOften beyond its limit."""
    if not ratelimit.consume(request, action=action):
        raise TooOften
