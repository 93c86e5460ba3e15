"""Licenses from a file: before one is chosen, what it changes, what is wrong with it."""

import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from cpdesk.base.errors import UserError
from cpdesk.domain import topics
from cpdesk.domain.bulk.file import PRODUCT, UPN, BulkChange, BulkFile, RowProblem
from cpdesk.domain.bulk.report import BulkReport, ProductMoves, RowResult
from cpdesk.domain.catalog import Product
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import Done, UserRow
from cpdesk.services.bulk_changes import BulkChanges
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.scenes_users import PURCHASE, USAGE, list_page, users_window
from cpdesk.ui.gallery.service_samples import PREMIUM, UNDO, VISIO
from cpdesk.ui.gallery.stand_ins import StandIn
from cpdesk.ui.gallery.user_samples import ALEX, LEE, MEGAN, MORGAN, People, many_people
from cpdesk.ui.parts.licenses_from_file import LicensesFromFileDialog

_ALL = ("german", "large_text", "rtl")
FILE = "list.csv"
_COLUMNS = {UPN: "UserPrincipalName", PRODUCT: "SkuPartNumber"}


def row(number: int, user: UserRow, product: Product, *, changed: bool = True) -> RowResult:
    """A row without a problem."""
    return RowResult(number, user.upn, user.display_name, changed, product.part_number, product.name)


def report(mode: Mode, *rows: RowResult, change: BulkChange = BulkChange.ASSIGN, missing: int = 0) -> BulkReport:
    """What carrying out these rows comes to; the last `missing` rows go without."""
    moved = [one for one in rows if one.changed]
    products = []
    for part_number, name in dict.fromkeys((one.part_number, one.product) for one in moved):
        rows_of = tuple(one.row for one in moved if one.part_number == part_number)
        lacking = rows_of[len(rows_of) - missing :] if part_number == VISIO.part_number and missing else ()
        products.append(ProductMoves(part_number, name, len(rows_of), Decimal(15), len(lacking), lacking))
    return BulkReport(FILE, "utf-8", change, mode, rows, tuple(products), "USD")


_NO_PRODUCT = RowProblem(4, _COLUMNS[PRODUCT], "unknown_product", {"text": "VISIO_PLAN_2"})
_NO_UPN = RowProblem(5, _COLUMNS[UPN], "bad_upn", {"text": "lee.gu"})
ROWS = (row(2, MEGAN, VISIO), row(3, ALEX, VISIO), row(4, MORGAN, VISIO), row(5, LEE, PREMIUM, changed=False))
RIGHT = report(Mode.USAGE, *ROWS)
WRONG = report(
    Mode.USAGE,
    *ROWS[:2],
    replace(ROWS[2], changed=False, product="VISIO_PLAN_2", part_number="", problems=(_NO_PRODUCT,)),
    RowResult(5, "lee.gu", product=PREMIUM.name, part_number=PREMIUM.part_number, problems=(_NO_UPN,)),
)
LACKING = report(Mode.PURCHASE, *ROWS, missing=2)


def people_with(people: People, found: BulkReport | Exception, **answers: Any) -> Any:
    """Services in which each file comes to this."""
    bundle = people.services()
    file = BulkFile(FILE, "utf-8", BulkChange.ASSIGN, _COLUMNS, ())
    read = found if isinstance(found, Exception) else file
    done = None if isinstance(found, Exception) else Done(found, topics.LICENSES, UNDO)
    bundle.__dict__["bulk"] = StandIn(BulkChanges, **{"read": read, "preview": found, "run": done} | answers)
    return bundle


def opened(
    stage: Stage, people: People, found: BulkReport | Exception | None, **answers: Any
) -> tuple[QWidget, LicensesFromFileDialog]:
    """The dialog over the User List, with a file in it."""
    window = users_window(stage, people)
    context = list_page(window).context
    context.services.__dict__["bulk"] = people_with(people, found or RIGHT, **answers).bulk
    dialog = LicensesFromFileDialog(window, context, people.account)
    dialog.ask()
    if found is not None:
        path = Path(tempfile.mkdtemp()) / FILE
        path.write_text("UserPrincipalName,SkuPartNumber\n", encoding="utf-8")
        dialog.take(path)
    return window, dialog


@scene("licenses_file", variants=_ALL)
def licenses_file(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """Nothing is chosen yet."""
    return opened(stage, PURCHASE, None)


@scene("licenses_file_right", variants=_ALL)
def licenses_file_right(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """Three licenses to assign, one row that is so already."""
    return opened(stage, USAGE, RIGHT)


@scene("licenses_file_wrong", variants=_ALL)
def licenses_file_wrong(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """An unknown product, and a name that is none."""
    return opened(stage, USAGE, WRONG)


@scene("licenses_file_lacking", variants=_ALL)
def licenses_file_lacking(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """The pool has a seat for the first row only."""
    return opened(stage, PURCHASE, LACKING)


@scene("licenses_file_unreadable", variants=("german",))
def licenses_file_unreadable(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """A file without one of its columns."""
    return opened(stage, PURCHASE, UserError("columns_missing", file=FILE, columns=["SkuPartNumber"]))


@scene("licenses_file_thousands")
def licenses_file_thousands(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """More rows than are listed."""
    people = many_people(3000)
    return opened(stage, USAGE, report(Mode.USAGE, *(row(n, user, VISIO) for n, user in enumerate(people, start=2))))


@scene("licenses_file_working", variants=("german",))
def licenses_file_working(stage: Stage) -> tuple[QWidget, LicensesFromFileDialog]:
    """It takes long."""
    window, dialog = opened(stage, USAGE, RIGHT)
    dialog.show_line()
    dialog.tell((1, 3))
    return window, dialog
