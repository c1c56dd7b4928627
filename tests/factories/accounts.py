"""Invitations and protected accounts."""

import datetime as dt

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.utils import timezone

from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Invitation
from asv_platform.accounts.selectors import token_hash
from tests.factories.platform import AsvFactory, UserFactory


class InvitationFactory(factory.django.DjangoModelFactory):
    """An invitation whose ``token`` (not stored) may be chosen by the test."""

    class Meta:
        model = Invitation
        exclude = ("token",)

    token = factory.Sequence(lambda n: f"jeton-{n}")
    asv = factory.SubFactory(AsvFactory)
    email = factory.Sequence(lambda n: f"invite{n}@exemple.fr")
    role = Role.CONTRIBUTOR
    token_hash = factory.LazyAttribute(lambda invitation: token_hash(invitation.token))
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(days=14))


def add_totp(user) -> str:
    """Give ``user`` an application of codes; returns its secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(user, secret)
    return secret


def totp_code(secret: str) -> str:
    """The code that the application shows now."""
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


def has_second_factor(user) -> bool:
    return Authenticator.objects.filter(user=user).exists()
