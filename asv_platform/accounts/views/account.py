"""One's own account."""

import json
from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import FormView

from asv_platform.accounts.forms import NameForm
from asv_platform.accounts.selectors import account_page, personal_data
from asv_platform.accounts.services import rename_user
from asv_platform.common.http import read_only


@never_cache
@read_only
def account(request: Any) -> HttpResponse:
    """Identity, protections, sessions, ASV, personal data."""
    return render(request, "accounts/account.html", {"account": account_page(request.user)})


@never_cache
@read_only
def export(request: Any) -> HttpResponse:
    """What is kept about the person, as a file."""
    text = json.dumps(personal_data(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mes-donnees.json"'
    return response


class NameView(FormView):
    """The name that the other members see."""

    form_class = NameForm
    template_name = "accounts/name.html"
    success_url = reverse_lazy("account")

    def get_initial(self):
        return {"first_name": self.request.user.first_name, "last_name": self.request.user.last_name}

    def form_valid(self, form):
        rename_user(user=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Votre nom est enregistré.")
        return HttpResponseRedirect(self.success_url)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
