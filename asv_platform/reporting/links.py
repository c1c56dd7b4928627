"""The address of a reading link.

The token is signed with the secret key of the site and names one delivery and its ``link_key``: what opens an edition
is stored nowhere (the message that carries it is erased once it left); revoking the delivery, its term or another key
closes the link. The hash of a random token would do as well, but the same link could not be written again in a second
message.
"""

from django.core import signing
from django.utils.crypto import constant_time_compare, get_random_string

from asv_platform.reporting.models import Delivery
from asv_platform.territories.scoping import every_asv

SALT = "reporting.delivery"
VALID_DAYS = 30


def new_key() -> str:
    """The random part of a link."""
    return get_random_string(32)


def token_for(delivery: Delivery) -> str:
    """The token of a delivery by link."""
    return signing.Signer(salt=SALT, sep=".").sign_object([delivery.pk, delivery.link_key])


def delivery_for(token: str) -> Delivery | None:
    """The delivery that a token names; None when it was forged or its key changed. Says nothing of its validity."""
    try:
        pk, key = signing.Signer(salt=SALT, sep=".").unsign_object(token)
    except (signing.BadSignature, ValueError):
        return None
    with every_asv(reason="a signed link names one delivery, and its reader has no account"):
        delivery = Delivery.objects.select_related("edition", "recipient", "asv").filter(pk=pk).first()
    if delivery is None or not constant_time_compare(delivery.link_key, key):
        return None
    return delivery
