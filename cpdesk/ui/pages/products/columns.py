"""The columns of the catalogue, of service plans, and of the preview of an import."""

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.base.product_words import product_remark, scope_name
from cpdesk.domain.product_changes import ProductChange, ProductLine
from cpdesk.domain.product_file import ServicePlan
from cpdesk.domain.product_rows import ProductRow
from cpdesk.ui.pages.products.words import before_text, change_texts
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column, number_column

GUID = "guid"
"""The column that is left out at first."""
BEFORE, REMARKS = "before", "remarks"
"""Columns of an import that tell something only where there is something to tell."""

_TONES = {
    ProductChange.NEW: Tone.USAGE,
    ProductChange.RENAMED: Tone.ACCENT,
    ProductChange.PLANS: Tone.ACCENT,
}


def product_columns() -> tuple[Column[ProductRow], ...]:
    """A product, who has it, and what it costs by the default schedule."""
    return (
        Column("product", lambda: _("Product"), lambda row: row.product.name, strong=True, stretch=3, min_width=200),
        Column(
            "part_number",
            lambda: _("Part number"),
            lambda row: row.product.part_number,
            soft=True,
            stretch=2,
            min_width=128,
        ),
        Column(GUID, lambda: _("GUID"), lambda row: row.product.guid, soft=True, min_width=344),
        Column("scope", lambda: _("Scope"), lambda row: scope_name(row.product.scope), min_width=136),
        Column("plans", lambda: _("Plans"), lambda row: row.plans or None, text=_plans, align=Align.END),
        money_column(
            "usage", lambda: _("Usage price"), lambda row: row.usage, lambda row: row.currency, none=_no_price
        ),
        money_column(
            "purchase",
            lambda: _("Purchase price"),
            lambda row: row.purchase,
            lambda row: row.currency,
            none=_no_price,
            min_width=136,
        ),
        number_column("accounts", lambda: _("Accounts"), lambda row: row.accounts, min_width=112),
    )


def plan_columns() -> tuple[Column[ServicePlan], ...]:
    """A service plan by both of its names."""
    return (
        Column("title", lambda: _("Service plan"), lambda plan: plan.title, strong=True, stretch=3, min_width=200),
        Column("name", lambda: _("Name for programs"), lambda plan: plan.name, soft=True, stretch=2, min_width=160),
        Column(GUID, lambda: _("GUID"), lambda plan: plan.guid, soft=True, min_width=344),
    )


def line_columns() -> tuple[Column[ProductLine], ...]:
    """A product of the file, and what becomes of it."""
    return (
        Column("product", lambda: _("Product"), lambda line: line.product.name, strong=True, stretch=3, min_width=200),
        Column("part_number", lambda: _("Part number"), lambda line: line.product.part_number, soft=True, stretch=2),
        Column("change", lambda: _("Becomes"), _change, chip=_change_look, min_width=112),
        Column(BEFORE, lambda: _("Before"), before_text, soft=True, stretch=2),
        number_column("plans", lambda: _("Plans"), lambda line: len(line.plans)),
        Column(REMARKS, lambda: _("Remarks"), _remarks, soft=True, stretch=2, tooltip=_other_names),
        Column("row", lambda: _("Row"), lambda line: line.row, text=lambda line: str(line.row), align=Align.END),
    )


def _plans(row: ProductRow) -> str:
    """Nothing where they are not known yet."""
    return format_number(row.plans) if row.plans else ""


def _no_price(_row: ProductRow) -> str:
    return _("no price")


def _change(line: ProductLine) -> str:
    return change_texts()[line.change]


def _change_look(line: ProductLine) -> ChipLook | None:
    tone = _TONES.get(line.change)
    return ChipLook(_change(line), tone) if tone else None


def _remarks(line: ProductLine) -> str:
    return "; ".join(map(product_remark, line.remarks))


def _other_names(line: ProductLine) -> str:
    return "\n".join(line.other_names)
