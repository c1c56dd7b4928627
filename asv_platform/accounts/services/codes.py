"""One-time codes: the door of the partners, without password."""

import datetime as dt
import secrets

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from asv_platform.accounts.models import LoginCode, User
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError
from asv_platform.notifications.services import send

VALIDITY = dt.timedelta(minutes=15)
MAX_TRIES = 3
KEPT = dt.timedelta(days=1)


class CodeRefused(DomainError):
    """The code is wrong, used, or too old; ``can_retry`` says whether the same code may be tried again."""

    def __init__(self, *, can_retry: bool) -> None:
        self.can_retry = can_retry
        super().__init__(
            "Ce code est inexact : vérifiez les six chiffres."
            if can_retry
            else "Ce code n’est plus valable. Demandez-en un nouveau."
        )


@transaction.atomic
def send_login_code(*, email: str, now: dt.datetime) -> LoginCode:
    """Send six figures to ``email``: the same message, in the same time, whether an account exists or not."""
    LoginCode.objects.filter(created_at__lt=now - KEPT).delete()
    code = f"{secrets.randbelow(10**6):06d}"
    row = LoginCode.objects.create(email=email, code_hash=_hash(email, code), created_at=now, expires_at=now + VALIDITY)
    send(
        to=email,
        # Never the code in the subject: it would survive the erasure of the body.
        subject=f"Votre code de connexion à {settings.SITE_NAME}",
        template="email/accounts/login_code",
        context={
            "code": code,
            "until": timezone.localtime(row.expires_at),
            "site_name": settings.SITE_NAME,
            "email": email,
        },
        sensitive=True,
    )
    return row


def confirm_login_code(*, login_code_id: int, code: str, now: dt.datetime) -> User:
    """Consume the code and return the account of its address, created at this moment if it did not exist.

    Raises CodeRefused; a wrong try is counted, the third one kills the code.
    """
    with transaction.atomic():
        # The lock makes simultaneous guesses wait for their turn: three tries, not three at a time.
        row = LoginCode.objects.select_for_update(of=("self",)).filter(pk=login_code_id).first()
        if row is None or row.used_at or now > row.expires_at or row.tries >= MAX_TRIES:
            raise CodeRefused(can_retry=False)
        row.tries += 1
        is_right = constant_time_compare(row.code_hash, _hash(row.email, code))
        row.used_at = now if is_right else None
        row.save(update_fields=["tries", "used_at"])
        if is_right:
            return _account_of(row.email)
    raise CodeRefused(can_retry=row.tries < MAX_TRIES)


def prove_address(user: User, email: str) -> None:
    """Note that ``user`` reads the mail of ``email``."""
    address, created = EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"verified": True, "primary": email == user.email}
    )
    if not created and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])


def _account_of(email: str) -> User:
    proved = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    user = proved.user if proved else User.objects.filter(email=email).first()
    user = user or _new_account(email)
    prove_address(user, email)
    return user


def _new_account(email: str) -> User:
    try:
        with transaction.atomic():
            user = User.objects.create_user(email)
    except IntegrityError:
        # Two codes of the same address confirmed at the same instant, in two windows.
        return User.objects.get(email=email)
    record("user.created", by=user, subject=user)
    return user


def _hash(email: str, code: str) -> str:
    return salted_hmac("asv.accounts.login_code", f"{email}:{code}", algorithm="sha256").hexdigest()
