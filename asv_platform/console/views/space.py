"""The pages of a member that join several apps: dashboard, thread, search, journal, help."""

from django.urls import reverse
from django.utils import timezone

from asv_platform.common.formats import date_long
from asv_platform.common.views import Page, PermissionView
from asv_platform.console.selectors import dashboard, thread
from asv_platform.console.selectors.search import search
from asv_platform.reporting.words import capital, counted

WAITING = ("ligne demande votre attention", "lignes demandent votre attention")


class SpacePage(PermissionView):
    """A page that only reads."""

    permission = "console.view"
    http_method_names = ["get", "head", "options"]

    def get(self, request, *args, **kwargs):
        context = {"page": Page(**self.page_fields()), **self.extra_context_data()}
        return self.render_to_response(context)


class DashboardPage(SpacePage):
    """The Monday page."""

    template_name = "console/dashboard.html"

    def get_title(self):
        day = date_long(timezone.localdate())
        return capital(day)

    def extra_context_data(self):
        asv, today = self.request.asv, timezone.localdate()
        lines = dashboard.ledger(asv, on=today)
        shown = thread.year_thread(asv, on=today, breaks=3, links=1)
        return {
            "lines": lines,
            "waiting": capital(counted(len(lines), *WAITING, feminine=True)),
            "thread": shown,
            "programme": shown.programme,
            "figures": dashboard.figures(asv, shown.programme, shown.shown),
            "calendar": dashboard.calendar(shown.programme, on=today),
            "today": today,
            "committee_in": (shown.next_committee - today).days if shown.next_committee else None,
        }


class ThreadPage(SpacePage):
    """Every link of the thread, and every place where it breaks."""

    template_name = "console/thread.html"
    title = "Le fil rouge"
    lead = "D’une parole d’habitant au bilan lu par l’élu : ce qui tient, et ce qui reste à relier."

    def extra_context_data(self):
        return {"thread": thread.year_thread(self.request.asv, on=timezone.localdate())}


class SearchPage(SpacePage):
    """One search over the network, the diagnostic and the programme."""

    template_name = "console/search.html"
    title = "Rechercher"

    def extra_context_data(self):
        text = self.request.GET.get("q", "").replace("\x00", "")[:100]
        return {"text": text, "groups": search(self.request.asv, text)}


class HelpPage(SpacePage):
    """How the year goes, and where to do what."""

    template_name = "console/help.html"
    title = "Aide"
    lead = "L’année d’un atelier santé ville, dans l’ordre du fil rouge."

    def crumbs(self):
        return [("Tableau de bord", reverse("console:dashboard", kwargs={"asv": self.request.asv.slug}))]
