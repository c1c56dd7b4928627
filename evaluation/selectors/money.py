"""The financial report (Cerfa 15059*02): planned, actual, and the gaps that need a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from evaluation.models import ReportLine
from programmation.enums import BudgetSide
from programmation.nomenclature import GRANTS, IN_KIND_RESOURCES, IN_KIND_USES

ZERO = Decimal(0)
TENTH = 10


def needs_reason(planned: Decimal, actual: Decimal | None) -> bool:
    """Whether the gap is strictly over ten per cent of what was planned, either way (Cerfa 15059*02)."""
    return actual is not None and abs(actual - planned) * TENTH > planned


def gap_percent(planned: Decimal, actual: Decimal | None) -> int | None:
    """The gap in percent of what was planned, rounded; None when it cannot be said."""
    if actual is None or not planned:
        return None
    return round(100 * (actual - planned) / planned)


def share_percent(part: Decimal, whole: Decimal) -> int | None:
    """« 62 » for a part of a whole, rounded; None without a whole."""
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True)
class FinancialLine:
    """One line: what was planned, what was spent or received, and why they differ."""

    pk: int | None
    code: str
    label: str
    planned: Decimal
    actual: Decimal | None
    explanation: str

    @property
    def gap(self) -> int | None:
        return gap_percent(self.planned, self.actual)

    @property
    def share(self) -> int | None:
        """What was done of what was planned, in percent."""
        return share_percent(self.actual, self.planned) if self.actual is not None else None

    @property
    def needs_reason(self) -> bool:
        return needs_reason(self.planned, self.actual)

    @property
    def lacks_reason(self) -> bool:
        return self.needs_reason and not self.explanation.strip()

    @property
    def shown_code(self) -> str:
        """The account, without the portal's own codes."""
        return self.code if self.code.isdigit() else ""


@dataclass(frozen=True)
class FinancialPart:
    """Lines with their totals: a line left blank counts as planned once the report is filed."""

    title: str
    lines: tuple[FinancialLine, ...]

    @property
    def planned(self) -> Decimal:
        return sum((line.planned for line in self.lines), ZERO)

    @property
    def actual(self) -> Decimal:
        return sum((line.actual or ZERO for line in self.lines), ZERO)

    @property
    def as_filed(self) -> Decimal:
        """The total once filed: a line left blank counts as planned."""
        return sum((line.planned if line.actual is None else line.actual for line in self.lines), ZERO)

    @property
    def is_told(self) -> bool:
        """Whether at least one line is told: else the total would read as nothing spent."""
        return any(line.actual is not None for line in self.lines)

    @property
    def share(self) -> int | None:
        return share_percent(self.actual, self.planned) if self.is_told else None

    @property
    def gap(self) -> int | None:
        return gap_percent(self.planned, self.actual)


@dataclass(frozen=True)
class FinancialReport:
    """The four parts of the account, and what the grants were in it."""

    charges: FinancialPart
    products: FinancialPart
    uses: FinancialPart
    resources: FinancialPart

    @property
    def parts(self) -> tuple[FinancialPart, ...]:
        """The parts that hold a line."""
        return tuple(part for part in (self.charges, self.products, self.uses, self.resources) if part.lines)

    @property
    def lines(self) -> tuple[FinancialLine, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def grants(self) -> Decimal:
        """What the funders paid (lines 74), or will have paid as planned."""
        grants = [line for line in self.products.lines if line.code.startswith(GRANTS)]
        return sum((line.planned if line.actual is None else line.actual for line in grants), ZERO)

    @property
    def grant_share(self) -> int | None:
        """« La subvention représente … % du total des produits » (Cerfa 15059*02)."""
        return share_percent(self.grants, self.products.as_filed)

    @property
    def is_complete(self) -> bool:
        """Whether every line is told: before, a total would mix what was done and what was planned."""
        return all(line.actual is not None for line in self.lines)

    @property
    def is_told(self) -> bool:
        """Whether at least one expense is told."""
        return self.charges.is_told

    @property
    def balance(self) -> Decimal:
        """Actual products less actual charges: what is left over, or lacks."""
        return self.products.actual - self.charges.actual

    def unexplained(self) -> list[FinancialLine]:
        """The lines whose gap needs a sentence and has none."""
        return [line for line in self.lines if line.lacks_reason]


def financial_report(lines: Iterable[ReportLine]) -> FinancialReport:
    """The account made of these lines; no query."""
    rows = list(lines)

    def part(title: str, side: str, *, in_kind: bool) -> FinancialPart:
        post = IN_KIND_USES if side == BudgetSide.CHARGE else IN_KIND_RESOURCES
        mine = [row for row in rows if row.side == side and row.code.startswith(post) == in_kind]
        return FinancialPart(title, tuple(_line(row) for row in mine))

    return FinancialReport(
        charges=part("Charges", BudgetSide.CHARGE, in_kind=False),
        products=part("Produits", BudgetSide.PRODUCT, in_kind=False),
        uses=part("Emplois des contributions volontaires", BudgetSide.CHARGE, in_kind=True),
        resources=part("Contributions volontaires en nature", BudgetSide.PRODUCT, in_kind=True),
    )


def _line(row: ReportLine) -> FinancialLine:
    return FinancialLine(row.pk, row.code, row.label, row.planned, row.actual, row.explanation)
