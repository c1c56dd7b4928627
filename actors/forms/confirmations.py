"""Records that look alike: the form comes back once with a box to tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from actors.selectors import Duplicate
from asv_platform.common.doubts import DoubtsMixin
from asv_platform.common.formats import join_and
from asv_platform.territories.models import Asv


@dataclass(frozen=True)
class Twin:
    """A record that looks like the one being typed, with its address."""

    duplicate: Duplicate
    url: str


class TwinsMixin(DoubtsMixin):
    """A form that stops once on probable duplicates; ``twins`` are shown above it with their links."""

    asv: Asv
    twins: Sequence[Twin] = ()
    twin_url_name = ""

    def __init__(self, *args, asv: Asv, **kwargs):
        self.asv = asv
        super().__init__(*args, **kwargs)

    def doubt_twins(self, found: Sequence[Duplicate]) -> None:
        """Refuse once when ``found`` is not empty."""
        if not found:
            return
        self.twins = [
            Twin(duplicate, reverse(self.twin_url_name, kwargs={"asv": self.asv.slug, "pk": duplicate.pk}))
            for duplicate in found
        ]
        names = join_and([str(duplicate) for duplicate in found])
        self.doubt("is_distinct", f"Cette fiche ressemble à {names}. Vérifiez, puis cochez la case si c’est une autre.")
