"""The door: password, one-time code, invitation. A GET never consumes anything: mail scanners open links."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import LoginView, LogoutView
from allauth.core import ratelimit
from allauth.mfa import app_settings as mfa_settings
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, RedirectView, TemplateView

from asv_platform.accounts.forms import CodeConfirmForm, CodeRequestForm, JoinForm
from asv_platform.accounts.models import Invitation, LoginCode, User
from asv_platform.accounts.selectors import has_account, valid_invitation
from asv_platform.accounts.services import (
    CodeRefused,
    accept_invitation,
    confirm_login_code,
    join_with_invitation,
    send_login_code,
)
from asv_platform.common.errors import DomainError

SESSION_KEY = "login_code"
NEXT = "next"


def safe_next(request: HttpRequest) -> str:
    """The address asked for before logging in, if it is one of ours."""
    url = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(url, allowed_hosts=hosts, require_https=request.is_secure())
    return url if is_ours else ""


def with_next(url_name: str, next_url: str) -> str:
    return reverse(url_name, query={NEXT: next_url} if next_url else None)


class PasswordDoor(LoginView):
    """E-mail and password; the pages of partners send to the one-time code first."""

    def get(self, request, *args, **kwargs):
        next_url = safe_next(request)
        if next_url.startswith(tuple(settings.PATH_SCOPES)) and "mot-de-passe" not in request.GET:
            return HttpResponseRedirect(with_next("account_request_login_code", next_url))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        next_url = safe_next(self.request)
        return super().get_context_data(**kwargs) | {
            "next_url": next_url,
            "code_url": with_next("account_request_login_code", next_url),
            "proconnect_url": with_next("proconnect_login", next_url) if settings.PROCONNECT_CLIENT_ID else "",
            "passkeys": mfa_settings.PASSKEY_LOGIN_ENABLED,
        }


@method_decorator([login_not_required, never_cache], name="dispatch")
class Door(FormView):
    """Base of the pages shown to people who are not logged in yet."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return HttpResponseRedirect(safe_next(request) or reverse(settings.LOGIN_REDIRECT_URL))
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class CodeRequestView(Door):
    """Ask for a one-time code. The answer is the same for every address."""

    form_class = CodeRequestForm
    template_name = "account/request_login_code.html"

    def get_context_data(self, **kwargs):
        next_url = safe_next(self.request)
        password_url = reverse("account_login", query={"mot-de-passe": "1", **({NEXT: next_url} if next_url else {})})
        return super().get_context_data(**kwargs) | {"next_url": next_url, "password_url": password_url}

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        if not ratelimit.consume(self.request, action="request_login_code", key=email):
            return ratelimit.respond_429(self.request)
        row = send_login_code(email=email, now=timezone.now())
        self.request.session[SESSION_KEY] = {"id": row.pk, NEXT: safe_next(self.request)}
        return HttpResponseRedirect(reverse("account_confirm_login_code"))


@method_decorator([login_not_required, never_cache], name="dispatch")
class CodeConfirmView(Door):
    """Type the code received; the third wrong try kills it."""

    form_class = CodeConfirmForm
    template_name = "account/confirm_login_code.html"

    def dispatch(self, request, *args, **kwargs):
        self.asked = request.session.get(SESSION_KEY)
        self.row = LoginCode.objects.filter(pk=self.asked["id"]).first() if self.asked else None
        if self.row is None and not request.user.is_authenticated:
            return HttpResponseRedirect(reverse("account_request_login_code"))
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        context = {"email": self.row.email, "until": self.row.expires_at, "next_url": self.asked[NEXT]}
        return super().get_context_data(**kwargs) | context

    def form_valid(self, form):
        if not ratelimit.consume(self.request, action="confirm_login_code"):
            return ratelimit.respond_429(self.request)
        code = form.cleaned_data["code"]
        try:
            user = confirm_login_code(login_code_id=self.row.pk, code=code, now=timezone.now())
        except CodeRefused as refusal:
            form.add_error("code", str(refusal))
            return self.form_invalid(form)
        del self.request.session[SESSION_KEY]
        record_authentication(self.request, user, method="code", email=self.row.email)
        return _log_in(self.request, user, self.asked[NEXT])


@method_decorator([login_not_required, never_cache], name="dispatch")
class InvitationView(TemplateView):
    """Accept an invitation: a new person gives a name and a password, a known one logs in first."""

    template_name = "accounts/invitation.html"

    def dispatch(self, request, *args, **kwargs):
        if not ratelimit.consume(request, action="accept_invitation"):
            return ratelimit.respond_429(request)
        self.invitation = valid_invitation(kwargs["token"], now=timezone.now())
        if self.invitation is None:
            return render(request, "accounts/invitation_closed.html", status=404)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | _invitation_context(self.request, self.invitation)

    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            return self._accept(request.user)
        form = JoinForm(request.POST)
        if has_account(self.invitation.email) or not form.is_valid():
            return self.render_to_response(self.get_context_data(**kwargs) | {"form": form}, status=422)
        now = timezone.now()
        data = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "password")}
        try:
            user = join_with_invitation(invitation=self.invitation, now=now, **data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(**kwargs) | {"form": form}, status=422)
        record_authentication(request, user, method="password", email=user.email)
        return _log_in(request, user, reverse(settings.LOGIN_REDIRECT_URL))

    def _accept(self, user: User) -> HttpResponse:
        try:
            accept_invitation(invitation=self.invitation, user=user, now=timezone.now())
        except DomainError as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal)), status=422)
        return HttpResponseRedirect(reverse(settings.LOGIN_REDIRECT_URL))


class Exit(LogoutView):
    """Logging out takes from the browser what it still holds: pages already read, texts being written."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


@method_decorator(login_not_required, name="dispatch")
class SignupView(RedirectView):
    """There is no open sign-up: allauth's messages lead to the partner's door."""

    pattern_name = "account_request_login_code"


def _invitation_context(request: HttpRequest, invitation: Invitation) -> dict:
    user = request.user
    is_mine = user.is_authenticated and user.email.lower() == invitation.email.lower()
    return {
        "invitation": invitation,
        "is_mine": is_mine,
        "is_other": user.is_authenticated and not is_mine,
        "login_url": with_next("account_request_login_code", request.path)
        if user.is_anonymous and has_account(invitation.email)
        else "",
        "form": JoinForm(),
        "refusal": "",
    }


def _log_in(request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    """Log in through allauth's stages: a second factor is asked for where there is one."""
    login = Login(user=user, email=user.email, redirect_url=next_url or None)
    return perform_login(request, login)
