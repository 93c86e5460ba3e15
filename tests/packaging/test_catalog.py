"""Microsoft's list becomes the one that ships."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import catalog
import pytest

from cpdesk.base import assets
from cpdesk.domain.product_file import ProductFile
from cpdesk.domain.published_products import read_published
from cpdesk.gateways.product_files import read_product_file, shipped_products
from tests.support.product_files import BOOSTER, WITH_ENGINE, products_file

TWO_NAMES = {"Product_Display_Name": "Rocket, “für Öl”"}
NO_TITLE = {"GUID": BOOSTER, "String_Id": "A BOOSTER", "Service_Plans_Included_Friendly_Names": "FUEL"}


def test_the_shipped_form_says_the_same(tmp_path: Path) -> None:
    path = products_file(tmp_path, {}, TWO_NAMES, WITH_ENGINE, NO_TITLE)
    assert catalog.main([str(path), "2027-02"], tmp_path) == 0
    written = (tmp_path / "published.csv").read_text(encoding="utf-8")
    assert written.count(",2027-02,") == 2
    plans = (tmp_path / "service_plans.csv").read_text(encoding="utf-8")
    published = read_product_file(path)
    assert _facts(read_published(written, plans, "published.csv")) == _facts(published)


def test_made_of_itself_it_is_byte_for_byte_the_same() -> None:
    shipped = (assets.published_products(), assets.service_plans())
    made = catalog.texts(shipped_products(), "2026-03")
    assert made == tuple(path.read_bytes().decode() for path in shipped)


def test_the_month_of_the_list_is_the_one_that_people_are_told() -> None:
    with assets.published_products().open(encoding="utf-8", newline="") as file:
        (month,) = {line["listed_in"] for line in csv.DictReader(file)}
    told = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).strftime("%B %Y")
    step = catalog.TOP / "cpdesk" / "ui" / "pages" / "products" / "file_step.py"
    for path in (step, assets.root() / "help" / "en" / "products.md"):
        assert told in path.read_text(encoding="utf-8"), path


def test_a_name_that_could_not_be_told_from_two_is_refused(tmp_path: Path) -> None:
    file = read_product_file(products_file(tmp_path, {"Product_Display_Name": "This|That"}))
    with pytest.raises(SystemExit, match=r"This\|That"):
        catalog.texts(file, "2027-02")


@pytest.mark.parametrize("arguments", [[], ["names.csv"], ["names.csv", "March"], ["names.csv", "2027-13"]])
def test_usage(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalog.main(arguments, tmp_path) == 2
    assert "FILE MONTH" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def _facts(file: ProductFile) -> tuple[object, ...]:
    """Without what tells of the file itself."""
    return {replace(one, row=0) for one in file.products}, file.plans
