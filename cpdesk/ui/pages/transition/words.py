"""What the steps of an import say."""

from collections.abc import Iterable, Sequence

from cpdesk.base.apart import beside, noted
from cpdesk.base.formats import format_list, format_money, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.limit_words import beyond_text
from cpdesk.base.money_words import no_price_text
from cpdesk.domain.accounts import Status
from cpdesk.domain.billing import Cost
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.domain.user_import.name_uses import NameUse
from cpdesk.domain.user_import.names import Basis
from cpdesk.domain.user_import.plan import Outcome
from cpdesk.domain.user_import.report import BlockedUser, ForeignUser, ImportReport
from cpdesk.domain.user_import.sample import FileSample
from cpdesk.domain.user_import.stages import Stage
from cpdesk.ui.pages.transition.preview_rows import BLOCKED, FOREIGN, SKIPPED
from cpdesk.ui.parts.encodings import encoding_name
from cpdesk.ui.parts.money_texts import has_price
from cpdesk.ui.texts import read_only_reason, users_text

_NAMED_AT_MOST = 4


def hindrance(by: Session, account: AccountRow) -> str:
    """Why this operator can import nothing into the account, or ""."""
    if account.status is Status.SUSPENDED:
        return _("{account} is suspended: nothing can be added to it.").format(account=account.name)
    if account.status is Status.CLOSED:
        return _("{account} is closed: nothing can be added to it.").format(account=account.name)
    return read_only_reason(by)


def file_text(sample: FileSample) -> str:
    """What a file holds and how it was read."""
    facts = [users_text(sample.users)]
    if sample.deleted:
        facts.append(
            ngettext("{number} deleted user", "{number} deleted users", sample.deleted).format(
                number=format_number(sample.deleted)
            )
        )
    facts.append(_("read as {encoding}").format(encoding=encoding_name(sample.encoding)))
    return beside(*facts)


def stage_text(stage: Stage, file: str) -> str:
    """What is being done."""
    return {
        Stage.READING: _("Reading {file}"),
        Stage.COMPARING: _("Comparing {file} with the account"),
        Stage.WRITING: _("Writing users and licenses"),
    }[stage].format(file=file)


def basis_text(use: NameUse) -> str:
    """Why a name has the license that is shown with it, or what is to be done."""
    if use.open:
        return _asked_text(use)
    if use.skipped:
        skipped = _("Skipped: users are imported without it and keep what they have.")
        return f"{_answered_text(use)} {skipped}".strip()
    product = use.meaning.product
    if product is not None and product.assignable_to == "tenant":
        return _("Belongs to the tenant as a whole: it is left out on users.")
    return {
        Basis.CHOSEN: _("Chosen by you; it is remembered."),
        Basis.HELD: _("Several products have this name; the account holds this one."),
        Basis.SCHEDULE: _("Several products have this name; this one is on the price schedule."),
        Basis.AMBIGUOUS: _("Several products have this name; each user keeps the one held now."),
    }.get(use.meaning.basis, _answered_text(use))


def _answered_text(use: NameUse) -> str:
    """Who answered in an earlier import; a customer is not told that there are other accounts."""
    return {
        Basis.REMEMBERED: _("As it was answered for this account before."),
        Basis.FOR_ALL: _("As the reseller answered before."),
    }.get(use.meaning.basis, "")


def _asked_text(use: NameUse) -> str:
    if use.meaning.basis is Basis.UNKNOWN:
        return _("No product of the catalogue has this name.")
    return ngettext(
        "{number} product has this name. Choose the right one.",
        "{number} products have this name. Choose the right one.",
        len(use.candidates),
    ).format(number=format_number(len(use.candidates)))


def unanswered_text(number: int) -> str:
    """Why it does not go on."""
    return ngettext(
        "Choose a product for {number} name, or skip it.", "Choose a product for {number} names, or skip them.", number
    ).format(number=format_number(number))


def run_text(report: ImportReport) -> str:
    """What the button for importing says."""
    if report.missing:
        return ngettext("Add {number} seat and import", "Add {number} seats and import", report.missing).format(
            number=format_number(report.missing)
        )
    return _("Import")


def held_text() -> str:
    """Why there is nothing to import."""
    return _("The account is as the file has it: there is nothing to import.")


def missing_text(report: ImportReport) -> str:
    """Which seats the pool lacks."""
    products = [noted(line.product.name, format_number(line.missing)) for line in report.totals if line.missing]
    text = ngettext(
        "The pool lacks {number} seat: {products}. It is added with the import and billable from today.",
        "The pool lacks {number} seats: {products}. They are added with the import and billable from today.",
        report.missing,
    )
    return text.format(number=format_number(report.missing), products=format_list(products))


def beyond_limits_text(report: ImportReport) -> str:
    """Of which products there will be more seats than Microsoft lets a tenant have."""
    return " ".join(beyond_text(beyond) for beyond in report.beyond)


def cost_texts(before: Cost, after: Cost) -> tuple[str, str]:
    """What a month costs, and how that is against now; what has no price is in neither amount, and counted."""
    unpriced = max(before.unpriced, after.unpriced)
    said = [_("now {amount}").format(amount=_amount(before))]
    if has_price(before) and has_price(after) and after.amount != before.amount:
        more = _("{amount} more") if after.amount > before.amount else _("{amount} less")
        said.append(more.format(amount=format_money(abs(after.amount - before.amount), after.currency)))
    if unpriced:
        text = ngettext(
            "without {number} product that has no price", "without {number} products that have no price", unpriced
        )
        said.append(text.format(number=format_number(unpriced)))
    return _amount(after), beside(*said)


def _amount(cost: Cost) -> str:
    return format_money(cost.amount, cost.currency) if has_price(cost) else no_price_text()


def skipped_names_text(names: Sequence[str]) -> str:
    """Which names of the file give nobody a license."""
    text = ngettext(
        "Users are imported without {names}, which is skipped. Nothing is taken away from them.",
        "Users are imported without {names}, which are skipped. Nothing is taken away from them.",
        len(names),
    )
    return text.format(names=named(names))


def not_assignable_text(report: ImportReport) -> str:
    """Which tenant products the file names on users."""
    products = [noted(one.product.name, users_text(one.users)) for one in report.not_assignable]
    return _("{products}: belongs to the tenant as a whole, cannot be assigned to a user, and is left out.").format(
        products=named(products)
    )


def blocked_text(blocked: Sequence[BlockedUser]) -> str:
    """Who cannot sign in and is paid for all the same."""
    text = ngettext(
        "{number} user cannot sign in but holds licenses, which are billable: {users}.",
        "{number} users cannot sign in but hold licenses, which are billable: {users}.",
        len(blocked),
    )
    users = [user.display_name or user.upn for user in blocked]
    return text.format(number=format_number(len(blocked)), users=named(users))


def foreign_text(foreign: Sequence[ForeignUser]) -> str:
    """Who comes from a domain that the account does not have: perhaps it is the file of another customer."""
    text = ngettext(
        "{number} user is of a domain that is not among those of this account: {domains}. The import takes that user "
        "all the same.",
        "{number} users are of domains that are not among those of this account: {domains}. The import takes them "
        "all the same.",
        len(foreign),
    )
    domains = dict.fromkeys(user.domain for user in foreign)
    return text.format(number=format_number(len(foreign)), domains=named(domains))


def named(names: Iterable[str]) -> str:
    """Names as a sentence lists them; of many the first ones and how many more there are."""
    listed = list(names)
    more = len(listed) - _NAMED_AT_MOST
    if more > 1:
        rest = _("{number} more").format(number=format_number(more))
        listed = [*listed[:_NAMED_AT_MOST], rest]
    return format_list(listed)


def kind_texts() -> dict[str, str]:
    """What the rows of a preview are called that can be shown alone."""
    return {
        "": _("All"),
        Outcome.ADDED: _("Added"),
        Outcome.UPDATED: _("Updated"),
        SKIPPED: _("Skipped"),
        Outcome.UNCHANGED: _("Unchanged"),
        BLOCKED: _("Blocked, with licenses"),
        FOREIGN: _("Other domain"),
    }
