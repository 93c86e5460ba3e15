"""The people who work with the panel in the demo, and how they write down why they do something."""

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from cpdesk.domain.operators import Role, Session
from cpdesk.gateways.passwords import Argon2Passwords
from cpdesk.services.bundle import Services

if TYPE_CHECKING:
    from cpdesk.domain.rows import AccountRow

PASSWORD = "demo"
"""Of every operator of the demo: nothing in it is worth more."""

ADMINISTRATOR = "dana.reyes@lighthouse-it.example"
COLLEAGUE = "tomasz.wrona@lighthouse-it.example"
AUDITOR = "robin.cole@audit-partners.example"
CUSTOMER = "morgan.ellis@contoso-freight.example"
"""The administrator of the customer with the domain below."""
CUSTOMER_DOMAIN = "contoso-freight.example"
SWITCHING_DOMAIN = "fabrikam-dental.example"
"""The customer with whom the tour shows the switch."""

_FIRST_TICKET = 20_310


class OnePassword:
    """Hashes the one password of the demo once, as long as it takes: it is the same for all."""

    def __init__(self) -> None:
        self._passwords = Argon2Passwords()
        self._hash = ""

    def hash(self, password: str) -> str:
        """The hash of PASSWORD, which `password` has to be."""
        assert password == PASSWORD
        self._hash = self._hash or self._passwords.hash(password)
        return self._hash

    def verify(self, hashed: str, password: str) -> bool:
        """Whether the password is the one that was hashed."""
        return self._passwords.verify(hashed, password)

    def outdated(self, _hashed: str) -> bool:
        """Never: the demo is made anew by each version."""
        return False

    def spend(self, password: str) -> None:
        """Take as long over a password as comparing it takes."""
        self._passwords.spend(password)


@dataclass
class Team:
    """Signed-in operators, and the number of the latest ticket."""

    services: Services
    random: Random
    ticket: int = _FIRST_TICKET
    sessions: list[Session] = field(default_factory=list)

    def set_up(self, time_zone: str) -> None:
        """Make the database and those who see all of it."""
        self.sessions = [self.services.setup.set_up(ADMINISTRATOR, PASSWORD, time_zone=time_zone).session]
        for email, role in ((COLLEAGUE, Role.RESELLER), (AUDITOR, Role.AUDITOR)):
            added = self.services.operators.add(self.sessions[0], email, role, None, PASSWORD).value
            if role is Role.RESELLER:
                self.sessions.append(Session(added.id, added.email, role, None))

    def let_in(self, account: "AccountRow") -> None:
        """Give the one customer who has an administrator that administrator."""
        if account.domain == CUSTOMER_DOMAIN:
            self.services.operators.add(self.sessions[0], CUSTOMER, Role.CUSTOMER, account.id, PASSWORD)

    def anyone(self) -> Session:
        """Whoever of the resellers is at the desk."""
        return self.random.choices(self.sessions, (3, 2))[0]

    def reason(self, why: str) -> str:
        """Why, with the number of its ticket."""
        self.ticket += self.random.randint(1, 9)
        return f"SD-{self.ticket}: {why}"
