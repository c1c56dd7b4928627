import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.text import slugify

from asv_platform.common.models import Job
from asv_platform.notifications.models import Message
from asv_platform.reporting.enums import Channel, EditionKind, EditionState, RecipientKind
from asv_platform.territories.models import AsvOwned, Tracked

ISSUED_STATES = (EditionState.ISSUED, EditionState.WITHDRAWN)


def _pdf_path(edition: "Edition", name: str) -> str:
    """Issued files are named by their fingerprint: two different files never share a name."""
    return f"editions/{edition.asv_id}/{edition.pk}/{name}"


class Edition(Tracked):
    """A printed document of the ASV: prepared as a draft, then issued with a number, and immutable from then on.

    A correction is another edition, which supersedes this one.
    """

    kind = models.CharField("document", max_length=30, choices=EditionKind)
    year = models.PositiveSmallIntegerField("année")
    number = models.PositiveSmallIntegerField("numéro", null=True, blank=True)
    state = models.CharField("état", max_length=20, choices=EditionState, default=EditionState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="préparée par"
    )
    headline = models.CharField("phrase de l’année", max_length=100, blank=True)
    foreword = models.TextField("mot d’introduction", max_length=1200, blank=True)
    foreword_author = models.CharField("signé par", max_length=150, blank=True)
    # Keys of the chapters to print, in no order; empty means all.
    chapters = models.JSONField("chapitres", default=list, blank=True)
    comments = models.JSONField("commentaires de chapitre", default=dict, blank=True)
    # [{"what": …, "who": …, "before": ISO date or null}]: what the reader is asked to decide.
    decisions = models.JSONField("décisions attendues", default=list, blank=True)
    data_on = models.DateField("données arrêtées au", null=True, blank=True)
    preview = models.FileField("aperçu", upload_to=_pdf_path, max_length=200, blank=True)
    file = models.FileField("fichier", upload_to=_pdf_path, max_length=200, blank=True)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    page_count = models.PositiveSmallIntegerField("pages", null=True, blank=True)
    issued_on = models.DateField("date d’émission", null=True, blank=True)
    issued_at = models.DateTimeField("émise le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawal_reason = models.CharField("motif du retrait", max_length=300, blank=True)
    failure = models.CharField("motif de l’interruption", max_length=300, blank=True)
    supersedes = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="remplace"
    )
    job = models.ForeignKey(
        Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="travail en cours"
    )

    class Meta:
        verbose_name = "édition"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asv", "kind", "year", "number"],
                name="edition_number_once",
                violation_error_message="Ce numéro d’édition existe déjà.",
            ),
            models.CheckConstraint(
                name="edition_issued_is_complete",
                condition=~models.Q(state__in=ISSUED_STATES)
                | (
                    models.Q(number__isnull=False, issued_at__isnull=False, page_count__isnull=False)
                    & ~models.Q(file="")
                    & ~models.Q(sha256="")
                ),
                violation_error_message="Une édition émise porte un numéro, une date, un fichier et son empreinte.",
            ),
            models.CheckConstraint(
                name="edition_withdrawn_iff_dated",
                condition=models.Q(state=EditionState.WITHDRAWN, withdrawn_at__isnull=False)
                | (~models.Q(state=EditionState.WITHDRAWN) & models.Q(withdrawn_at__isnull=True)),
                violation_error_message="Une édition retirée porte la date de son retrait, et elle seule.",
            ),
        ]

    def __str__(self):
        number = f", édition {self.number}" if self.number else ""
        return f"{self.get_kind_display()} {self.year}{number}"

    @property
    def is_issued(self) -> bool:
        return self.state == EditionState.ISSUED

    @property
    def file_name(self) -> str:
        """The name under which a reader saves the file."""
        suffix = f"edition-{self.number}" if self.number else "brouillon"
        return f"{slugify(self.get_kind_display())}-{self.year}-{suffix}.pdf"


class EditionSnapshot(AsvOwned):
    """The data of an edition, frozen: apart, so that lists never load it and the history never copies it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="frozen", verbose_name="édition")
    data = models.JSONField("données")

    class Meta:
        verbose_name = "données figées d’une édition"
        verbose_name_plural = "données figées des éditions"

    def __str__(self):
        return f"Données de l’édition {self.edition_id}"


class Recipient(Tracked):
    """Somebody to whom editions are sent. No account: an elected official only receives."""

    name = models.CharField("nom", max_length=150)
    function = models.CharField("fonction", max_length=150, blank=True)
    kind = models.CharField("qualité", max_length=20, choices=RecipientKind, default=RecipientKind.ELECTED)
    email = models.EmailField("adresse électronique")
    is_active = models.BooleanField("reçoit les envois", default=True)

    class Meta:
        verbose_name = "destinataire"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["asv", "email"],
                name="recipient_once_per_address",
                condition=models.Q(archived_at__isnull=True),
                violation_error_message="Cette adresse est déjà dans la liste des destinataires.",
            )
        ]

    def __str__(self):
        return self.name


class Delivery(AsvOwned):
    """One edition to one recipient, once. How far it went is read on its message (selectors), never copied here.

    The address of a reading link is signed, not stored: it carries the row and ``link_key``; a revoked or expired row
    refuses it.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="deliveries", verbose_name="édition")
    recipient = models.ForeignKey(
        Recipient, on_delete=models.PROTECT, related_name="deliveries", verbose_name="destinataire"
    )
    channel = models.CharField("envoi par", max_length=20, choices=Channel)
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="message"
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="envoyée par"
    )
    link_key = models.CharField("clé du lien", max_length=32, blank=True)
    expires_at = models.DateTimeField("lien valable jusqu’au", null=True, blank=True)
    revoked_at = models.DateTimeField("lien désactivé le", null=True, blank=True)
    opened_at = models.DateTimeField("ouverte le", null=True, blank=True)
    open_count = models.PositiveIntegerField("ouvertures", default=0)

    class Meta:
        verbose_name = "envoi"
        ordering = ["recipient__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "recipient"],
                name="delivery_once",
                violation_error_message="Cette édition est déjà partie à ce destinataire.",
            ),
            models.CheckConstraint(
                name="delivery_link_has_key",
                condition=models.Q(channel=Channel.ATTACHMENT)
                | (~models.Q(link_key="") & models.Q(expires_at__isnull=False)),
                violation_error_message="Un lien de lecture a une clé et une fin de validité.",
            ),
        ]

    def __str__(self):
        return f"{self.edition} → {self.recipient}"

    def is_closed(self, now: dt.datetime) -> bool:
        """Whether its link was closed or ran out."""
        return self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= now)
