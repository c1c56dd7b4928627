"""The few kinds of pages: list (lists.py), detail, form, confirmation. Each checks a permission, calls a service."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.generic import TemplateView

from asv_platform.common import formats
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.common.http import writes_refused
from asv_platform.common.kept_forms import take_kept_form
from asv_platform.common.parsing import whole_number
from asv_platform.common.sendings import Sending

READING = {"GET", "HEAD", "OPTIONS"}
KEPT = "Votre session avait expiré. Votre saisie est conservée : vérifiez-la, puis enregistrez."
SAVED_ALREADY = "Ce formulaire a déjà été enregistré. Enregistrer ceci en plus ?"


@dataclass(frozen=True)
class Action:
    """A button: where it leads, and how it looks (primary, secondary, danger)."""

    label: str
    url: str
    icon: str = ""
    kind: str = "primary"


class PermissionView(TemplateView):
    """Check ``permission`` before anything else; a page has a title, a lead, crumbs and actions."""

    permission: ClassVar[str]
    title = ""
    lead = ""
    # The name of a page under that of a row, where the trail of crumbs ends.
    crumb = ""
    request: Any  # an HttpRequest with ``asv``, set by the scope middleware

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        """The page; reading it, template included, writes nothing in the base."""
        if request.method not in READING:
            return self._open(request, *args, **kwargs)
        with writes_refused():
            response = self._open(request, *args, **kwargs)
            return response.render() if isinstance(response, TemplateResponse) else response

    def _open(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        self.load(**kwargs)
        if not request.user.has_perm(self.permission, self.permission_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def load(self, **kwargs) -> None:
        """Read what the page is about; raises Http404."""

    def permission_object(self) -> Any:
        return self.request.asv

    def get_title(self) -> str:
        return self.title

    def get_lead(self) -> str:
        return self.lead

    def crumbs(self) -> list[tuple[str, str]]:
        """(label, url) of the pages above this one."""
        return []

    def actions(self) -> list[Action]:
        return []

    def extra_context_data(self) -> dict[str, Any]:
        return {}

    def page_fields(self) -> dict[str, Any]:
        """The fields of Page that every kind of page shares."""
        return {
            "title": self.get_title(),
            "lead": self.get_lead(),
            "crumbs": [*self.crumbs(), (self.crumb, "")] if self.crumb else self.crumbs(),
            "actions": self.actions(),
        }


@dataclass
class Page:
    """What every page template can show; the kinds of pages extend it."""

    title: str
    lead: str = ""
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    @property
    def primary(self) -> Action | None:
        """The one primary action of the page."""
        return next((action for action in self.actions if action.kind == "primary"), None)

    @property
    def secondary(self) -> list[Action]:
        return [action for action in self.actions if action.kind != "primary"]


class ObjectMixin:
    """The page is about one row, found by ``pk`` among the rows in scope."""

    object: Any
    request: Any

    def get_queryset(self):
        raise NotImplementedError

    def load(self, **kwargs) -> None:
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])

    def permission_object(self) -> Any:
        return self.object


class DetailPage(ObjectMixin, PermissionView):
    """One row: ``template_name`` and ``extra_context_data()`` (selectors' dataclasses) say the rest."""

    http_method_names = ["get", "head", "options"]

    def page(self) -> Page:
        return Page(**self.page_fields())

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.render_to_response({"page": self.page(), "object": self.object, **self.extra_context_data()})


@dataclass
class Conflict:
    """A field that somebody else changed meanwhile: what the base holds now."""

    label: str
    current: str


@dataclass
class FormContext(Page):
    """What templates/common/form.html and confirm.html show."""

    submit_label: str = "Enregistrer"
    cancel_url: str = ""
    notice: str = ""
    conflicts: list[Conflict] = field(default_factory=list)
    version: int | None = None
    key: str = ""
    text: str = ""
    consequences: list[str] = field(default_factory=list)
    tone: str = ""


class FormPage(PermissionView):
    """Show a form, call one service. Nothing typed is lost, nothing is saved twice.

    ``act(data)`` calls the service and returns the row the success page is about; it may raise DomainError or
    ValidationError. A double click, or a form sent again, leads where the first one led.
    """

    template_name = "common/form.html"
    http_method_names = ["get", "head", "post", "options"]
    form_class: Any = forms.Form
    submit_label = "Enregistrer"
    success_message = ""

    def act(self, data: dict[str, Any]) -> Any:
        raise NotImplementedError

    def get_success_url(self, result: Any) -> str:
        raise NotImplementedError

    def get_success_message(self, result: Any) -> str:
        return self.success_message

    def cancel_url(self) -> str:
        crumbs = self.crumbs()
        return crumbs[-1][1] if crumbs else ""

    def get_initial(self) -> dict[str, Any]:
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def version(self) -> int | None:
        """The version of the row being edited, sent back with the form."""
        return None

    def sent_version(self) -> int | None:
        """The version that the person was editing."""
        return whole_number(self.request.POST.get("_version"))

    def make_form(self, data=None, files=None) -> forms.BaseForm:
        return self.form_class(data, files, initial=self.get_initial(), **self.form_kwargs())

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if kept := take_kept_form(request, request.path):
            return self.show(self.make_form(kept, {}), notice=KEPT, seen=whole_number(kept.get("_version")))
        return self.show(self.make_form())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        sending = Sending.of(request)
        # Before the form: once the first sending is saved, the second would be refused as a duplicate of it.
        before = sending.saved_from_page()
        if url := before.get(sending.digest):
            return HttpResponseRedirect(url)
        form = self.make_form(request.POST, request.FILES)
        # A row being edited has its version, which says more: somebody, perhaps oneself, changed it meanwhile.
        if before and self.version() is None:
            return self.show(form, notice=SAVED_ALREADY)
        if not form.is_valid():
            return self._refuse(sending, form)
        try:
            url = self._act_once(sending, form)
        except StaleEdit as refusal:
            form.add_error(None, str(refusal))
            return self._refuse(sending, form, conflicts=self.conflicts(form), seen=self.version())
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self._refuse(sending, form)
        except ValidationError as errors:
            add_errors(form, errors)
            return self._refuse(sending, form)
        return HttpResponseRedirect(url)

    def _refuse(self, sending: Sending, form: forms.BaseForm, *, seen: int | None = None, **shown) -> HttpResponse:
        # A first sending may have been saved meanwhile: what is refused is then only its double.
        if url := sending.led_to():
            return HttpResponseRedirect(url)
        # An error tells nothing of what others wrote: the version the person has seen stays the one they opened.
        return self.show(form, seen=seen if seen is not None else self.sent_version(), **shown)

    def _act_once(self, sending: Sending, form: forms.BaseForm) -> str:
        try:
            with transaction.atomic():
                row = sending.keep()
                result = self.act(form.cleaned_data)
                url = self.get_success_url(result)
                if row:
                    row.url = url
                    row.save(update_fields=["url"])
        except IntegrityError:
            # The same form was already sent (double click): PostgreSQL made this request wait for the first one.
            if first := sending.led_to():
                return first
            raise
        if message := self.get_success_message(result):
            messages.success(self.request, message)
        return url

    def conflicts(self, form: forms.BaseForm) -> list[Conflict]:
        """The fields whose stored value differs from what was typed."""
        return []

    def show(
        self,
        form: forms.BaseForm,
        *,
        notice: str = "",
        conflicts: list[Conflict] | None = None,
        seen: int | None = None,
    ) -> HttpResponse:
        """The page; ``seen`` is the version that the person has read, when it is not the one stored now."""
        context = FormContext(
            **self.page_fields(),
            submit_label=self.submit_label,
            cancel_url=self.cancel_url(),
            notice=notice,
            conflicts=conflicts or [],
            version=self.version() if seen is None else seen,
            key=str(uuid.uuid4()),
            **self.extra_page_fields(),
        )
        status = 422 if form.is_bound and form.errors and self.request.method == "POST" else 200
        return self.render_to_response({"page": context, "form": form, **self.extra_context_data()}, status=status)

    def extra_page_fields(self) -> dict[str, Any]:
        return {}


class EditPage(ObjectMixin, FormPage):
    """A form on one row, which refuses to overwrite somebody else's changes."""

    def make_form(self, data=None, files=None) -> forms.BaseForm:
        if issubclass(self.form_class, forms.BaseModelForm):
            kwargs = {"instance": self.object, "initial": self.get_initial(), **self.form_kwargs()}
            return self.form_class(data, files, **kwargs)
        return super().make_form(data, files)

    def load(self, **kwargs) -> None:
        super().load(**kwargs)
        # The form writes what was typed on the instance it validates: keep the version read from the database.
        self.loaded_version = self.object.version

    def version(self) -> int | None:
        return self.loaded_version

    def conflicts(self, form: forms.BaseForm) -> list[Conflict]:
        current = self.get_queryset().get(pk=self.object.pk)
        stored = self.form_class(instance=current, **self.form_kwargs()) if _is_model_form(self.form_class) else None
        if stored is None:
            return []
        return [
            Conflict(label=str(form[name].label), current=_shown(stored[name], current, name))
            for name in form.fields
            if name in stored.fields and form.fields[name].has_changed(stored.initial.get(name), form[name].data)
        ]


class ConfirmPage(ObjectMixin, FormPage):
    """Ask before an act on one row; ``form_class`` may ask for a motive."""

    template_name = "common/confirm.html"
    submit_label = "Confirmer"
    text = ""
    tone = ""

    def get_text(self) -> str:
        return self.text

    def consequences(self) -> list[str]:
        return []

    def version(self) -> int | None:
        return getattr(self.object, "version", None)

    def extra_page_fields(self) -> dict[str, Any]:
        return {"text": self.get_text(), "consequences": self.consequences(), "tone": self.tone}


def add_errors(form: forms.BaseForm, errors: ValidationError) -> None:
    """Put a model's refusals beside the fields they are about, or on top of the form."""
    if not hasattr(errors, "error_dict"):
        form.add_error(None, errors)
        return
    for name, found in errors.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


def not_found_unless(found: Any) -> Any:
    """``found``, or a 404 when it is empty."""
    if not found:
        raise Http404
    return found


def _is_model_form(form_class: type) -> bool:
    return issubclass(form_class, forms.BaseModelForm)


def _shown(bound_field, row: Any, name: str) -> str:
    display: Callable[[], str] | None = getattr(row, f"get_{name}_display", None)
    if display:
        return display()
    value = bound_field.initial
    choices = getattr(bound_field.field, "choices", None)
    if choices and not isinstance(value, list | tuple) and getattr(row, name, None) is not None:
        return str(getattr(row, name))
    return formats.stored(value)
