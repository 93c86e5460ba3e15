"""What a command works with: the services, the operator, and somebody to tell things to."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base.clock import Clock
from cpdesk.base.errors import CodedError, KnownError, UserError
from cpdesk.base.i18n import _
from cpdesk.base.messages import message, sentence
from cpdesk.cli import plan_texts, texts
from cpdesk.cli.output import Answer, Printer
from cpdesk.cli.sign_in import credentials, enter
from cpdesk.composition import compose
from cpdesk.domain.operators import Session, sees_account

if TYPE_CHECKING:
    from datetime import datetime

    from cpdesk.domain.rows import AccountRow
    from cpdesk.domain.settlements import Settlement


class Context:
    """One run of one command."""

    def __init__(self, folder: Path, clock: Clock, printer: Printer) -> None:
        self.store, self.services = compose(folder, clock)
        self._printer = printer

    def open(self, *, any_clock: bool = False) -> None:
        """Open the database, even one of the demo with `any_clock`; an encrypted one by its passphrase.

        Raises UserError `not_set_up`, `wrong_passphrase`, and what `Store.open` raises.
        """
        try:
            self.store.open(any_clock=any_clock)
        except KnownError as error:
            if error.code != "passphrase_needed":
                raise
            self.unlock(self.store.path)
            self.store.open(any_clock=any_clock)
        if self.services.setup.needed():
            raise UserError("not_set_up", path=str(self.store.path))
        with self.store.read() as moment:
            warning = moment.warning
        if warning:
            self.note(sentence(warning.code, system=warning.system, last_recorded=warning.last_recorded))

    def unlock(self, path: Path, *, is_backup: bool = False) -> None:
        """Have an encrypted file opened from now on. Raises what `passphrase.unlock` raises."""
        from cpdesk.cli import passphrase

        passphrase.unlock(self.services.encryption, path, is_backup=is_backup)

    def close(self) -> None:
        """Let go of the database, opened or not."""
        self.store.disconnect()

    def note(self, text: str) -> None:
        """Tell something that is not the result."""
        self._printer.note(text)

    def done(self, tell: Callable[[], Answer], instead: Answer) -> Answer:
        """What a change has come to, which `tell` reads; where that fails, `instead`: the change is made all the same.

        What would be told otherwise, that the command failed, has it carried out twice.
        """
        try:
            return tell()
        except CodedError as error:
            self.note(_("It is done, but what it came to cannot be read. {reason}").format(reason=message(error)))
            return instead

    @cached_property
    def by(self) -> Session:
        """Who runs the command; signs in on the first use. Raises what `credentials` and `enter` raise."""
        return self.enter(*credentials())

    def enter(self, email: str, password: str, new_password: str = "") -> Session:
        """Sign in as this operator. Raises what `Operators.sign_in` raises."""
        session = enter(self.services.operators, email, password, new_password)
        self.services.settler.listen(partial(self._tell_settled, session))
        return session

    def account(self, text: str) -> "AccountRow":
        """The account that an argument names. Raises UserError `unknown_account` or `ambiguous_account`."""
        return self.services.accounts.find(self.by, text)

    def now(self) -> "datetime":
        """The time (UTC) that counts in the database."""
        with self.store.read() as moment:
            return moment.now

    def product_names(self) -> Mapping[str, str]:
        """Display names by part number; none where they cannot be read: what was asked for, or done, is told anyway."""
        try:
            return {product.part_number: product.name for product in self.services.licenses.products()}
        except KnownError as error:
            self.note(_("The names of the products cannot be read. {reason}").format(reason=message(error)))
            return {}

    def _tell_settled(self, session: Session, settled: "Settlement") -> None:
        names = self.product_names() if settled else {}
        for switch in settled.switches:
            if sees_account(session, switch.account_id):
                self.note(texts.settled(switch, names))
        for change in settled.plans:
            if sees_account(session, change.account_id):
                self.note(plan_texts.ended(change, names))
