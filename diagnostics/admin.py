"""Operators' and coordinators' screens: the rows of their ASV; states move by the pages of the site only."""

from django.contrib import admin

from asv_platform.accounts.scoped_admin import ScopedAdmin
from asv_platform.common.admin import FrozenAdmin
from diagnostics.models import (
    Diagnostic,
    Evidence,
    Indicator,
    IndicatorValue,
    Need,
    Priority,
    ThemeChapter,
    Voice,
)


@admin.register(Indicator)
class IndicatorAdmin(FrozenAdmin):
    list_display = ["name", "heading", "unit", "better", "source"]
    list_filter = ["heading", "kind", "better"]
    list_select_related = ["determinant"]
    search_fields = ["name", "code", "definition"]


@admin.register(IndicatorValue)
class IndicatorValueAdmin(FrozenAdmin):
    list_display = [
        "indicator",
        "level",
        "geography_code",
        "geography_name",
        "period",
        "value",
        "is_hidden",
        "is_refused",
    ]
    list_filter = ["level", "is_hidden", "is_refused", "indicator"]
    list_select_related = ["indicator"]
    search_fields = ["geography_code", "geography_name"]
    show_full_result_count = False


@admin.register(Diagnostic)
class DiagnosticAdmin(ScopedAdmin):
    list_display = ["title", "year", "state", "validated_on", "asv", "archived_at"]
    list_filter = ["asv", "state", "year"]
    list_select_related = ["asv"]
    search_fields = ["title"]
    autocomplete_fields = ["previous"]


@admin.register(ThemeChapter)
class ThemeChapterAdmin(ScopedAdmin):
    list_display = ["theme", "diagnostic", "disagreement_between", "asv"]
    list_filter = ["asv", "theme"]
    list_select_related = ["theme", "diagnostic", "asv"]
    search_fields = ["theme__label"]
    autocomplete_fields = ["diagnostic"]


@admin.register(Need)
class NeedAdmin(ScopedAdmin):
    list_display = ["number", "statement", "theme", "severity", "diagnostic", "asv", "archived_at"]
    list_display_links = ["statement"]
    list_filter = ["asv", "severity", "theme"]
    list_select_related = ["theme", "diagnostic", "asv"]
    search_fields = ["statement"]
    autocomplete_fields = ["diagnostic"]
    filter_horizontal = ["publics", "determinants"]
    raw_id_fields = ["neighbourhoods"]


@admin.register(Voice)
class VoiceAdmin(ScopedAdmin):
    list_display = ["__str__", "kind", "theme", "heard_on", "need", "asv", "archived_at"]
    list_filter = ["asv", "kind", "theme"]
    list_select_related = ["theme", "need", "asv"]
    search_fields = ["words", "context"]
    autocomplete_fields = ["diagnostic", "need"]
    raw_id_fields = ["neighbourhood"]


@admin.register(Evidence)
class EvidenceAdmin(ScopedAdmin):
    list_display = ["__str__", "kind", "need", "indicator", "dated_on", "asv"]
    list_filter = ["asv", "kind"]
    list_select_related = ["need", "indicator", "asv"]
    search_fields = ["text", "need__statement"]
    autocomplete_fields = ["need", "indicator"]


@admin.register(Priority)
class PriorityAdmin(ScopedAdmin):
    list_display = ["rank", "title", "theme", "diagnostic", "committee_votes", "resident_votes", "asv", "archived_at"]
    list_display_links = ["title"]
    list_filter = ["asv", "theme"]
    list_select_related = ["theme", "diagnostic", "asv"]
    search_fields = ["title"]
    autocomplete_fields = ["diagnostic"]
    raw_id_fields = ["neighbourhoods", "needs"]
