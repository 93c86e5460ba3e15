"""Is a backup what it is taken for, and does restoring it bring everything back?"""

from cpdesk.domain.backups import AccountModes
from cpdesk.domain.modes import Mode
from cpdesk.domain.rows import AccountRow
from cpdesk.selftest.books import Books
from cpdesk.selftest.results import Broken


def check_backup(books: Books) -> str:
    """A backup is made, something is changed, and restoring the backup takes it back; nothing is lost."""
    before = books.services.accounts.rows(books.by)
    made = books.services.backups.make(books.by).value
    changed = _change(books)
    preview = books.services.backups.preview(books.by, made.path)
    if not preview.same_history or not preview.set_aside or changed.id not in _ids(preview.changing):
        raise Broken(f"the backup does not tell what has changed since: {preview.set_aside} entries")
    restored = books.services.backups.restore(books.by, made.path).value
    if books.services.accounts.rows(books.by) != before or changed.id not in _ids(restored.accounts):
        raise Broken("the accounts are not what they were")
    if restored.kept is None or restored.kept not in [row.path for row in books.services.backups.rows(books.by)]:
        raise Broken("what was there before was not kept")
    books.sound()
    return f"{made.size} bytes, schema {made.schema}"


def _change(books: Books) -> AccountRow:
    """Change the mode of an account, which takes effect at once."""
    rows = books.services.accounts.rows(books.by)
    account = next(row for row in rows if row.mode is Mode.USAGE and row.service_active and row.assigned)
    forecast = books.services.modes.forecast(books.by, account.id, Mode.PURCHASE)
    return books.services.modes.change(books.by, account.id, Mode.PURCHASE, forecast).value


def _ids(accounts: tuple[AccountModes, ...]) -> list[int]:
    return [account.account_id for account in accounts]
