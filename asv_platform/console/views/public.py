"""The public page of an ASV, and the way in to the spaces."""

from django.shortcuts import redirect, render
from django.utils import timezone

from asv_platform.accounts.access import public_asv_page
from asv_platform.common.http import read_only
from asv_platform.console.selectors.public import public_page, user_spaces


@public_asv_page
@read_only
def page(request):
    """Who the ASV is, its perimeter, the calls that are open, the priorities voted."""
    return render(
        request, "console/public_page.html", {"asv": request.asv, "shown": public_page(request.asv, at=timezone.now())}
    )


@read_only
def entry(request):
    """Where one goes after logging in: to one's only space, else to the home page, which lists them."""
    spaces = user_spaces(request.user)
    return redirect(spaces[0].url if len(spaces) == 1 else "home")
