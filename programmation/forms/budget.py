"""The budget grid: the official lines, and one row a funder; everything may be blank in a draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms import BoundField

from actors.models import Organisation
from asv_platform.common.forms import Form, MoneyField
from programmation.enums import BudgetSide, FundingState
from programmation.forms.rows import less_row, rows_sent
from programmation.models import BudgetLine
from programmation.nomenclature import GRANTS, GridLine, Post, nomenclature
from programmation.selectors.budget import Balance, balance_of
from programmation.selectors.draft import Draft
from programmation.selectors.funders import grant_line

MOST_FUNDERS = 30
FUND_NAMES = ("funder", "label", "state", "amount")


@dataclass(frozen=True)
class PostFields:
    """A post of the grid with the fields of its lines and what it amounts to."""

    post: Post
    fields: tuple[tuple[GridLine, BoundField], ...]
    total: Decimal

    @property
    def is_used(self) -> bool:
        """A line of this post was filled, or is wrong: it must not be folded away."""
        return bool(self.total) or any(field.errors or field.value() for _, field in self.fields)


@dataclass(frozen=True)
class FunderRow:
    """The fields of one line 74."""

    index: int
    funder: BoundField
    label: BoundField
    state: BoundField
    amount: BoundField
    share: int | None


class BudgetForm(Form):
    """The grid of a proposal; ``extra`` adds blank rows of funders."""

    def __init__(self, data=None, *, draft: Draft, extra: int = 0, **kwargs):
        super().__init__(data, **kwargs)
        self.lines = draft.lines
        self.grid = nomenclature(draft.proposal.nomenclature)
        self.funders = {row.pk: row for row in draft.proposal.call.funders.all()}
        self.grants = [line for line in self.lines if line.side == BudgetSide.PRODUCT and line.code.startswith(GRANTS)]
        # A funder withdrawn from the call since stays on offer in the rows that name it.
        self.funders |= {line.funder.pk: line.funder for line in self.grants if line.funder}
        self._add_grid()
        for index in range(self._count_rows(extra)):
            self._add_row(index)

    # Fields

    def _add_grid(self) -> None:
        amounts = {(line.side, line.code): line.amount for line in self.lines}
        for side in BudgetSide.values:
            for post in self.grid.posts(side):
                if post.code == GRANTS:
                    continue
                for line in post.lines:
                    self.fields[f"{side}_{line.code}"] = MoneyField(
                        label=line.label, required=False, initial=amounts.get((side, line.code))
                    )

    def _count_rows(self, extra: int) -> int:
        if self.is_bound:
            return _rows_sent(self.data)
        return min((len(self.grants) or max(len(self.funders), 1)) + extra, MOST_FUNDERS)

    def _add_row(self, index: int) -> None:
        line = self.grants[index] if index < len(self.grants) else None
        initial = self._choice_of(line, index)
        prefix = f"fund_{index}"
        self.fields[f"{prefix}_funder"] = forms.ChoiceField(
            label=f"Financeur {index + 1}", choices=self.funder_choices, required=False, initial=initial
        )
        self.fields[f"{prefix}_label"] = forms.CharField(
            label="Précision", max_length=200, required=False, initial=line.label if line else ""
        )
        self.fields[f"{prefix}_state"] = forms.ChoiceField(
            label="État de la demande",
            choices=FundingState.choices,
            required=False,
            initial=line.funding_state if line else FundingState.ASKED,
        )
        self.fields[f"{prefix}_amount"] = MoneyField(
            label=f"Montant, financeur {index + 1}", required=False, initial=line.amount if line else None
        )

    def _choice_of(self, line: BudgetLine | None, index: int) -> str:
        if line:
            return f"o{line.funder_id}" if line.funder_id else f"c{line.code}"
        if not self.grants and index < len(self.funders):
            return f"o{list(self.funders)[index]}"
        return ""

    @property
    def funder_choices(self) -> list:
        """The funders of the call, then the official lines for any other."""
        others = [(f"c{line.code}", line.label) for line in self.grid.grants.lines]
        mine = [(f"o{pk}", row.name) for pk, row in self.funders.items()]
        groups = [("", "Choisir un financeur"), ("Autre financeur", others)]
        return [groups[0], ("Financeurs de l’appel", mine), groups[1]] if mine else groups

    # What the template shows

    @property
    def row_count(self) -> int:
        return sum(1 for name in self.fields if name.endswith("_amount"))

    def funder_rows(self) -> Iterator[FunderRow]:
        """The rows of the post 74."""
        products = self.balance.products
        for index in range(self.row_count):
            amount = self._amount(f"fund_{index}_amount")
            refused = self[f"fund_{index}_state"].value() == FundingState.REFUSED
            share = round(100 * amount / products) if products and amount and not refused else None
            names = ("funder", "label", "state", "amount")
            fields = {name: self[f"fund_{index}_{name}"] for name in names}
            yield FunderRow(index=index, share=share, **fields)

    def posts(self, side: str) -> list[PostFields]:
        """The posts of one side and their fields, the post 74 without field."""
        return [self._post(side, post) for post in self.grid.posts(side)]

    def _post(self, side: str, post: Post) -> PostFields:
        if post.code == GRANTS:
            rows = range(self.row_count)
            kept = [i for i in rows if self[f"fund_{i}_state"].value() != FundingState.REFUSED]
            return PostFields(post, (), sum((self._amount(f"fund_{i}_amount") for i in kept), Decimal(0)))
        names = [f"{side}_{line.code}" for line in post.lines]
        total = sum((self._amount(name) for name in names), Decimal(0))
        return PostFields(post, tuple((line, self[name]) for line, name in zip(post.lines, names, strict=True)), total)

    def _amount(self, name: str) -> Decimal:
        if not self.is_bound:
            return self.fields[name].initial or Decimal(0)
        self.errors  # noqa: B018 -- cleans the fields
        return self.cleaned_data.get(name) or Decimal(0)

    @property
    def balance(self) -> Balance:
        """The totals of what is typed, or stored when nothing was sent."""
        return balance_of(self.to_lines() if self.is_bound else self.lines)

    # What is saved

    def to_lines(self) -> list[BudgetLine]:
        """The lines typed, in the order of the grid; a funder without amount is kept, a blank line is not."""
        self.errors  # noqa: B018 -- cleans the fields
        lines: list[BudgetLine] = []
        for side in BudgetSide.values:
            for post in self.grid.posts(side):
                if post.code == GRANTS:
                    lines += filter(None, (self._grant(index) for index in range(self.row_count)))
                    continue
                for official in post.lines:
                    amount = self.cleaned_data.get(f"{side}_{official.code}")
                    if amount is not None:
                        lines.append(BudgetLine(side=side, code=official.code, amount=amount))
        return lines

    def _grant(self, index: int) -> BudgetLine | None:
        data = {name: self.cleaned_data.get(f"fund_{index}_{name}") for name in FUND_NAMES}
        choice, label, amount = data["funder"] or "", data["label"] or "", data["amount"]
        if not choice and not label and amount is None:
            return None
        funder: Organisation | None = self.funders.get(int(choice[1:])) if choice.startswith("o") else None
        code = grant_line(funder) if funder else choice[1:] if choice.startswith("c") else "74x"
        return BudgetLine(
            side=BudgetSide.PRODUCT,
            code=code,
            label=label,
            amount=amount,
            funder=funder,
            funding_state=data["state"] or FundingState.ASKED,
        )


def without_row(data, index: int):
    """What was sent, less one row of funder."""
    return less_row(data, index, count="fund_rows", prefix="fund", names=FUND_NAMES, most=MOST_FUNDERS)


def with_row(data):
    """What was sent, and one more blank row of funder."""
    data = data.copy()
    data["fund_rows"] = str(min(_rows_sent(data) + 1, MOST_FUNDERS))
    return data


def _rows_sent(data) -> int:
    return rows_sent(data, "fund_rows", most=MOST_FUNDERS)
