from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from actors.enums import OrganisationKind, PartnerRole, PersonRole, TermKind
from actors.querysets import OrganisationManager, PersonManager
from actors.validators import validate_finess, validate_phone, validate_rna, validate_rpps, validate_siret
from asv_platform.accounts.models import User
from asv_platform.territories.models import AsvOwned, Commune, Neighbourhood, Tracked
from asv_platform.territories.normalise import normalise


class Term(models.Model):
    """A word of a closed list shared by every ASV: theme, public, sector, determinant, Ottawa axis."""

    kind = models.CharField("liste", max_length=12, choices=TermKind)
    code = models.SlugField("code", max_length=60)
    label = models.CharField("libellé", max_length=120)
    national_code = models.CharField("correspondance nationale", max_length=120, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta:
        verbose_name = "terme"
        ordering = ["kind", "position", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"],
                name="term_code_once_per_kind",
                violation_error_message="Ce code existe déjà dans cette liste.",
            )
        ]

    def __str__(self):
        return self.label


class Organisation(Tracked):
    """A member of the network; the same one may carry actions, fund them and be a partner."""

    # The tags are part of what a record says: their changes are kept like those of its fields.
    _history_m2m_fields = ("sectors", "themes", "publics", "neighbourhoods")

    name = models.CharField("nom", max_length=200)
    acronym = models.CharField("sigle", max_length=30, blank=True)
    search_name = models.CharField("nom sans accents", max_length=240, editable=False, default="")
    kind = models.CharField("nature", max_length=20, choices=OrganisationKind)
    is_funder = models.BooleanField("finance des actions", default=False)
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[validate_siret])
    rna = models.CharField("RNA", max_length=10, blank=True, validators=[validate_rna])
    finess = models.CharField("FINESS", max_length=9, blank=True, validators=[validate_finess])
    missions = models.TextField("missions", max_length=4000, blank=True)
    services_offered = models.TextField("services proposés aux habitants", max_length=4000, blank=True)
    opening_hours = models.TextField("horaires d’ouverture", max_length=500, blank=True)
    address = models.CharField("adresse", max_length=250, blank=True)
    postal_code = models.CharField("code postal", max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    longitude = models.DecimalField(
        "longitude", max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    latitude = models.DecimalField(
        "latitude", max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    phone = models.CharField("téléphone", max_length=20, blank=True, validators=[validate_phone])
    email = models.EmailField("courriel", blank=True)
    website = models.URLField("site internet", max_length=250, blank=True)
    legal_representative = models.CharField("représentant légal", max_length=150, blank=True)
    legal_representative_function = models.CharField("qualité du représentant légal", max_length=100, blank=True)
    staff_count = models.PositiveIntegerField("salariés", null=True, blank=True)
    volunteer_count = models.PositiveIntegerField("bénévoles", null=True, blank=True)
    member_count = models.PositiveIntegerField("adhérents", null=True, blank=True)
    approvals = models.TextField("agréments", max_length=1000, blank=True)
    sectors = models.ManyToManyField(
        Term, related_name="+", blank=True, verbose_name="secteurs", limit_choices_to={"kind": TermKind.SECTOR}
    )
    themes = models.ManyToManyField(
        Term, related_name="+", blank=True, verbose_name="thèmes", limit_choices_to={"kind": TermKind.THEME}
    )
    publics = models.ManyToManyField(
        Term, related_name="+", blank=True, verbose_name="publics", limit_choices_to={"kind": TermKind.PUBLIC}
    )
    covers_perimeter = models.BooleanField("intervient dans tout le périmètre", default=False)
    neighbourhoods = models.ManyToManyField(
        Neighbourhood, related_name="+", blank=True, verbose_name="quartiers d’intervention"
    )
    confirmed_on = models.DateField("fiche confirmée le", null=True, blank=True)

    objects = OrganisationManager()

    class Meta:
        verbose_name = "organisation"
        ordering = ["search_name", "pk"]
        indexes = [models.Index(fields=["asv", "search_name"], name="organisation_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["asv", "siret"], condition=~Q(siret=""), name="organisation_siret_once_per_asv",
                violation_error_message="Une organisation de l’ASV porte déjà ce SIRET.",
            ),
            models.UniqueConstraint(
                fields=["asv", "rna"], condition=~Q(rna=""), name="organisation_rna_once_per_asv",
                violation_error_message="Une organisation de l’ASV porte déjà ce numéro RNA.",
            ),
            models.UniqueConstraint(
                fields=["asv", "finess"], condition=~Q(finess=""), name="organisation_finess_once_per_asv",
                violation_error_message="Une organisation de l’ASV porte déjà ce numéro FINESS.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    def clean(self):
        self.search_name = normalise(f"{self.name} {self.acronym}")[:240]
        if (self.longitude is None) != (self.latitude is None):
            raise ValidationError({"latitude": "Donnez la longitude et la latitude, ou aucune des deux."})

    @property
    def short_name(self) -> str:
        """The acronym when there is one: for narrow places."""
        return self.acronym or self.name


class Person(Tracked):
    """Somebody of the network, with or without an account. Never a health datum about them."""

    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom ou pseudonyme", max_length=100)
    search_name = models.CharField("nom sans accents", max_length=190, editable=False, default="")
    role = models.CharField("rôle dans l’ASV", max_length=20, choices=PersonRole, default=PersonRole.PROFESSIONAL)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=20, blank=True, validators=[validate_phone])
    rpps = models.CharField("RPPS", max_length=11, blank=True, validators=[validate_rpps])
    note = models.TextField("note de travail", max_length=1000, blank=True)
    consent_on = models.DateField("accord donné le", null=True, blank=True)
    last_contact_on = models.DateField("dernier contact le", null=True, blank=True)
    retention_until = models.DateField("à conserver jusqu’au", null=True, blank=True)

    objects = PersonManager()

    class Meta:
        verbose_name = "personne"
        ordering = ["search_name", "pk"]
        indexes = [models.Index(fields=["asv", "search_name"], name="person_search")]
        constraints = [
            models.UniqueConstraint(
                fields=["asv", "rpps"], condition=~Q(rpps=""), name="person_rpps_once_per_asv",
                violation_error_message="Une personne de l’ASV porte déjà ce numéro RPPS.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()

    def clean(self):
        self.search_name = normalise(f"{self.last_name} {self.first_name}")[:190]


class Affiliation(Tracked):
    """The function of a person in an organisation, over time."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affiliations", verbose_name="personne")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="affiliations", verbose_name="organisation"
    )
    function = models.CharField("fonction", max_length=150, blank=True)
    email = models.EmailField("courriel professionnel", blank=True)
    phone = models.CharField("téléphone professionnel", max_length=20, blank=True, validators=[validate_phone])
    is_main = models.BooleanField("contact principal de l’organisation", default=False)
    started_on = models.DateField("depuis le", null=True, blank=True)
    ended_on = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "fonction"
        ordering = [F("ended_on").desc(nulls_first=True), "-is_main", "-started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_ends_after_start",
                condition=Q(ended_on__isnull=True) | Q(started_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                violation_error_message="La date de fin est avant la date de début : corrigez l’une des deux.",
            )
        ]

    def __str__(self):
        return f"{self.person} – {self.organisation}"


class PartnerAccess(AsvOwned):
    """The right of a user to file, and later to report, in the name of an organisation."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="partner_accesses", verbose_name="utilisateur"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partner_accesses", verbose_name="organisation"
    )
    role = models.CharField("droits", max_length=10, choices=PartnerRole, default=PartnerRole.OWNER)

    class Meta:
        verbose_name = "accès partenaire"
        verbose_name_plural = "accès partenaires"
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], name="partner_access_once",
                violation_error_message="Cette personne a déjà un accès pour cette organisation.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.user} – {self.organisation}"
