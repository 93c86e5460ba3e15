"""Sentences about issued statements, the reseller's own company on them, and the month-end pack."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

PLAIN: Mapping[str, Callable[[], str]] = {
    "month_not_over": lambda: _("{month} is not over for {account}. A statement is issued when its month is complete."),
    "issued_already": lambda: _("The statement of {account} for {month} was issued already: {number}."),
    "nothing_to_issue": lambda: _("There is nothing to issue: {account} had no seats in {month}."),
    "own_company_missing": lambda: _(
        "Enter your own company first: a statement that is issued says who it comes from."
    ),
    "not_issued": lambda: _("The statement for {month} was not issued. Only an issued one can be corrected."),
    "amount_not_positive": lambda: _("The amount of a credit has to be more than 0."),
    "amount_too_large": lambda: _("That is more than makes sense. At most {most} is accepted."),
    "amount_zero": lambda: _("The amount is 0."),
    "too_many_lines": lambda: _("An address can have at most {most} lines."),
    "bad_tax_rate": lambda: _(
        '"{text}" is not a tax rate. Give percent from 0 to less than 100, with at most 3 decimals.'
    ),
    "logo_not_an_image": lambda: _("The logo is neither a PNG nor a JPEG file."),
    "logo_too_large": lambda: _("The logo is larger than {most_kilobytes} KB."),
    "unknown_document_format": lambda: _("{file} has none of the endings of statements: {suffixes}."),
    "pack_exists": lambda: _(
        "There is a folder {path} with files in it already. Move it away, or choose another folder."
    ),
    "nothing_charged": lambda: _("Nothing was charged in {month} to any of these accounts: there is nothing to write."),
    "month_not_begun": lambda: _("{month} has not begun: there are no statements of it yet."),
    "amount_too_precise": lambda: _("Amounts in {currency} have at most {decimals} decimals."),
    "credit_exceeds_statement": lambda: _("That is more than is left of the statement {number}: {left} {currency}."),
}
