"""The confirmation as a text to copy and as a page to print: complete, nothing folded away."""

from collections.abc import Iterable
from html import escape

from cpdesk.base.apart import beside, noted
from cpdesk.base.i18n import _
from cpdesk.base.messages import mode_name
from cpdesk.domain.forecasts import ForecastLine
from cpdesk.ui.pages.services.consequences import Consequence, Consequences
from cpdesk.ui.parts.product_table import ProductFigure


def as_text(shown: Consequences) -> str:
    """Plain text for a ticket or a mail."""
    parts = [
        _head(shown),
        [shown.advice],
        [_row(row) for row in shown.rows],
        _products(shown),
        [f"[ ] {tick}" for tick in shown.ticks],
        [shown.closing],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def as_html(shown: Consequences) -> str:
    """The same for the printer."""
    heads = [_("Product"), *(figure.title() for figure in shown.figures)]
    table = "".join(_html_row([_product_name(line), *_counts(line, shown.figures)]) for line in shown.products)
    return "".join(
        (
            f"<p>{escape(shown.account)}</p><h2>{escape(shown.title)}</h2>",
            _paragraphs(_head(shown)[2:]),
            _paragraphs([shown.advice]),
            _paragraphs(_row(row) for row in shown.rows),
            f"<table cellspacing='0' cellpadding='4' border='1'>{_html_row(heads, 'th')}{table}</table>" * bool(table),
            _paragraphs(f"☐ {tick}" for tick in shown.ticks),
            _paragraphs([shown.closing]),
        )
    )


def _head(shown: Consequences) -> list[str]:
    modes = f"{mode_name(shown.mode)} → {mode_name(shown.to)}"
    return [shown.account, shown.title, modes]


def _row(row: Consequence) -> str:
    return noted(beside(row.text, row.figure, between=": "), beside(*row.people, between=", "))


def _products(shown: Consequences) -> list[str]:
    return [beside(_product_name(line), _named_counts(line, shown.figures), between=": ") for line in shown.products]


def _product_name(line: ForecastLine) -> str:
    if line.assignable_to == "tenant":
        return _("{product} (belongs to no user)").format(product=line.name)
    return line.name


def _named_counts(line: ForecastLine, figures: Iterable[ProductFigure]) -> str:
    return ", ".join(f"{figure.title()} {figure.text(line)}" for figure in figures)


def _counts(line: ForecastLine, figures: Iterable[ProductFigure]) -> list[str]:
    return [figure.text(line) for figure in figures]


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _html_row(cells: Iterable[str], tag: str = "td") -> str:
    first, *rest = [escape(cell) for cell in cells]
    numbers = "".join(f"<{tag} align='right'>{cell}</{tag}>" for cell in rest)
    return f"<tr><{tag} align='left'>{first}</{tag}>{numbers}</tr>"
