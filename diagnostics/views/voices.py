"""Words heard: list, page, writing, and the need they express."""

from asv_platform.common.lists import Column, Empty, ListPage
from asv_platform.common.views import Action, ConfirmPage, DetailPage, FormPage
from diagnostics.filters import VoiceFilters
from diagnostics.forms import LinkVoiceForm, VoiceForm
from diagnostics.models import Voice
from diagnostics.services import change_voice, create_voice, link_voice
from diagnostics.views.base import ContentEditPage, ContentMixin, EditionCreateMixin, EditionListMixin, OpenEditionMixin

PRIVACY = "Ni nom, ni adresse, ni rien sur la santé d’une personne."


class VoiceList(EditionListMixin, ListPage):
    permission = "diagnostics.view"
    title = "Paroles"
    lead = f"Ce qui a été entendu, mot pour mot. {PRIVACY}"
    filterset_class = VoiceFilters
    default_sort = ("-heard_on", "-pk")
    nouns = ("parole", "paroles")
    columns = [
        Column("Parole", lambda row: f"« {row.words} »", kind="title", sub="context", whole="words"),
        Column("Édition", "diagnostic.year", kind="number", shown=False),
        Column("Où et comment", "context", shown=False),
        Column("Qui parle", "get_kind_display", sort="kind"),
        Column("Quartier", "neighbourhood.short_name", sort="neighbourhood__name", whole="neighbourhood.name"),
        Column("Thème", "theme.label", sort="theme__position"),
        Column("Entendue le", "heard_on", kind="date", sort="heard_on"),
        Column("Fois", "mentions", kind="number", sort="mentions"),
        Column("Besoin", lambda row: row.need.statement if row.need else "", sort="need__number"),
    ]

    def crumbs(self):
        return [self.home_crumb(), ("Paroles", "")]

    def get_queryset(self):
        return Voice.objects.select_related("diagnostic", "theme", "neighbourhood", "need")

    def row_url(self, row):
        return self.url("voice_detail", pk=row.pk)

    def actions(self):
        return [Action("Ajouter une parole", self.add_url("voice_create"), "plus")] if self.may_add else []

    def get_empty(self):
        text = "Un groupe de parole, un diagnostic en marchant, une réunion : notez les mots tels qu’ils ont été dits."
        if not self.may_add:
            return Empty("Aucune parole recueillie", text)
        return Empty("Aucune parole recueillie", text, "Ajouter une parole", self.add_url("voice_create"))


class VoiceMixin(ContentMixin):
    object: Voice
    noun = "voice"
    plural_label = "Paroles"

    def get_queryset(self):
        return Voice.objects.select_related("diagnostic", "theme", "neighbourhood", "need")


class VoiceDetail(VoiceMixin, DetailPage):
    permission = "diagnostics.view"
    template_name = "diagnostics/voice_detail.html"

    def get_title(self):
        return f"Parole d’{'habitants' if self.object.kind == 'residents' else 'intervenants professionnels'}"

    def crumbs(self):
        return [*super().crumbs()[:-1], (self.get_title(), "")]

    def actions(self):
        return self.content_actions("Modifier la parole")

    def extra_context_data(self):
        voice = self.object
        return {
            "facts": [
                ("Qui parle", voice.get_kind_display()),
                ("Quartier", voice.neighbourhood.name if voice.neighbourhood else "Plusieurs, ou non précisé"),
                ("Où et comment", voice.context),
                ("Entendue", f"{voice.mentions} fois"),
                ("Thème", voice.theme.label if voice.theme else ""),
            ],
            "need_url": self.url("need_detail", pk=voice.need_id) if voice.need_id else "",
            "link_url": self.url("voice_link", pk=voice.pk),
            "may_edit": self.may_edit() and voice.archived_at is None,
            "closed": self.closed(),
        }


class VoiceCreate(EditionCreateMixin, FormPage):
    permission = "diagnostics.edit"
    title = "Ajouter une parole"
    lead = PRIVACY
    form_class = VoiceForm
    submit_label = "Ajouter la parole"
    success_message = "La parole est ajoutée."

    def crumbs(self):
        return [self.home_crumb(), ("Paroles", self.add_url("voice_list"))]

    def act(self, data):
        return create_voice(by=self.request.user, **data)

    def get_success_url(self, result):
        return self.url("need_detail", pk=result.need_id) if result.need_id else self.url("voice_detail", pk=result.pk)


class VoiceEdit(VoiceMixin, ContentEditPage):
    title = "Modifier la parole"
    lead = PRIVACY
    form_class = VoiceForm
    success_message = "La parole est enregistrée."

    def act(self, data):
        return change_voice(voice=self.object, by=self.request.user, version=self.sent_version(), **data)


class VoiceLink(VoiceMixin, OpenEditionMixin, ConfirmPage):
    """Attach the words to a need, or detach them."""

    permission = "diagnostics.edit"
    title = "Rattacher à un besoin"
    form_class = LinkVoiceForm
    submit_label = "Rattacher"

    def get_success_message(self, result):
        need = result.need
        return (
            f"Parole rattachée au besoin n° {need.number}." if need else "Cette parole n’est rattachée à aucun besoin."
        )

    def get_text(self):
        return f"« {self.object.words} »"

    def form_kwargs(self):
        return {"diagnostic": self.object.diagnostic}

    def get_initial(self):
        return {"need": self.object.need_id}

    def act(self, data):
        return link_voice(voice=self.object, by=self.request.user, version=self.sent_version(), **data)
