"""A password hasher that costs nothing, and a keyring that is none."""

from cpdesk.domain.second_factor import Place


class CheapPasswords:
    """Stands for argon2id where a test is about anything but its slowness."""

    def hash(self, password: str) -> str:
        return f"cheap:{password[::-1]}"

    def verify(self, hashed: str, password: str) -> bool:
        return hashed == self.hash(password)

    def outdated(self, hashed: str) -> bool:
        return not hashed.startswith("cheap:")

    def spend(self, password: str) -> None:
        self.verify("", password)


class MemoryVault:
    """Stands for the keyring: forgets with the process, unless it is handed on."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def place(self) -> Place:
        return Place.KEYRING

    def keep(self, _place: Place, name: str, secret: str) -> None:
        self.secrets[name] = secret

    def read(self, _place: Place, name: str) -> str | None:
        return self.secrets.get(name)

    def forget(self, _place: Place, name: str) -> None:
        self.secrets.pop(name, None)
