"""Handing everything of one account to the customer."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.long_work import LongWorkDialog
from cpdesk.ui.texts import account_line, path_text
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import primary, secondary
from cpdesk.ui.widgets.labels import Label

if TYPE_CHECKING:
    from cpdesk.base.progress import Tell
    from cpdesk.domain.account_export import AccountExport
    from cpdesk.domain.operators import Session
    from cpdesk.domain.rows import Done
    from cpdesk.services.account_exports import AccountExports

_WIDTH = 600


class ExportAccountDialog(LongWorkDialog):
    """Says what will be in the file, and writes it."""

    help_topic = "export-account"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow, path: Path) -> None:
        subtitle = account_line(account.name, account.domain)
        super().__init__(parent, context, _("Export everything of the account"), subtitle, _WIDTH)
        self._account_id = account.id
        self.path = path
        self.content.addWidget(Label(path_text(path), TextRole.STRONG, wrap=True))
        for text in _texts():
            self.content.addWidget(Label(text, wrap=True))
        self.footer.addWidget(self.line)
        self.leave = self.add_button(secondary(_("Do not export")))
        self.export = self.add_button(primary(_("Export")))
        self.set_first(self.export)
        self.export.clicked.connect(self._on_export)
        self.leave.clicked.connect(self.reject)

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {total} parts are written.").format(done=format_number(done), total=format_number(total))

    def _on_export(self) -> None:
        exports = self.context.services.account_exports
        work = partial(_export, exports, self.context.by, self._account_id, self.path)
        self.change(work, self.export, self.leave)


def _texts() -> tuple[str, ...]:
    return (
        _(
            "One ZIP file with the company and its contacts, users, licenses, subscriptions, the seat ledger, prices "
            "of today, statements, planned changes and the audit log: as JSON for programs, lists also as CSV."
        ),
        _("It holds nothing of other accounts, no costs and no margins, so that it can be handed to the customer."),
        _("It holds personal data. Send it as you would send a list of all users."),
    )


def _export(
    exports: "AccountExports", by: "Session", account_id: int, path: Path, *, progress: "Tell | None" = None
) -> "Done[AccountExport]":
    from cpdesk.domain.rows import Done

    return Done(exports.write(by, account_id, path, progress), frozenset())
