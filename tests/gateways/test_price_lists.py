"""Partner price lists on disk."""

from pathlib import Path

import pytest

from cpdesk.base.errors import UserError
from cpdesk.gateways.price_lists import read_price_list
from tests.support.price_files import prices_file

ROW = {"SkuTitle": "Überwachung"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_price_lists_are_decoded_as_other_files_are(tmp_path: Path, encoding: str, delimiter: str) -> None:
    file = read_price_list(prices_file(tmp_path, ROW, encoding=encoding, delimiter=delimiter))
    assert (file.name, [(row.row, row.title) for row in file.rows]) == ("prices.csv", [(2, "Überwachung")])
    assert file.decimal_comma == (delimiter != ",")


def test_a_code_page_is_asked_for(tmp_path: Path) -> None:
    path = prices_file(tmp_path, ROW, encoding="windows-1252")
    with pytest.raises(UserError, match="file_encoding_unknown"):
        read_price_list(path)
    file = read_price_list(path, "windows-1252")
    assert (file.encoding, file.rows[0].title) == ("windows-1252", "Überwachung")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file_missing"):
        read_price_list(tmp_path / "nothing.csv")
    with pytest.raises(UserError, match="file_is_folder"):
        read_price_list(tmp_path)
