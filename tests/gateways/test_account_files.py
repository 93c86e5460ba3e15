from pathlib import Path

import pytest

from cpdesk.base.errors import UserError
from cpdesk.gateways.account_files import read_accounts

TEXT = "name;domain\nLöw & Söhne;loew.example\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_files_of_accounts_are_decoded_as_files_of_users_are(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(TEXT.encode(encoding))
    file = read_accounts(path)
    assert (file.name, file.titles) == ("accounts.csv", {"name": "name", "domain": "domain"})
    assert [(line.row, line.cells["name"]) for line in file.lines] == [(2, "Löw & Söhne")]


def test_a_code_page_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_bytes(TEXT.encode("windows-1252"))
    with pytest.raises(UserError, match="file_encoding_unknown"):
        read_accounts(path)
    assert read_accounts(path, "windows-1252").lines[0].cells["name"] == "Löw & Söhne"
