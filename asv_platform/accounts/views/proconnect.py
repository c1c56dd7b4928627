"""The two pages of ProConnect: departure and return."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

from asv_platform.accounts.provider import ProConnectAdapter


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """Leave for ProConnect, on POST only; 404 when it is not configured."""
    return _play(OAuth2LoginView, request)


@login_not_required
def callback(request: HttpRequest) -> HttpResponse:
    """Come back from ProConnect."""
    return _play(OAuth2CallbackView, request)


def _play(view: Any, request: HttpRequest) -> HttpResponse:
    try:
        return view.adapter_view(ProConnectAdapter(request, "proconnect"))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None
