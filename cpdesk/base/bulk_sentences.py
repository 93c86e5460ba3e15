"""What a person reads when a file that names many users is refused; a part of `messages`."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.repeating import printable

_TOLD = 20
"""Problems that are told in a sentence; programs and windows get more."""

PLAIN: Mapping[str, Callable[[], str]] = {
    "product_missing": lambda: _("{file}, row {row}, column {column}: there is no product."),
    "file_changes_nothing": lambda: _(
        "{file} names users but nothing that is to be changed. Columns that can be: {columns}."
    ),
    "file_lacks_seats": lambda: _(
        "The pool has too few seats for {file}. {lacking}. Add seats first. Nothing was changed."
    ),
    "bulk_changed": lambda: _("What was shown no longer holds, because the account was changed since."),
    "standard_input_closed": lambda: _("There is no standard input to read from."),
}
"""Sentences that only have gaps to fill, by code."""


def _file_has_problems(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "{file} has {count} problem. Nothing was changed.\n{problems}",
        "{file} has {count} problems. Nothing was changed.\n{problems}",
        facts["count"],
    )


DEPENDENT: Mapping[str, Callable[[Mapping[str, Any]], str]] = {"file_has_problems": _file_has_problems}
"""Sentences whose wording depends on the facts."""


def problem_sentence(problem: Any) -> str:
    """A problem of a row with where it is; it has `row`, `column`, `code` and `params`, these with `file`."""
    from cpdesk.base.messages import sentence

    text = sentence(problem.code, **problem.params)
    if "row" in problem.params:
        return text
    file, column = printable(problem.params.get("file", "")), printable(problem.column)
    return _("{file}, row {row}, column {column}: {problem}").format(
        file=file, row=problem.row, column=column, problem=text
    )


def problems_text(problems: Iterable[Any]) -> str:
    """A line for each of the first problems."""
    listed = list(problems)
    lines = [problem_sentence(problem) for problem in listed[:_TOLD]]
    more = len(listed) - len(lines)
    if more > 0:
        lines.append(_("… and more."))
    return "\n".join(lines)


def lacking_text(lacking: Iterable[Any]) -> str:
    """Of which products seats are missing, and which rows go without; each has `name`, `missing`, `lacking_rows`."""
    return "; ".join(_lacking(one) for one in lacking)


def _lacking(one: Any) -> str:
    rows = [str(row) for row in one.lacking_rows[:_TOLD]]
    if len(one.lacking_rows) > _TOLD:
        rows.append(_("more"))
    text = ngettext(
        "{product}: {missing} seat is missing, for row {rows}",
        "{product}: {missing} seats are missing, for rows {rows}",
        one.missing,
    )
    return text.format(product=one.name, missing=format_number(one.missing), rows=format_list(rows))
