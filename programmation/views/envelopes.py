from asv_platform.common.lists import Cell, Column, Empty
from asv_platform.common.views import Action, EditPage, FormPage
from asv_platform.territories.pages import shelf_action
from programmation.filters import ProgrammeFilters
from programmation.forms.programmes import EnvelopeForm
from programmation.models import Envelope
from programmation.selectors import envelope_totals, envelopes_with_money, freed_words
from programmation.services import change_envelope, create_envelope
from programmation.views.base import RowCrumbs, YearListPage
from programmation.views.objectives import OfProgramme


class EnvelopeMixin(RowCrumbs):
    list_name, list_label, detail_name = "envelope_list", "Enveloppes", "envelope_edit"

    def get_queryset(self):
        return Envelope.objects.select_related("programme", "funder")

    def crumbs(self):
        # The list says all there is to read of an envelope: its own page is the form.
        return super().crumbs() if self.may("edit") else super().crumbs()[:1]

    def get_success_url(self, result):
        return self.url("envelope_list")


class EnvelopeList(YearListPage):
    permission = "programmation.view"
    title = "Enveloppes"
    lead = "Ce que chaque financeur apporte, ce qui lui est demandé, ce qu’il accorde, ce qui reste."
    filterset_class = ProgrammeFilters
    default_sort = ("-programme__year", "-amount")
    nouns = ("enveloppe", "enveloppes")
    columns = [
        Column("Financeur", "funder.name", kind="title", sort="funder__name", sub="label"),
        Column("Dispositif", "label", shown=False),
        Column("Programme", lambda row: str(row.programme.year), sort="programme__year"),
        Column("Enveloppe", "amount", kind="money", sort="amount"),
        Column("Demandé", "asked", kind="money", sort="asked"),
        Column("Accordé", "granted", kind="money", sort="granted", sub=freed_words),
        Column("Reste à attribuer", "remaining", kind="money", sort="remaining"),
    ]

    def get_queryset(self):
        return envelopes_with_money(Envelope.objects.all())

    def row_url(self, row):
        return self.url("envelope_edit" if self.may("edit") else "envelope_history", pk=row.pk)

    def totals(self, rows):
        sums = envelope_totals(rows)
        texts = [("text", "Total"), ("text", ""), *(("money", total) for total in sums)]
        labels = [column.label for column in self.columns if column.shown]
        return [Cell(kind, text, label) for (kind, text), label in zip(texts, labels, strict=True)]

    def actions(self):
        if not self.may("edit") or self.current_programme is None:
            return []
        return [Action("Ajouter une enveloppe", self.url("envelope_create"), "plus")]

    def get_empty(self):
        text = "Indiquez ce que l’État, la ville, l’ARS ou la CAF apportent : le reste à attribuer se calcule seul."
        if not self.may("edit") or self.current_programme is None:
            return Empty("Aucune enveloppe pour l’instant", text)
        return Empty("Aucune enveloppe pour l’instant", text, "Ajouter une enveloppe", self.url("envelope_create"))


class EnvelopeCreate(OfProgramme, FormPage):
    permission = "programmation.edit"
    title = "Ajouter une enveloppe"
    form_class = EnvelopeForm
    submit_label = "Ajouter l’enveloppe"
    success_message = "L’enveloppe est ajoutée."

    def get_lead(self):
        return f"{self.programme}."

    def crumbs(self):
        return [("Enveloppes", self.url("envelope_list"))]

    def act(self, data):
        return create_envelope(programme=self.programme, by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("envelope_list")


class EnvelopeEdit(EnvelopeMixin, EditPage):
    permission = "programmation.edit"
    form_class = EnvelopeForm
    success_message = "L’enveloppe est enregistrée."

    def get_title(self):
        return f"Modifier l’enveloppe de {self.object.funder}"

    def crumbs(self):
        return super().crumbs()[:1]

    def actions(self):
        history = Action("Historique", self.url("envelope_history", pk=self.object.pk), "history", "secondary")
        return [history, shelf_action(self, "envelope", restore="secondary")]

    def form_kwargs(self):
        return {"asv": self.request.asv, "programme": self.object.programme}

    def act(self, data):
        return change_envelope(envelope=self.object, by=self.request.user, version=self.sent_version(), **data)
