"""Marks put on views: which pages of an ASV a stranger may read."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required


def public_asv_page(view: Callable) -> Callable:
    """Open a page under ``/asv/<slug>/`` to everybody, as long as the ASV has a public page; 404 otherwise."""
    view.asv_public = True  # type: ignore[attr-defined]
    return login_not_required(view)
