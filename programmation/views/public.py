"""The public pages of a call: everything is visible before one begins."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from asv_platform.accounts.access import public_asv_page
from asv_platform.common.http import read_only
from asv_platform.common.views import Page
from programmation.models import Call, IndicatorModel
from programmation.selectors import call_summaries
from programmation.selectors.questions import blank_form


def _page(request, title: str, lead: str = "", *crumbs) -> Page:
    above = [("Appels à propositions", reverse("calls:list", kwargs={"asv": request.asv.slug})), *crumbs]
    return Page(title=title, lead=lead, crumbs=above)


def _call(number: int) -> Call:
    return get_object_or_404(Call.objects.published().select_related("programme"), number=number)


@public_asv_page
@read_only
def call_list(request):
    """The calls that this ASV publishes, open ones first."""
    calls = call_summaries(Call.objects.published(), at=timezone.now())
    order = {"open": 0, "grace": 1, "upcoming": 2}
    context = {
        "page": Page(title="Appels à propositions", lead=f"Atelier santé ville {request.asv.name}"),
        "calls": sorted(calls, key=lambda call: (order.get(call.state, 3), -call.closes_at.timestamp())),
        "asv": request.asv,
    }
    return render(request, "partner/call_list.html", context)


@public_asv_page
@read_only
def call_page(request, number: int):
    """One call: text, dates, pieces, and every question of the form."""
    call = _call(number)
    start = reverse("calls:start", kwargs={"asv": request.asv.slug, "number": number})
    context = {
        "page": _page(request, call.title, "", (call.title, "")),
        "call": call,
        "summary": call_summaries(Call.objects.filter(pk=call.pk), at=timezone.now())[0],
        "questions": blank_form(call),
        "funders": list(call.funders.all()),
        "publics": list(call.publics.all()),
        "objectives": list(call.objectives.active()),
        "asv": request.asv,
        "start_url": start if request.user.is_authenticated else _door(start),
    }
    return render(request, "partner/call_page.html", context)


@public_asv_page
@read_only
def call_blank_form(request, number: int):
    """The whole form, blank, to print or to prepare with others."""
    call = _call(number)
    here = reverse("calls:call", kwargs={"asv": request.asv.slug, "number": number})
    context = {
        "page": _page(request, "Formulaire vierge", call.title, (call.title, here), ("Formulaire vierge", "")),
        "call": call,
        "questions": blank_form(call),
        "bank": list(IndicatorModel.objects.filter(theme="")),
        "asv": request.asv,
    }
    return render(request, "partner/call_blank_form.html", context)


def _door(next_url: str) -> str:
    return reverse("account_request_login_code", query={"next": next_url})
