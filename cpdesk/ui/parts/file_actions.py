"""What lists of users offer that is about a file, whoever is selected."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from cpdesk.base.i18n import _
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import Action, PageContext
from cpdesk.ui.parts.rights import may_reduce


def file_actions(account: AccountRow | None, context: PageContext, asker: QWidget) -> Sequence[Action]:
    """To change licenses from a file, for who may, where there are users who can have some."""
    if account is None or not (account.service_active and account.users and may_reduce(context.by, account)):
        return ()
    return (Action(_("Change licenses from a file"), partial(_change, asker, context, account)),)


def _change(asker: QWidget, context: PageContext, account: AccountRow) -> None:
    from cpdesk.ui.parts.licenses_from_file import LicensesFromFileDialog

    LicensesFromFileDialog(asker, context, account).ask()
