"""The public page of an ASV."""

from django.shortcuts import render
from django.utils import timezone

from asv_platform.accounts.access import public_asv_page
from asv_platform.common.http import read_only
from asv_platform.console.selectors.public import public_page


@public_asv_page
@read_only
def page(request):
    """Who the ASV is, its perimeter, the calls that are open, the priorities voted."""
    return render(
        request, "console/public_page.html", {"asv": request.asv, "shown": public_page(request.asv, at=timezone.now())}
    )
