"""The thread at the top of a detail page. It joins the four apps: no page of one of them could read it alone."""

from functools import partial

from django import template
from django.db.models import Model

from asv_platform.console.selectors.chain import chain_of

register = template.Library()


@register.inclusion_tag("components/thread_chain.html", takes_context=True)
def fil_rouge(context, row: Model) -> dict:
    """``{% fil_rouge row %}``: what a row of the thread comes from and what it leads to."""
    request = context["request"]
    may = partial(request.user.has_perm, obj=request.asv)
    return {"knots": chain_of(row, asv=request.asv, may=may), "label": "Le fil rouge"}
