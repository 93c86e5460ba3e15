"""Files of accounts to be created, on disk: from bytes to rows."""

from pathlib import Path

from cpdesk.domain.account_file import AccountFile, parse_accounts
from cpdesk.gateways.text_files import read_text


def read_accounts(path: Path, encoding: str | None = None) -> AccountFile:
    """Read a file of accounts; `encoding` overrules what the bytes say about themselves.

    Raises what `read_text` and `parse_accounts` refuse.
    """
    file = read_text(path, encoding)
    titles, lines = parse_accounts(file.text, path.name)
    return AccountFile(file.name, file.encoding, titles, lines)
