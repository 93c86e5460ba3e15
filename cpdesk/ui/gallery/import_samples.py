"""An export file and what comes of it, for the gallery and the tests of the import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from cpdesk.domain import seats, topics
from cpdesk.domain.catalog import Product, Scope
from cpdesk.domain.modes import Mode
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.domain.seat_limits import SeatLimit
from cpdesk.domain.seats import Holding
from cpdesk.domain.user_import.choices import NameChoices
from cpdesk.domain.user_import.name_uses import name_uses
from cpdesk.domain.user_import.names import Preferences, ProductNames, match_rows
from cpdesk.domain.user_import.pairing import KnownUser, UserValues, pair
from cpdesk.domain.user_import.plan import plan_import
from cpdesk.domain.user_import.reading import parse_export
from cpdesk.domain.user_import.report import AccountBefore, ImportReport, report
from cpdesk.domain.user_import.rows import ExportFile
from cpdesk.domain.user_import.sample import FileSample, sample
from cpdesk.services.accounts import Accounts
from cpdesk.services.bundle import Services
from cpdesk.services.imports import Imports
from cpdesk.services.products import Products
from cpdesk.ui.gallery.stand_ins import StandIn, services

PREMIUM = Product(
    "SPB", "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "Microsoft 365 Business Premium", "user", Scope.USER, ""
)
E3 = Product("ENTERPRISEPACK", "6fd2c87f-b296-42f0-b197-1e91e994b900", "Office 365 E3", "user", Scope.USER, "")
VISIO = Product("VISIOONLINE_PLAN1", "4b244418-9658-4451-a2b8-b5e2b364e9bd", "Visio Plan 1", "user", Scope.USER, "")
VISIO_TWIN = Product("VISIO_PLAN1_DEPT", "ca7f3140-d88c-455b-9a1c-7f0679e31a76", "Visio Plan 1", "user", Scope.USER, "")
STORAGE = Product(
    "SHAREPOINTSTORAGE",
    "99049c9c-6011-4908-bf17-15f496e6519d",
    "Office 365 Extra File Storage",
    "tenant",
    Scope.TENANT,
    "",
)
CATALOGUE = (PREMIUM, STORAGE, E3, VISIO, VISIO_TWIN)
_PRICES = {PREMIUM.guid: Decimal("22.00"), E3.guid: Decimal("23.00"), VISIO.guid: None, VISIO_TWIN.guid: None}

_HEADER = "Display name,User principal name,Department,Title,Block credential,Soft deletion time stamp,Licenses"
_PEOPLE = (
    ("Adele Vance", "adele.vance", "Sales", "Retail Manager", "Microsoft 365 Business Premium+Visio Plan 1"),
    ("Zoë Lindqvist", "zoe.lindqvist", "Verkäufe", "Koordinatorin", "Microsoft 365 Business Premium"),
    ("Megan Bowen", "megan.bowen", "Marketing", "Director", "Office 365 E3+Contoso Loyalty Suite"),
    ("Diego Siciliani", "diego.siciliani", "HR", "HR Manager", "Microsoft 365 Business Premium"),
    ("Błażej Nowak", "blazej.nowak", "IT", "Administrator", "Office 365 E3+Office 365 Extra File Storage"),
    ("Patti Fernandez", "patti.fernandez", "", "President", "Microsoft 365 Business Premium+Visio Plan 1"),
    ("Front Desk", "desk", "", "", "Unlicensed"),
)


@dataclass(frozen=True, slots=True)
class SampleImport:
    """A file and an account that it is imported into."""

    account: AccountRow
    people: int = len(_PEOPLE)
    more_names: int = 0
    """Names besides that no product has."""
    pool: int = 3
    """Idle seats of Premium, in Purchase Mode."""
    certain: bool = True
    """Whether the file says how it is encoded."""
    domain: str = ""
    """Of the users of the file; that of the account where it is not given."""

    @property
    def file(self) -> ExportFile:
        """What the file says."""
        delimiter, rows = parse_export("\n".join((_HEADER, *self._lines())), "users_11_20_2026.csv")
        return ExportFile("users_11_20_2026.csv", "utf-8-sig" if self.certain else "windows-1252", delimiter, rows)

    def sample(self) -> FileSample:
        """What the file looks like."""
        return sample(self.file, certain=self.certain)

    def report(self, answers: Mapping[str, str] | None = None) -> ImportReport:
        """What the import does."""
        file, names = self.file, ProductNames(CATALOGUE)
        people = list(self._users(file))
        pairing = pair(file.rows, people)
        own = pairing.own_guids()
        preferences = Preferences(chosen=answers or {})
        plan = plan_import(file.rows, pairing, match_rows(file.rows, names, preferences, own))
        places = {product.guid: place for place, product in enumerate(CATALOGUE)}
        held = self._held(people)
        net = {places[guid]: change for guid, change in plan.net_seats.items()}
        missing = seats.missing_seats(self.account.mode, {places[guid]: item for guid, item in held.items()}, net)
        return report(
            plan,
            (file.name, file.encoding),
            name_uses(file.rows, names, preferences, own),
            AccountBefore(
                mode=self.account.mode,
                products={product.guid: product for product in CATALOGUE},
                held=held,
                domains=(self.account.domain, *self.account.aliases),
                currency=self.account.currency,
                unit_prices=_PRICES,
                limits=(SeatLimit("Microsoft 365 Business", 300, frozenset({PREMIUM.guid})),),
            ),
            {CATALOGUE[place].guid: count for place, count in missing.items()},
        )

    def services(self, **answers: Any) -> Services:
        """The services of this account; `answers` replace methods of `Imports`."""
        known: dict[str, Any] = {
            "inspect": lambda *_args, **_named: self.sample(),
            "preview": lambda *_args, **named: self.report(_answers_of(named)),
            "run": self._run,
            **answers,
        }
        return services(
            accounts=StandIn(Accounts, show=self.account),
            imports=StandIn(Imports, **known),
            products=StandIn(Products, rows=list(CATALOGUE), described={}),
        )

    def _run(self, _by: Session, _account: int, _path: Path, **named: Any) -> Done[ImportReport]:
        return Done(self.report(_answers_of(named)), topics.LICENSES)

    def _lines(self) -> Iterable[str]:
        domain = self.domain or self.account.domain
        for place in range(self.people):
            name, upn, department, title, licenses = _PEOPLE[place % len(_PEOPLE)]
            number = place // len(_PEOPLE)
            suffix, named = (f"{number}", f" {number}") if number else ("", "")
            more = f"+Sample Add-on {place:03d}" if place < self.more_names else ""
            blocked = "True" if upn in {"patti.fernandez", "diego.siciliani"} else "False"
            yield f"{name}{named},{upn}{suffix}@{domain},{department},{title},{blocked},,{licenses}{more}"
        yield f"Alex Wilber,alex.wilber@{domain},,,False,2026-11-02 08:00:00Z,"

    def _users(self, file: ExportFile) -> Iterable[KnownUser]:
        active = [row for row in file.rows if not row.deleted]
        for place, row in enumerate(active[:2]):
            licenses = {PREMIUM.guid} if place == 0 else {E3.guid}
            title = row.job_title or "" if place else "Sales Associate"
            values = UserValues(row.upn, None, row.display_name or "", job_title=title, department=row.department or "")
            yield KnownUser(place + 1, values, frozenset(licenses))

    def _held(self, people: Iterable[KnownUser]) -> dict[str, Holding]:
        idle = self.pool if self.account.mode is Mode.PURCHASE else 0
        assigned = {guid: sum(guid in user.guids for user in people) for guid in (PREMIUM.guid, E3.guid)}
        return {
            PREMIUM.guid: Holding(self.account.id, 0, assigned[PREMIUM.guid] + idle, assigned[PREMIUM.guid]),
            E3.guid: Holding(self.account.id, 2, assigned[E3.guid], assigned[E3.guid]),
        }


def _answers_of(named: Mapping[str, Any]) -> Mapping[str, str]:
    choices = named.get("choices")
    return choices.answers if isinstance(choices, NameChoices) else {}
