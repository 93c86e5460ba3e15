"""A password hasher that costs nothing."""


class CheapPasswords:
    """Stands for argon2id where a test is about anything but its slowness."""

    def hash(self, password: str) -> str:
        return f"cheap:{password[::-1]}"

    def verify(self, hashed: str, password: str) -> bool:
        return hashed == self.hash(password)
