from django.db import models
from simple_history.models import HistoricalRecords

from asv_platform.common.formats import short_place
from asv_platform.territories.enums import AsvLevel, CarrierKind, EpciKind, FormerCodeKind, Generation
from asv_platform.territories.scoping import ScopedManager, check_write
from asv_platform.territories.validators import validate_colour, validate_logo, validate_siren


class ReferenceLoad(models.Model):
    """Which edition of a shipped data file is in the database: an unchanged file is not loaded again."""

    name = models.CharField("jeu de données", max_length=40, unique=True)
    fingerprint = models.CharField("empreinte", max_length=64)
    counts = models.JSONField("effectifs", default=dict)
    loaded_at = models.DateTimeField("chargé le")

    class Meta:
        verbose_name = "chargement de référence"
        verbose_name_plural = "chargements de référence"

    def __str__(self):
        return self.name


class Region(models.Model):
    """A French region, COG 2026."""

    code = models.CharField("code", max_length=3, unique=True)
    name = models.CharField("nom", max_length=100)

    class Meta:
        verbose_name = "région"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Department(models.Model):
    """A French department, COG 2026."""

    code = models.CharField("code", max_length=3, unique=True)
    name = models.CharField("nom", max_length=100)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="departments", verbose_name="région")

    class Meta:
        verbose_name = "département"
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})"


class Epci(models.Model):
    """A grouping of communes with its own taxation, or a territory of Greater Paris (EPT)."""

    siren = models.CharField("SIREN", max_length=9, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=5, choices=EpciKind)
    population = models.PositiveIntegerField("population municipale", null=True, blank=True)

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ["name"]

    def __str__(self):
        return self.name


class Commune(models.Model):
    """A current commune of France, COG 2026; former codes resolve through ``CommuneFormerCode``."""

    code = models.CharField("code Insee", max_length=5, unique=True)
    name = models.CharField("nom", max_length=100)
    search_name = models.CharField("nom sans accents", max_length=100, db_index=True)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    postal_codes = models.JSONField("codes postaux", default=list)
    population = models.PositiveIntegerField("population", null=True, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="communes", verbose_name="département", null=True
    )
    epci = models.ForeignKey(
        Epci, on_delete=models.PROTECT, related_name="communes", verbose_name="intercommunalité", null=True, blank=True
    )
    ept = models.ForeignKey(
        Epci, on_delete=models.PROTECT, related_name="ept_communes", verbose_name="EPT", null=True, blank=True
    )

    class Meta:
        verbose_name = "commune"
        ordering = ["name"]

    def __str__(self):
        return f"{self.name} ({self.code[:2] if not self.code.startswith('97') else self.code[:3]})"


class CommuneFormerCode(models.Model):
    """A code that stands for a current commune: merged, renumbered, or arrondissement of Paris, Lyon or Marseille.

    93059 (Pierrefitte-sur-Seine) is now in 93066 (Saint-Denis); 75114 is a part of Paris (75056).
    """

    code = models.CharField("code", max_length=5, unique=True)
    name = models.CharField("nom", max_length=100, blank=True)
    kind = models.CharField("nature", max_length=15, choices=FormerCodeKind)
    commune = models.ForeignKey(
        Commune, on_delete=models.CASCADE, related_name="former_codes", verbose_name="commune actuelle"
    )

    class Meta:
        verbose_name = "code rattaché à une commune"
        verbose_name_plural = "codes rattachés à une commune"
        ordering = ["code"]

    def __str__(self):
        return f"{self.name} ({self.code})" if self.name else self.code


class CommuneContour(models.Model):
    """The simplified outline of a commune (WKB, WGS 84), known where a published file gives it."""

    commune = models.OneToOneField(Commune, on_delete=models.CASCADE, related_name="contour", verbose_name="commune")
    wkb = models.BinaryField("contour")

    class Meta:
        verbose_name = "contour de commune"

    def __str__(self):
        return str(self.commune_id)


class DepartmentContour(models.Model):
    """The simplified outline of a department (WKB, WGS 84), for the national maps."""

    department = models.OneToOneField(
        Department, on_delete=models.CASCADE, related_name="contour", verbose_name="département"
    )
    wkb = models.BinaryField("contour")

    class Meta:
        verbose_name = "contour de département"

    def __str__(self):
        return str(self.department_id)


class Neighbourhood(models.Model):
    """A priority neighbourhood (QPV) of the 2015 or the 2024 geography."""

    code = models.CharField("code", max_length=8, unique=True)
    name = models.CharField("nom", max_length=200)
    search_name = models.CharField("nom sans accents", max_length=200, db_index=True)
    generation = models.PositiveSmallIntegerField("génération", choices=Generation)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="neighbourhoods", verbose_name="département", null=True
    )
    communes = models.ManyToManyField(Commune, related_name="neighbourhoods", verbose_name="communes")
    epci = models.ForeignKey(
        Epci, on_delete=models.PROTECT, related_name="neighbourhoods", verbose_name="intercommunalité", null=True
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    in_force_from = models.DateField("en vigueur depuis", null=True)
    in_force_to = models.DateField("en vigueur jusqu’au", null=True, blank=True)

    class Meta:
        verbose_name = "quartier prioritaire (QPV)"
        verbose_name_plural = "quartiers prioritaires (QPV)"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def short_name(self) -> str:
        """The beginning of a long official name, for narrow columns."""
        return short_place(self.name)


class NeighbourhoodContour(models.Model):
    """The valid, simplified outline of a QPV (WKB, WGS 84), apart so that lists never load it."""

    neighbourhood = models.OneToOneField(
        Neighbourhood, on_delete=models.CASCADE, related_name="contour", verbose_name="quartier"
    )
    wkb = models.BinaryField("contour")

    class Meta:
        verbose_name = "contour de quartier"

    def __str__(self):
        return str(self.neighbourhood_id)


class Succession(models.Model):
    """A 2015 QPV and the 2024 QPV that may succeed it: proposed by label and commune, confirmed by a person only."""

    old = models.ForeignKey(Neighbourhood, on_delete=models.CASCADE, related_name="successors", verbose_name="QPV 2015")
    new = models.ForeignKey(
        Neighbourhood, on_delete=models.CASCADE, related_name="predecessors", verbose_name="QPV 2024"
    )
    score = models.DecimalField("ressemblance des libellés", max_digits=4, decimal_places=3)
    method = models.CharField("méthode", max_length=60)
    confirmed_at = models.DateTimeField("confirmée le", null=True, blank=True)
    confirmed_by = models.CharField("confirmée par", max_length=254, blank=True)
    rejected_at = models.DateTimeField("écartée le", null=True, blank=True)
    rejected_by = models.CharField("écartée par", max_length=254, blank=True)

    class Meta:
        verbose_name = "correspondance 2015 → 2024"
        verbose_name_plural = "correspondances 2015 → 2024"
        ordering = ["old__code", "new__code"]
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(
                name="succession_confirmed_or_rejected",
                condition=models.Q(confirmed_at__isnull=True) | models.Q(rejected_at__isnull=True),
                violation_error_message="Une correspondance ne peut pas être à la fois confirmée et écartée.",
            ),
        ]

    def __str__(self):
        return f"{self.old_id} → {self.new_id}"


class Asv(models.Model):
    """An atelier santé ville: the tenant. Everything its team writes belongs to it and to nobody else.

    ``version`` counts the saves and refuses stale edits, as for the rows it owns.
    """

    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=60, unique=True)
    carrier_kind = models.CharField("nature du porteur", max_length=20, choices=CarrierKind)
    carrier_name = models.CharField("porteur", max_length=200)
    siren = models.CharField("SIREN du porteur", max_length=9, blank=True, validators=[validate_siren])
    level = models.CharField("échelle", max_length=20, choices=AsvLevel)
    communes = models.ManyToManyField(Commune, related_name="asvs", verbose_name="communes")
    neighbourhoods = models.ManyToManyField(Neighbourhood, related_name="asvs", verbose_name="quartiers", blank=True)
    created_year = models.PositiveSmallIntegerField("année de création", null=True, blank=True)
    coordinator_fte = models.DecimalField(
        "coordination (équivalent temps plein)", max_digits=3, decimal_places=2, null=True, blank=True
    )
    cls_reference = models.CharField("contrat local de santé", max_length=200, blank=True)
    city_contract_reference = models.CharField("contrat de ville", max_length=200, blank=True)
    presentation = models.TextField("présentation", blank=True)
    contact_name = models.CharField("contact", max_length=120, blank=True)
    contact_email = models.EmailField("courriel de contact", blank=True)
    contact_phone = models.CharField("téléphone de contact", max_length=20, blank=True)
    contact_address = models.CharField("adresse postale", max_length=250, blank=True)
    colour = models.CharField("couleur du porteur", max_length=7, default="#0F5E5A", validators=[validate_colour])
    logo = models.FileField("logo", upload_to="logos/", blank=True, validators=[validate_logo])
    is_public = models.BooleanField("page publique", default=True)
    version = models.PositiveIntegerField("version", default=0, editable=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = "atelier santé ville"
        verbose_name_plural = "ateliers santé ville"
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def asv_id(self) -> int:
        """The tenant of an ASV is itself: permissions read ``asv_id`` on any object."""
        return self.pk


class AsvOwned(models.Model):
    """Base of every row owned by an ASV: read and written inside its scope only.

    ``version`` counts the saves and refuses stale edits; ``archived_at`` takes a row off the lists without losing it.
    """

    asv = models.ForeignKey(Asv, on_delete=models.PROTECT, related_name="+", verbose_name="ASV")
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    updated_at = models.DateTimeField("modifié le", auto_now=True)
    archived_at = models.DateTimeField("archivé le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=0)

    objects = ScopedManager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        # The one override of save() in the project: tenancy must fail closed on writes as on reads.
        check_write(self)
        super().save(*args, **kwargs)


class Tracked(AsvOwned):
    """An owned row whose every change is kept, field by field (who, when, before, after)."""

    history = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
