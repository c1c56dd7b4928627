"""A form that is sent twice is saved once: its key and what it said tell whether it is the same sending."""

import hashlib
import uuid
from dataclasses import dataclass

from django.http import HttpRequest

from asv_platform.common.models import SubmissionKey

# What no one typed: a page drawn again carries others.
NOT_TYPED = ("csrfmiddlewaretoken", "_key")


@dataclass(frozen=True)
class Sending:
    """What a person sends: the key of the page, and a digest of what they typed there."""

    key: uuid.UUID | None
    digest: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Sending":
        return cls(_uuid(request.POST.get("_key", "")), _digest(request))

    def keep(self) -> SubmissionKey | None:
        """Note it, in the transaction that saves it. PostgreSQL makes its double wait, then raises IntegrityError."""
        return SubmissionKey.objects.create(key=self.key, digest=self.digest) if self.key else None

    def saved_from_page(self) -> dict[str, str]:
        """Where each sending of this page led, by digest. Several: the browser gave it back, and it was changed."""
        return dict(SubmissionKey.objects.filter(key=self.key).values_list("digest", "url")) if self.key else {}

    def led_to(self) -> str:
        """Where this very sending led; empty when it was not saved."""
        return self.saved_from_page().get(self.digest, "")


def _digest(request: HttpRequest) -> str:
    typed = request.POST.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    digest = hashlib.sha256(typed.urlencode().encode())
    for name, files in request.FILES.lists():
        for file in files:
            digest.update(f"{name}/{file.name}".encode())
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
