"""The six steps of a proposal: each has its address, saves without asking to be complete, and loses nothing."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.common.formats import date_short, time
from asv_platform.common.kept_forms import take_kept_form
from asv_platform.common.parsing import whole_number
from asv_platform.common.views import KEPT, Conflict, Page, PermissionView, add_errors
from programmation.forms.budget import BudgetForm, with_row, without_row
from programmation.forms.partner import OrganisationForm
from programmation.forms.rows import removed_row
from programmation.forms.steps import (
    CommitmentsForm,
    IndicatorsForm,
    PieceForm,
    ProjectForm,
    PublicsForm,
    without_indicator,
)
from programmation.selectors import STEPS, Draft, last_request, missing_before_filing, missing_items, piece_lines
from programmation.selectors.budget import IN_KIND_WORDS, MONEY_WORDS
from programmation.selectors.partner import deadline_text, stepper
from programmation.selectors.questions import republican_commitments
from programmation.selectors.steps import step_token
from programmation.services import reusable_pieces, save_step, save_structure
from programmation.views.partner_base import ProposalMixin
from programmation.workflow import EDITABLE_BY_PARTNER

ORDER = list(STEPS)
# The token that the last automatic save of each open page led to: the page may never have received it.
AUTOSAVED = "autosaved_steps"
MOST_PAGES = 10


class StepPage(ProposalMixin, PermissionView):
    """One step. ``make_form``, ``save`` and ``token`` say what differs from one to the other."""

    permission = "programmation.write_own"
    http_method_names = ["get", "head", "post", "options"]
    template_name = "partner/step.html"
    step = ""

    def make_form(self, data=None, files=None, **kwargs) -> Any:
        raise NotImplementedError

    def load(self, **kwargs) -> None:
        super().load(**kwargs)
        self.draft = Draft(self.object)

    def rows(self, form) -> list | None:
        """The rows that this step replaces, for ``save_step``."""
        return None

    def save(self, form, *, token: str | None) -> None:
        fields = form.proposal_fields() if hasattr(form, "proposal_fields") else {}
        self.object = save_step(proposal=self.object, step=self.step, token=token, fields=fields, rows=self.rows(form))
        self.draft = Draft(self.object)

    def token(self) -> str:
        return step_token(self.draft, self.step)

    # Requests

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if self.object.state not in EDITABLE_BY_PARTNER:
            return HttpResponseRedirect(self.url("proposal", pk=self.object.pk))
        if kept := take_kept_form(request, request.path):
            return self.show(self.make_form(kept), notice=KEPT, token=kept.get("_token"))
        return self.show(self.make_form())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        quiet = bool(request.POST.get("_auto")) and bool(request.htmx)  # type: ignore[attr-defined]
        form = self.make_form(request.POST, request.FILES)
        seen, is_stale = self.token_seen(), False
        if form.is_valid():
            try:
                self.save(form, token=seen)
                return self.saved() if quiet else self.go_on(form)
            except DomainError as refusal:
                form.add_error(None, str(refusal))
                is_stale = isinstance(refusal, StaleEdit)
            except ValidationError as errors:
                add_errors(form, errors)
        if quiet:
            return self.not_saved(form, is_stale)
        if is_stale:
            return self.show(form, conflicts=self.conflicts(form), status=422)
        # An error tells nothing of what others wrote: what the person has seen stays what they opened.
        return self.show(form, token=seen, status=422)

    def token_seen(self) -> str | None:
        """What the step held when this person last read or saved it on this page."""
        autosaved = self.request.session.get(AUTOSAVED, {})
        return autosaved.get(self.request.POST.get("_page"), self.request.POST.get("_token"))

    def remember_autosave(self) -> None:
        """Note what this page led to: if the answer is lost on the way, the next sending is not a conflict."""
        if page := self.request.POST.get("_page", "")[:32]:
            others = {key: value for key, value in self.request.session.get(AUTOSAVED, {}).items() if key != page}
            latest = [*others.items(), (page, self.token())][-MOST_PAGES:]
            self.request.session[AUTOSAVED] = dict(latest)

    def next_url(self, go: str, form) -> str:
        """Where the button pressed leads: the next step, the one before, or here again."""
        index = ORDER.index(self.step)
        if go == "back" and index:
            return self.step_url(ORDER[index - 1])
        if go == "next" and index + 1 < len(ORDER):
            return self.step_url(ORDER[index + 1])
        return self.step_url(self.step)

    # Answers

    def go_on(self, form) -> HttpResponse:
        return HttpResponseRedirect(self.next_url(self.request.POST.get("go", "next"), form))

    def saved(self) -> HttpResponse:
        self.remember_autosave()
        context = {"saved": self.when_saved(), "token": self.token(), "problem": ""}
        return render(self.request, "partner/_saved.html", context)

    def when_saved(self) -> str:
        at = timezone.localtime(self.object.updated_at)
        return f"enregistré à {time(at)}" if at.date() == self.today else f"enregistré le {date_short(at)}"

    def not_saved(self, form, is_conflict: bool) -> HttpResponse:
        if is_conflict:
            problem = "non enregistré : quelqu’un d’autre écrit ici"
        elif refused := form.non_field_errors():
            problem = f"non enregistré. {refused[0]}"
        else:
            problem = f"non enregistré : {len(form.errors)} à corriger"
        # The token sent comes back: a stale form stays stale until the person has seen both versions.
        context = {"saved": "", "token": self.request.POST.get("_token", ""), "problem": problem}
        return render(self.request, "partner/_saved.html", context)

    def conflicts(self, form) -> list[Conflict]:
        """The fields whose stored value is not the one typed."""
        self.load(pk=self.object.pk)
        stored = self.make_form()
        found = []
        for name, field in stored.fields.items():
            if name in form.fields and field.has_changed(stored[name].initial, form[name].data):
                found.append(Conflict(str(form[name].label), _words(stored[name])))
        return found

    def show(
        self, form, *, notice: str = "", conflicts=None, token: str | None = None, status: int = 200
    ) -> HttpResponse:
        """The page; ``token`` is what the person has read, when it is not what the step holds now."""
        missing = missing_before_filing(self.object, on=self.today, draft=self.draft)
        asked = last_request(self.object)
        context = {
            "page": Page(title=str(self.object), crumbs=self.crumbs()),
            "proposal": self.object,
            "form": form,
            "token": self.token() if token is None else token,
            "page_key": uuid.uuid4().hex,
            "steps": stepper(missing, self.step, self.step_urls()),
            "step": self.step,
            "step_label": STEPS[self.step],
            "previous": ORDER.index(self.step),
            "missing": [item for item in missing if item.step == self.step] if not form.is_bound else [],
            "all_missing": [(item, self.step_url(item.step)) for item in missing],
            "saved": "" if form.is_bound else self.when_saved(),
            "asked": asked,
            "asked_items": missing_items(asked) if asked else [],
            "deadline": deadline_text(self.object.call, self.now) if self.object.state == "draft" else "",
            "notice": notice,
            "conflicts": conflicts or [],
            **self.step_context(form),
        }
        return self.render_to_response(context, status=status)

    def step_context(self, form) -> dict[str, Any]:
        return {}


class StructureStep(StepPage):
    """Step 1 writes the organisation's own record, filled once for every proposal."""

    step = "structure"

    def make_form(self, data=None, files=None, **kwargs):
        organisation = self.object.organisation
        initial = {name: getattr(organisation, name) for name in OrganisationForm.base_fields}
        return OrganisationForm(data, initial=initial)

    def token(self) -> str:
        return str(self.object.organisation.version)

    def save(self, form, *, token) -> None:
        self.object.organisation = save_structure(
            proposal=self.object, by=self.request.user, version=whole_number(token), fields=form.cleaned_data
        )
        self.object.updated_at = self.now

    def conflicts(self, form):
        self.load(pk=self.object.pk)
        stored = self.make_form()
        return [
            Conflict(str(form[name].label), str(stored.initial[name] or ""))
            for name, field in stored.fields.items()
            if field.has_changed(stored.initial[name], form[name].data)
        ]


class ProjectStep(StepPage):
    step = "projet"

    def make_form(self, data=None, files=None, **kwargs):
        return ProjectForm(data, draft=self.draft)


class PublicsStep(StepPage):
    step = "publics"
    template_name = "partner/step_publics.html"

    def make_form(self, data=None, files=None, **kwargs):
        return PublicsForm(data, draft=self.draft)

    def rows(self, form):
        return form.planned()


class BudgetStep(StepPage):
    step = "budget"
    template_name = "partner/step_budget.html"

    def make_form(self, data=None, files=None, **kwargs):
        return BudgetForm(self._arranged(data), draft=self.draft, extra=self._extra_rows())

    def _arranged(self, data):
        """What was sent once the row asked for is added or removed: nothing typed is dropped."""
        if data is not None and data.get("go") == "add":
            return with_row(data)
        removed = removed_row(data)
        return data if removed is None else without_row(data, removed)

    def _extra_rows(self) -> int:
        return 1 if self.request.GET.get("ligne") else 0

    def rows(self, form):
        return form.to_lines()

    def next_url(self, go, form):
        if go == "add":
            return f"{self.step_url('budget')}?ligne=1#financeurs"
        if go.startswith("remove-"):
            return f"{self.step_url('budget')}#financeurs"
        return super().next_url(go, form)

    def step_context(self, form):
        balance = form.balance
        return {
            "charges": [row for row in form.posts("charge") if not row.post.is_in_kind],
            "products": [row for row in form.posts("product") if not row.post.is_in_kind],
            "in_kind": [row for side in ("charge", "product") for row in form.posts(side) if row.post.is_in_kind],
            "balance": balance,
            "money_words": MONEY_WORDS,
            "in_kind_words": IN_KIND_WORDS,
            "problems": balance.problems(),
        }


class EvaluationStep(StepPage):
    step = "evaluation"
    template_name = "partner/step_evaluation.html"

    def make_form(self, data=None, files=None, **kwargs):
        removed = removed_row(data)
        data = data if removed is None else without_indicator(data, removed)
        return IndicatorsForm(data, draft=self.draft, extra=1 if self.request.GET.get("ligne") else 0)

    def rows(self, form):
        return form.indicators()

    def next_url(self, go, form):
        if go == "add":
            return f"{self.step_url('evaluation')}?ligne=1#indicateurs"
        if go.startswith("remove-"):
            return f"{self.step_url('evaluation')}#indicateurs"
        if form.picked:
            messages.info(self.request, "Indicateurs ajoutés : donnez maintenant une cible à chacun.")
            return f"{self.step_url('evaluation')}#indicateurs"
        return super().next_url(go, form)


class FilingStep(StepPage):
    step = "depot"
    template_name = "partner/step_filing.html"

    def make_form(self, data=None, files=None, **kwargs):
        return CommitmentsForm(data, draft=self.draft)

    def next_url(self, go, form):
        return self.url("file", pk=self.object.pk) if go == "next" else super().next_url(go, form)

    def step_context(self, form):
        present = {piece.kind for piece in self.draft.pieces}
        call = self.object.call
        absent = [pair for pair in zip(call.pieces, call.piece_labels, strict=True) if pair[0] not in present]
        reusable = {piece.kind for piece in reusable_pieces(self.object, on=self.today)} - present
        return {
            "pieces": piece_lines(self.draft.pieces, on=self.today),
            "absent": [label for _, label in absent],
            "reusable": len(reusable),
            "piece_form": PieceForm(initial={"kind": absent[0][0]} if absent else {}),
            "commitments": republican_commitments(),
        }


def _words(bound) -> str:
    """What a stored field says, in words."""
    value, choices = bound.initial, dict(getattr(bound.field, "choices", None) or [])
    if isinstance(value, list):
        return ", ".join(str(choices.get(item, item)) for item in value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(choices.get(value, value) if choices else value or "")
