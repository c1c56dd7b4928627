"""The published figures: heat map of the neighbourhoods, and the page of one indicator."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from actors.models import Term
from asv_platform.common.charts import Bar, line, spine
from asv_platform.common.exports import csv_response, xlsx_response
from asv_platform.common.views import Page, PermissionView
from diagnostics.enums import GeographyLevel
from diagnostics.heat import HEADERS, current_table, export_lines, gaps, larger_table, old_table
from diagnostics.models import Indicator, IndicatorValue
from diagnostics.selectors import indicator_comparison, value_text
from diagnostics.views.base import DiagnosticsMixin

EXPORTS = {"csv": csv_response, "xlsx": xlsx_response}
COMPARATORS = [
    (GeographyLevel.COMMUNE, "La commune de chaque quartier"),
    (GeographyLevel.EPCI, "L’intercommunalité"),
    (GeographyLevel.DEPARTMENT, "Le département"),
    (GeographyLevel.REGION, "La région"),
    (GeographyLevel.FRANCE, "La France"),
]


class ComparisonForm(forms.Form):
    """What to compare the neighbourhoods with, and which indicators to show."""

    comparer = forms.ChoiceField(label="Comparer à", choices=COMPARATORS, required=False)
    rubrique = forms.ChoiceField(label="Rubrique", required=False)
    determinant: forms.ModelChoiceField = forms.ModelChoiceField(
        label="Déterminant", queryset=None, required=False, to_field_name="code", empty_label="Tous"
    )
    quartier = forms.ChoiceField(label="Quartier à détailler", required=False)

    def __init__(self, data, *, asv):
        super().__init__(data)
        headings = dict.fromkeys(Indicator.objects.values_list("heading", flat=True))
        self.fields["rubrique"].choices = [("", "Toutes"), *((name, name) for name in headings)]
        self.fields["determinant"].queryset = Term.objects.filter(kind="determinant")
        places = asv.neighbourhoods.filter(generation=2024).order_by("name").values_list("code", "name")
        self.fields["quartier"].choices = [("", "Aucun"), *places]

    def indicators(self):
        """The indicators asked for; what cannot be read asks for nothing."""
        chosen = self.cleaned_data if self.is_valid() else {}
        rows = Indicator.objects.select_related("determinant")
        if heading := chosen.get("rubrique"):
            rows = rows.filter(heading=heading)
        if determinant := chosen.get("determinant"):
            rows = rows.filter(determinant=determinant)
        return rows

    def level(self) -> GeographyLevel | None:
        """The scale of the territories to compare with; None when none is asked."""
        chosen = self.cleaned_data.get("comparer") if self.is_valid() else ""
        return GeographyLevel(chosen) if chosen else None

    def show(self, level: GeographyLevel) -> None:
        """Say the scale that was taken."""
        self.data = {**self.data, "comparer": level}


class ReadingPage(DiagnosticsMixin, PermissionView):
    """A page that is not about one row of the ASV: the figures are everybody's."""

    permission = "diagnostics.view"
    http_method_names = ["get", "head", "options"]

    def page(self) -> Page:
        return Page(**self.page_fields())


class IndicatorList(ReadingPage):
    template_name = "diagnostics/indicator_list.html"
    title = "Indicateurs par quartier"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = ComparisonForm(request.GET, asv=self.request.asv)
        table = indicator_comparison(self.request.asv, form.indicators(), level=form.level())
        form.show(table.level)
        if export := EXPORTS.get(request.GET.get("format", "")):
            return export("indicateurs-par-quartier", HEADERS, list(export_lines(table)))  # type: ignore[return-value]
        return self.render_to_response({"page": self.page(), "form": form, **self.tables(table, form)})

    def get_lead(self):
        return (
            "Les chiffres publiés de chaque quartier, à côté de ceux des territoires qui le contiennent. Une case se "
            "colore quand l’écart dépasse l’intervalle de confiance à 95 %."
        )

    def crumbs(self):
        return [self.home_crumb(), (self.title, "")]

    def export_menu(self):
        query = self.request.GET.copy()
        links = []
        for kind, label in (("csv", "CSV (tableur)"), ("xlsx", "Excel (XLSX)")):
            query["format"] = kind
            links.append((label, f"?{query.urlencode()}"))
        return links

    def tables(self, table, form):
        code = form.cleaned_data.get("quartier", "") if form.is_valid() else ""
        name, comparator, found = gaps(table, code)
        return {
            "current": current_table(table),
            "old": old_table(table),
            "larger": larger_table(table),
            "exports": self.export_menu(),
            "asv_slug": self.request.asv.slug,
            "chart": spine(f"{name} comparé à {comparator}", found, comparator=comparator) if found else None,
            "chart_title": f"{name} et {comparator}",
            "is_detailed": bool(code),
            "has_places": bool(table.perimeter.neighbourhoods),
        }


class IndicatorDetail(ReadingPage):
    template_name = "diagnostics/indicator_detail.html"

    def load(self, **kwargs):
        self.indicator = get_object_or_404(Indicator.objects.select_related("determinant"), code=kwargs["code"])

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        table = indicator_comparison(self.request.asv, [self.indicator])
        cells = [cell for cell in table.rows[0].cells if cell.status != "missing"]
        return self.render_to_response({
            "page": self.page(),
            "indicator": self.indicator,
            "facts": self.facts(),
            "cells": cells,
            "trend": self.trend(table.perimeter.of_level(GeographyLevel.DEPARTMENT)),
        })  # fmt: skip

    def get_title(self):
        return self.indicator.name

    def get_lead(self):
        return self.indicator.definition

    def crumbs(self):
        return [self.home_crumb(), ("Indicateurs", self.url("indicator_list")), (self.indicator.name, "")]

    def facts(self):
        indicator = self.indicator
        return [
            ("Unité", indicator.unit),
            ("Nature", indicator.get_kind_display()),
            ("Population de référence", indicator.denominator_label),
            ("Sens de lecture", indicator.get_better_display()),
            ("Déterminant de santé", indicator.determinant.label if indicator.determinant else ""),
            ("Source", indicator.source),
            ("Où la retrouver", indicator.source_url_text),
            ("Licence", indicator.licence),
        ]

    def trend(self, departments):
        """The curve of the first department over time, when it has three periods or more."""
        place = next(iter(departments), None)
        if place is None:
            return None
        values = IndicatorValue.objects.filter(
            indicator=self.indicator, level=place.level, geography_code=place.code
        ).order_by("period")
        bars = [
            Bar(
                value.period,
                None if value.value is None else float(value.value),
                value_text(self.indicator, value.value),
            )
            for value in values
        ]
        return line(f"{self.indicator.name}, {place.name}", bars) if len(bars) > 2 else None
