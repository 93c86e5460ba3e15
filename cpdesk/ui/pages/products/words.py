"""What the pages of the catalogue say. Plain Python."""

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_list, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.catalog import Scope
from cpdesk.domain.product_changes import ProductChange, ProductImportReport, ProductLine
from cpdesk.domain.product_rows import ProductDetails

_NAMED_AT_MOST = 6


def plans_text(number: int) -> str:
    """ "51 service plans"."""
    return ngettext("{number} service plan", "{number} service plans", number).format(number=format_number(number))


def scope_meaning(scope: Scope) -> str:
    """What a scope means for the person who chooses it."""
    return {
        Scope.USER: _("Users: it can be assigned to them"),
        Scope.RESOURCE: _("Rooms and shared devices: it can be assigned to their accounts"),
        Scope.DEVICE: _("Devices: it belongs to the tenant and is never assigned"),
        Scope.TENANT: _("Tenant: it belongs to the tenant as a whole and is never assigned"),
        Scope.PREPAID: _("Prepaid balance: it belongs to the tenant and is never assigned"),
    }[scope]


def change_texts() -> dict[ProductChange, str]:
    """What becomes of a product, in a word or two."""
    return {
        ProductChange.NEW: _("New"),
        ProductChange.RENAMED: _("Renamed"),
        ProductChange.PLANS: _("Other service plans"),
        ProductChange.UNCHANGED: _("Unchanged"),
    }


def import_text(report: ProductImportReport) -> str:
    """What the button does."""
    changing = len(report.lines) - report.count(ProductChange.UNCHANGED)
    text = ngettext("Import {number} product", "Import {number} products", changing)
    return text.format(number=format_number(changing)) if changing else _("Import")


def nothing_to_import(report: ProductImportReport) -> str:
    """Why the import cannot be started; "" if it can."""
    return _("The catalogue has all of it already.") if report.changes_nothing else ""


def imported_text(report: ProductImportReport) -> str:
    """What came of an import."""
    text = _("{file} is imported: {new} new, {renamed} renamed, {plans} with other service plans.")
    return text.format(
        file=report.file,
        new=format_number(report.count(ProductChange.NEW)),
        renamed=format_number(report.count(ProductChange.RENAMED)),
        plans=format_number(report.count(ProductChange.PLANS)),
    )


def kept_text(report: ProductImportReport) -> str:
    """What the file does not have; "" where it has everything."""
    if not report.kept:
        return ""
    text = ngettext(
        "{number} product of the catalogue is not in the file. It stays as it is.",
        "{number} products of the catalogue are not in the file. They stay as they are.",
        report.kept,
    )
    return text.format(number=format_number(report.kept))


def before_text(line: ProductLine) -> str:
    """How a product was called, and its part number where that was another one; "" where nothing changes."""
    before, now = line.before, line.product
    if before is None or before == now:
        return ""
    told = [before.name] if before.name != now.name else []
    return beside(*told, before.part_number if before.part_number != now.part_number else "")


def overlap_texts(details: ProductDetails) -> list[str]:
    """What a product is contained in and what it contains, a sentence for each that there is."""
    told = []
    if details.within:
        told.append(_("Contained in: {products}").format(products=_named(details.within)))
    if details.contains:
        told.append(_("Contains: {products}").format(products=_named(details.contains)))
    return told


def _named(names: tuple[str, ...]) -> str:
    left = len(names) - _NAMED_AT_MOST
    if left <= 1:
        return format_list(names)
    more = ngettext("{number} more", "{number} more", left).format(number=format_number(left))
    return format_list([*names[:_NAMED_AT_MOST], more])


def fixed_text(details: ProductDetails) -> str:
    """Why the scope cannot be changed; "" if it can."""
    accounts = details.scope_fixed_by
    if not accounts:
        return ""
    text = ngettext(
        "The scope stays: {number} account has seats of it, or had some within the last 30 days.",
        "The scope stays: {number} accounts have seats of it, or had some within the last 30 days.",
        accounts,
    )
    return text.format(number=format_number(accounts))
