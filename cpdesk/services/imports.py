"""Importing a tenant as it is today: users and licenses from the admin center's export (rule 15)."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from cpdesk.base.errors import UserError
from cpdesk.base.progress import Tell, counted, part
from cpdesk.domain import seats, topics
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.domain.user_import.choices import SKIP, NameChoices
from cpdesk.domain.user_import.name_uses import name_uses
from cpdesk.domain.user_import.names import Preferences, ProductNames, match_rows
from cpdesk.domain.user_import.pairing import pair
from cpdesk.domain.user_import.plan import plan_import
from cpdesk.domain.user_import.report import AccountBefore, ImportReport, differences, report
from cpdesk.domain.user_import.rows import ExportFile
from cpdesk.domain.user_import.sample import FileSample, sample
from cpdesk.domain.user_import.stages import Stage, of_stage
from cpdesk.services import account_writing, import_writing, unit_prices
from cpdesk.services.base import UseCases, Work, account_row, require_growth, require_service
from cpdesk.services.import_writing import Prepared
from cpdesk.services.settling import Settler
from cpdesk.store import holdings, product_names, products, users
from cpdesk.store.store import Store

_NO_CHOICES = NameChoices()


class ReadExport(Protocol):
    """Reads and decodes an export file."""

    def __call__(self, path: Path, encoding: str | None, progress: Tell | None = None) -> ExportFile:
        """Raises a UserError that names file, row and column."""


class Imports(UseCases):
    """A file is read before the database is touched, planned, and written in one transaction.

    `progress` is told how far an import is, in steps of `stages.WHOLE`; what it raises ends the import, and
    nothing is changed.
    """

    def __init__(
        self,
        store: Store,
        settler: Settler,
        read_export: ReadExport,
        seat_limits: Callable[[], tuple[SeatLimit, ...]] = tuple,
    ) -> None:
        super().__init__(store, settler)
        self._read_export = read_export
        self._seat_limits = seat_limits

    def inspect(
        self, by: Session, account_id: int, path: Path, *, encoding: str | None = None, progress: Tell | None = None
    ) -> FileSample:
        """What a file looks like, read in this encoding or, without one, as its bytes say.

        Where they say nothing it is read in the likeliest encoding, and the sample is not `certain`. Raises
        everything else that reading the file raises.
        """
        with self._reading(by, account_id):
            # Whoever does not see the account is told so before the file is touched.
            pass
        tell = of_stage(progress, Stage.READING)
        try:
            return sample(self._read_export(path, encoding, tell), certain=True)
        except UserError as error:
            if error.code != "file_encoding_unknown":
                raise
            return sample(self._read_export(path, str(error.params["suggestion"]), tell), certain=False)

    def preview(
        self,
        by: Session,
        account_id: int,
        path: Path,
        *,
        encoding: str | None = None,
        choices: NameChoices = _NO_CHOICES,
        activate: bool = False,
        progress: Tell | None = None,
    ) -> ImportReport:
        """What the import would do; nothing is changed. Raises what `run` raises, but never for missing seats."""
        file = self._read_export(path, encoding, of_stage(progress, Stage.READING))
        with self._reading(by, account_id) as work:
            account = _account(work, account_id, activate=activate)
            return _prepare(work, account, file, choices, self._seat_limits(), progress).report

    def run(  # noqa: PLR0913 - each is a choice of its own, and most callers make none
        self,
        by: Session,
        account_id: int,
        path: Path,
        *,
        add_seats: bool = False,
        encoding: str | None = None,
        choices: NameChoices = _NO_CHOICES,
        remember: bool = True,
        activate: bool = False,
        shown: ImportReport | None = None,
        progress: Tell | None = None,
        reason: str = "",
    ) -> Done[ImportReport]:
        """Import a file; in Purchase Mode the seats it lacks are bought if `add_seats` is chosen.

        choices: what product names mean; with `remember` these answers are kept: those of a reseller administrator
        for all accounts, those of a customer administrator for the own one.
        activate: enable Microsoft 365 in the same transaction, where it is not.
        shown: the preview that the operator accepted.

        Raises UserError `service_not_active`, `unknown_product` for a choice, `import_changed` (with `differences`
        and the new `report`) if what was shown no longer holds, `import_lacks_seats` (with the missing seats by
        product name), and everything that reading the file raises.
        """
        file = self._read_export(path, encoding, of_stage(progress, Stage.READING))
        with self._changing(by, account_id, reason) as work:
            account = _account(work, account_id, activate=activate)
            prepared = _prepare(work, account, file, choices, self._seat_limits(), progress)
            _require_as_shown(shown, prepared.report)
            if prepared.missing and not add_seats:
                named = ((prepared.products[number].name, count) for number, count in prepared.missing.items())
                raise UserError("import_lacks_seats", file=file.name, missing=seats.summed(named))
            if not prepared.account.service_active:
                account_writing.activate(work, account_id)
            if remember:
                import_writing.remember(work, prepared)
            import_writing.write(work, prepared, of_stage(progress, Stage.WRITING))
            return Done(prepared.report, topics.LICENSES)


def _account(work: Work, account_id: int, *, activate: bool) -> AccountRow:
    account = account_row(account_id, work.now)
    require_growth(account)
    if not activate:
        require_service(account)
    return account


def _require_as_shown(shown: ImportReport | None, now: ImportReport) -> None:
    """Rule 8: what differs from what was accepted is shown and asked again."""
    found = differences(shown, now) if shown else ()
    if found:
        raise UserError("import_changed", differences=found, report=now)


def _prepare(
    work: Work,
    account: AccountRow,
    file: ExportFile,
    choices: NameChoices,
    limits: tuple[SeatLimit, ...],
    progress: Tell | None,
) -> Prepared:
    known = products.by_id()
    product_ids = {product.guid: number for number, product in known.items()}
    held = {item.product_id: item for item in holdings.of_account(account.id)}
    preferences = Preferences(
        held_guids=frozenset(known[number].guid for number, item in held.items() if item.seats),
        remembered=product_names.answers(account.id),
        for_all=product_names.answered_for_all(account.id),
        chosen=_checked(choices, product_ids),
    )
    names = ProductNames(known.values())
    tell = of_stage(progress, Stage.COMPARING)
    people = users.known(account.id, {number: product.guid for number, product in known.items()})
    pairing = pair(file.rows, people)
    own = pairing.own_guids()
    matches = match_rows(counted(file.rows, part(tell, 1, 2, 3)), names, preferences, own)
    plan = plan_import(file.rows, pairing, matches, part(tell, 2, 3, 3))
    net = {product_ids[guid]: change for guid, change in plan.net_seats.items()}
    missing = seats.missing_seats(account.mode, held, net)
    uses = name_uses(file.rows, names, preferences, own)
    price = unit_prices.of(account, work.now)
    summed_up = report(
        plan,
        (file.name, file.encoding),
        uses,
        AccountBefore(
            mode=account.mode,
            products={product.guid: product for product in known.values()},
            held={known[number].guid: item for number, item in held.items()},
            domains=(account.domain, *account.aliases),
            currency=account.currency,
            unit_prices={known[number].guid: price(number) for number in held.keys() | net.keys()},
            limits=limits,
        ),
        {known[number].guid: count for number, count in missing.items()},
    )
    answers = {use.key: choices.answers[use.key] for use in uses if use.key in choices.answers}
    return Prepared(account, summed_up, product_ids, known, missing, answers)


def _checked(choices: NameChoices, known: Mapping[str, int]) -> Mapping[str, str]:
    for answer in choices.answers.values():
        if answer != SKIP and answer not in known:
            raise UserError("unknown_product", text=answer)
    return choices.answers
