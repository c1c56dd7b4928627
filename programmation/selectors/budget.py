"""The budget of a proposal: totals by post, balance, and what the person must hear about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from asv_platform.common.formats import money
from programmation.enums import BudgetSide, FundingState
from programmation.models import BudgetLine
from programmation.nomenclature import GRANTS, IN_KIND_RESOURCES, IN_KIND_USES, nomenclature

ZERO = Decimal(0)


@dataclass(frozen=True)
class Words:
    """What is said of two totals that must agree; ``{}`` is the amount by which one exceeds the other."""

    more: str
    less: str
    equal: str

    def of(self, gap: Decimal) -> str:
        """The sentence for this gap."""
        if not gap:
            return self.equal
        return (self.more if gap > 0 else self.less).format(money(abs(gap)))


MONEY_WORDS = Words(
    more="Le total des charges dépasse celui des produits de {} : ajustez l’un des deux.",
    less="Le total des produits dépasse celui des charges de {} : ajustez l’un des deux.",
    equal="Les charges et les produits sont égaux.",
)
IN_KIND_WORDS = Words(
    more="Le total des contributions volontaires 86 dépasse celui des contributions 87 de {} : ajustez l’un des deux.",
    less="Le total des contributions volontaires 87 dépasse celui des contributions 86 de {} : ajustez l’un des deux.",
    equal="Les contributions volontaires 86 et 87 sont égales.",
)


@dataclass(frozen=True)
class Balance:
    """The four totals that must agree two by two."""

    charges: Decimal
    products: Decimal
    uses: Decimal
    resources: Decimal
    asked: Decimal = ZERO

    @property
    def gap(self) -> Decimal:
        """Charges less products."""
        return self.charges - self.products

    @property
    def in_kind_gap(self) -> Decimal:
        return self.uses - self.resources

    @property
    def sentence(self) -> str:
        """Whether charges and products agree, in French; empty when nothing is written yet."""
        return MONEY_WORDS.of(self.gap) if self.charges or self.products else ""

    @property
    def in_kind_sentence(self) -> str:
        """The same of the voluntary contributions."""
        return IN_KIND_WORDS.of(self.in_kind_gap) if self.uses or self.resources else ""

    def problems(self) -> list[str]:
        """What to adjust, in French; empty when the budget is balanced."""
        said = [(self.gap, self.sentence), (self.in_kind_gap, self.in_kind_sentence)]
        return [sentence for gap, sentence in said if gap]


@dataclass(frozen=True)
class ShownLine:
    """One line of the budget as it is read."""

    code: str
    label: str
    amount: Decimal | None
    share: int | None = None
    state: str = ""


@dataclass(frozen=True)
class ShownPost:
    code: str
    label: str
    total: Decimal
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True)
class ShownBudget:
    """The budget of a proposal for a page or a PDF: posts without line left out."""

    charges: tuple[ShownPost, ...]
    products: tuple[ShownPost, ...]
    uses: tuple[ShownPost, ...]
    resources: tuple[ShownPost, ...]
    balance: Balance
    lines: tuple[BudgetLine, ...] = field(repr=False, default=())

    @property
    def asked_share(self) -> int | None:
        """« La subvention sollicitée représente … % du total des produits » (Cerfa)."""
        return round(100 * self.balance.asked / self.balance.products) if self.balance.products else None


def balance_of(lines: Iterable[BudgetLine]) -> Balance:
    """The totals of these lines; a funding refused does not count."""
    charges = products = uses = resources = asked = ZERO
    for line in lines:
        amount = line.amount or ZERO
        if line.side == BudgetSide.CHARGE and line.code.startswith(IN_KIND_USES):
            uses += amount
        elif line.side == BudgetSide.CHARGE:
            charges += amount
        elif line.code.startswith(IN_KIND_RESOURCES):
            resources += amount
        elif line.funding_state != FundingState.REFUSED:
            products += amount
            if line.code.startswith(GRANTS) and line.funding_state == FundingState.ASKED:
                asked += amount
    return Balance(charges, products, uses, resources, asked)


def shown_budget(version: str, lines: Iterable[BudgetLine]) -> ShownBudget:
    """The grid of ``version`` filled with these lines (funders loaded), empty lines left out."""
    lines = tuple(lines)
    balance = balance_of(lines)
    charges = _posts(version, BudgetSide.CHARGE, lines, balance)
    products = _posts(version, BudgetSide.PRODUCT, lines, balance)
    return ShownBudget(
        charges=tuple(post for post in charges if post.code != IN_KIND_USES),
        products=tuple(post for post in products if post.code != IN_KIND_RESOURCES),
        uses=tuple(post for post in charges if post.code == IN_KIND_USES),
        resources=tuple(post for post in products if post.code == IN_KIND_RESOURCES),
        balance=balance,
        lines=lines,
    )


def _posts(version: str, side: str, lines: tuple[BudgetLine, ...], balance: Balance) -> list[ShownPost]:
    grid = nomenclature(version)
    posts = []
    for post in grid.posts(side):
        labels = {line.code: line for line in post.lines}
        mine = [line for line in lines if line.side == side and grid.post_of(side, line.code) == post.code]
        shown = tuple(_line(line, labels.get(line.code), balance) for line in mine if line.amount)
        total = sum((line.amount for line in mine if line.amount and line.funding_state != "refused"), ZERO)
        if shown:
            posts.append(ShownPost(post.shown_code, post.label, total, shown))
    return posts


def _line(line: BudgetLine, official, balance: Balance) -> ShownLine:
    label = (line.funder.name if line.funder else line.label) or (official.label if official else line.code)
    is_grant = line.code.startswith(GRANTS)
    return ShownLine(
        code=official.shown_code if official else line.code,
        label=label,
        amount=line.amount,
        share=round(100 * line.amount / balance.products) if is_grant and balance.products and line.amount else None,
        state=line.get_funding_state_display() if is_grant else "",
    )
