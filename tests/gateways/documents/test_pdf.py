"""Statements on paper: pages that break well, and pictures of them that are painted by the same code."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QPageRanges
from PySide6.QtPrintSupport import QPrinter

from cpdesk.domain.documents import with_corrections
from cpdesk.domain.issuing import Correction, CorrectionKind
from cpdesk.domain.own_company import OwnCompany
from cpdesk.gateways.documents import pages
from cpdesk.gateways.documents.blocks import _sums
from cpdesk.gateways.documents.pdf import as_pdf, pictures, print_on
from tests.support import statements
from tests.support.pdf_text import page_texts

pytestmark = pytest.mark.usefixtures("qapp")

RED = QColor("#e00010")


def logo(width: int, height: int) -> bytes:
    """A red picture as a PNG file."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


def reds(image: QImage) -> list[tuple[int, int]]:
    places = ((x, y) for y in range(0, image.height(), 2) for x in range(0, image.width(), 2))
    return [place for place in places if image.pixelColor(*place) == RED]


@pytest.mark.parametrize("lines", range(22, 40))
def test_total_and_notes_never_stand_alone_on_a_page(lines: int) -> None:
    document = statements.document(statements.statement(lines))
    texts = page_texts(as_pdf(document))
    assert "Sub-total" in texts[-1]
    assert "".join("".join(document.printed.rows[-1]).split()) in texts[-1]
    assert "Eachamountisseats" in texts[-1]


def test_many_notes_go_on_over_the_page() -> None:
    shown = statements.statement(70)
    late = [replace(row, priced_at=statements.NOW) for row in shown.lines]
    document = statements.document(replace(shown, lines=tuple(late)))
    texts = page_texts(as_pdf(document))
    assert sum(text.count("thepricewasenteredlater") for text in texts) == 70


def test_nothing_is_painted_below_the_bottom_of_a_page() -> None:
    long_names = [replace(row, product=f"{row.product} " * 12) for row in statements.statement(60).lines]
    spread = pages.Pages(statements.document(replace(statements.statement(), lines=tuple(long_names))))
    ends = [y + block.height for page in spread.placed() for block, y in page]
    assert len(spread) > 3
    assert max(ends) <= pages.BOTTOM


def test_a_word_without_an_end_is_broken_and_not_cut() -> None:
    name = "Donaudampfschifffahrtsgesellschaft" * 7
    (page,) = page_texts(as_pdf(statements.document(statements.statement(account=name))))
    assert name in page


def test_corrections_stand_below_with_what_is_left() -> None:
    document = statements.document()
    credit = Correction(
        "2026-000001-C1", CorrectionKind.CREDIT, statements.NOW, "Seats charged twice", -document.total / 2, "Ticket 7"
    )
    corrected = with_corrections(document, [replace(credit, amount=round(credit.amount, 2))])
    (page,) = page_texts(as_pdf(corrected))
    assert page.index("Correctionssince,taxincluded") > page.index("Total")
    assert "Seatschargedtwice(Ticket7)" in page
    assert "Correctedtotal" + "".join(corrected.printed.corrections.sums[0][1].split()) in page


@pytest.mark.parametrize(("width", "height"), [(3000, 400), (200, 900), (8, 8)])
def test_a_logo_keeps_its_shape_at_the_upper_right(width: int, height: int) -> None:
    (page,) = pictures(statements.document(company=replace(statements.COMPANY, logo=logo(width, height))), 72)
    found = reds(page)
    across = max(x for x, _y in found) - min(x for x, _y in found) + 2
    down = max(y for _x, y in found) - min(y for _x, y in found) + 2
    assert across / down == pytest.approx(width / height, rel=0.2)
    assert min(x for x, _y in found) > page.width() / 2
    assert max(y for _x, y in found) < page.height() / 4


def test_a_logo_that_is_no_picture_is_left_out() -> None:
    broken = replace(statements.COMPANY, logo=b"\x89PNG\r\n\x1a\n and no more")
    assert "NorthwindCloudServicesLtd" in page_texts(as_pdf(statements.document(company=broken)))[0]


def test_without_a_company_the_statement_begins_with_its_title() -> None:
    (page,) = page_texts(as_pdf(statements.document(company=OwnCompany())))
    assert page.startswith("StatementOctober2026")
    assert "Tax" not in page


def test_an_amount_is_never_broken() -> None:
    small, large = (_sums((("Total", amount),)) for amount in ("$1.00", "INR 999,999,999,999,999.00"))
    assert small.height == large.height


def test_a_month_without_seats_says_so() -> None:
    (page,) = page_texts(as_pdf(statements.document(statements.statement(0))))
    assert "Total$0.00" in page
    assert "Therewerenoseatsinthisperiod." in page


def test_pictures_have_the_shape_of_the_paper() -> None:
    image = pictures(statements.document(), 96)[0]
    assert (image.width(), image.height()) == (794, 1123)


def test_a_printer_gets_the_pages_that_were_chosen(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageRanges(QPageRanges.fromString("2-3"))
    document = statements.document(statements.statement(90))
    print_on(printer, document)
    printed = page_texts((tmp_path / "printed.pdf").read_bytes())
    assert printed == page_texts(as_pdf(document))[1:3]
