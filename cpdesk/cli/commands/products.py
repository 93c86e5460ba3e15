"""cpdesk products"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.i18n import _
from cpdesk.cli import arguments, plain_products, product_texts
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_encoding, add_product, add_reason
from cpdesk.domain.catalog import Scope, find_product
from cpdesk.domain.finding import Sought

if TYPE_CHECKING:
    from argparse import Namespace

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group


def register(top: Group) -> None:
    group = top.group("products", _("the catalogue: what can be sold"))
    listed = group.command("list", _list, _("list the products of the catalogue"))
    listed.add_argument(
        "--search", metavar="TEXT", type=arguments.text, help=_("only those with this in name, part number or GUID")
    )
    _add_import(group.command("import", _import, _("take over Microsoft's product names and service plans")))
    _add_scope(group.command("scope", _scope, _("say what a product belongs to")))


def _add_import(parser: CommandParser) -> None:
    about = _("Microsoft's “Product names and service plan identifiers for licensing”, CSV")
    parser.add_argument("file", metavar="FILE", type=Path, help=about)
    parser.add_argument("--dry-run", action="store_true", help=_("tell what would be done, and change nothing"))
    add_encoding(parser)
    add_reason(parser)


def _add_scope(parser: CommandParser) -> None:
    add_product(parser)
    parser.add_argument("scope", choices=[str(scope) for scope in Scope], help=_("what it belongs to"))
    add_reason(parser)


def _list(context: Context, options: Namespace) -> Answer:
    rows = context.services.products.catalogue(context.by)
    if options.search is not None:
        sought = Sought(options.search)
        told = ((row, row.product) for row in rows)
        rows = [row for row, one in told if sought.finds(f"{one.name} {one.part_number}", (one.guid,))]
    return Answer([plain_products.row(row) for row in rows], partial(product_texts.products, rows))


def _import(context: Context, options: Namespace) -> Answer:
    services, by, dry_run = context.services.products, context.by, options.dry_run
    if dry_run:
        report = services.preview(by, options.file, encoding=options.encoding)
    else:
        report = services.import_products(by, options.file, encoding=options.encoding, reason=options.reason).value
    return Answer(
        plain_products.product_import(report, dry_run=dry_run),
        partial(product_texts.imported, report, dry_run=dry_run),
    )


def _scope(context: Context, options: Namespace) -> Answer:
    services, by = context.services.products, context.by
    known = services.by_id(by)
    found = find_product(known.values(), options.product)
    number = next(number for number, product in known.items() if product is found)
    product = services.set_scope(by, number, Scope(options.scope), reason=options.reason).value
    return Answer(plain_products.product(product), partial(product_texts.scope, product))
