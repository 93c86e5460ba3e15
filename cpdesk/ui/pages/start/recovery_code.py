"""Showing the recovery code of the first administrator."""

from cpdesk.base.i18n import _
from cpdesk.ui.parts.kept_code import KeptCode


class RecoveryCode(KeptCode):
    """It lets a reseller administrator back in."""

    file_name = "cpdesk-recovery-code.txt"
    _email = ""

    def set_code(self, code: str, email: str) -> None:
        """Show a code, and whose access it restores."""
        self._email = email
        self.show_code(code)

    def sheet(self) -> str:
        lines = (
            _("cpdesk recovery code"),
            "",
            self.code,
            "",
            _("Administrator: {email}").format(email=self._email),
            _("Lets a reseller administrator set a new password. It works once and is then replaced."),
        )
        return "\n".join(lines) + "\n"

    def save_title(self) -> str:
        return _("Save the recovery code")

    def print_title(self) -> str:
        return _("Print the recovery code")

    def stored_text(self) -> str:
        return _("I have stored the code")
