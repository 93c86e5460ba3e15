"""The columns of the lists of a preview."""

from cpdesk.base.apart import beside
from cpdesk.base.i18n import _
from cpdesk.base.import_words import skip_reason
from cpdesk.base.money_words import no_price_text
from cpdesk.domain.user_import.plan import Outcome
from cpdesk.domain.user_import.report import ProductTotal
from cpdesk.ui.pages.transition.preview_rows import SKIPPED, PreviewRow
from cpdesk.ui.pages.transition.words import kind_texts
from cpdesk.ui.parts.money_column import money_column
from cpdesk.ui.widgets.chips import ChipLook, Tone
from cpdesk.ui.widgets.columns import Align, Column, number_column

_TONES = {Outcome.ADDED: Tone.USAGE, Outcome.UPDATED: Tone.ACCENT, SKIPPED: Tone.PENDING}


def row_columns() -> tuple[Column[PreviewRow], ...]:
    """Rows of the file: who it is and what becomes of them."""
    return (
        Column("row", lambda: _("Row"), lambda row: row.row, text=lambda row: str(row.row), align=Align.END),
        Column("name", lambda: _("Name"), lambda row: row.name, strong=True, stretch=2, min_width=120),
        Column(
            "upn",
            lambda: _("User principal name"),
            lambda row: row.upn,
            badge=_foreign,
            soft=True,
            stretch=3,
            min_width=140,
        ),
        Column("outcome", lambda: _("Becomes"), _outcome, chip=_outcome_look, min_width=104),
        Column("changes", lambda: _("Changes"), changes_text, badge=_remark, stretch=5, min_width=180),
    )


def total_columns() -> tuple[Column[ProductTotal], ...]:
    """Seats and assignments of a product, before and after, and what its seats cost then."""
    return (
        Column("product", lambda: _("Product"), lambda line: line.product.name, strong=True, stretch=1, min_width=160),
        number_column("seats", lambda: _("Seats before"), lambda line: line.seats),
        number_column("seats_after", lambda: _("Seats after"), lambda line: line.seats_after),
        number_column("assigned", lambda: _("Assigned before"), lambda line: line.assigned),
        number_column("assigned_after", lambda: _("Assigned after"), lambda line: line.assigned_after),
        number_column("missing", lambda: _("Added to the pool"), lambda line: line.missing),
        money_column(
            "cost_after",
            lambda: _("Monthly cost after"),
            lambda line: line.cost(after=True),
            lambda line: line.currency,
            none=lambda _line: no_price_text(),
        ),
    )


def _outcome(row: PreviewRow) -> str:
    return kind_texts()[row.outcome]


def _outcome_look(row: PreviewRow) -> ChipLook | None:
    tone = _TONES.get(row.outcome)
    return ChipLook(_outcome(row), tone) if tone else None


def changes_text(row: PreviewRow) -> str:
    """What becomes of a row, field by field, the licenses first: "+ Office 365 E3, - Visio Plan 2, Title: A → B"."""
    if row.reason:
        return skip_reason(row.reason)
    licenses = (*(f"+ {name}" for name in row.gained), *(f"\N{MINUS SIGN} {name}" for name in row.lost))
    nothing = _("nothing")
    fields = (_field_change(line.field, line.before or nothing, line.after or nothing) for line in row.lines)
    return beside(*licenses, *fields, between=", ")


def _field_change(field: str, before: str, after: str) -> str:
    return beside(field, beside(before, after, between=" → "), between=": ")


def _foreign(row: PreviewRow) -> ChipLook | None:
    return ChipLook(_("other domain"), Tone.PENDING) if row.foreign else None


def _remark(row: PreviewRow) -> ChipLook | None:
    if row.blocked:
        return ChipLook(_("blocked"), Tone.PENDING)
    return ChipLook(_("some left out"), Tone.PENDING) if row.incomplete else None
