"""The keyring of a Linux desktop without `cryptography`, which SecretStorage wants for one thing only.

That library is an eighth of the installed program, and so it is left out of it. SecretStorage encrypts by it what goes
over the session bus of the person who is logged in; nobody else can read that bus, and whoever reads it as that person
may as well ask the keyring. Where a keyring knows no encryption SecretStorage does without; here it does so always.
"""

import sys
from importlib.util import find_spec
from types import ModuleType

_NAMES = ("", ".hazmat", ".hazmat.backends", ".hazmat.primitives", ".hazmat.primitives.ciphers")
_TAKEN = ("default_backend", "Cipher", "algorithms", "modes")
"""What SecretStorage imports, and calls only for a session that is encrypted."""


def prepare() -> None:
    """Let SecretStorage be loaded where `cryptography` is missing; elsewhere nothing happens."""
    if "cryptography" in sys.modules or find_spec("cryptography") is not None:
        return
    for name in _NAMES:
        made = ModuleType(f"cryptography{name}")
        vars(made).update(dict.fromkeys(_TAKEN))
        sys.modules[made.__name__] = made
    from secretstorage import collection, item

    for user in (collection, item):
        vars(user)["open_session"] = _open_session


def _open_session(connection: object) -> object:
    """What SecretStorage does where the keyring knows no encryption."""
    from secretstorage.defines import ALGORITHM_PLAIN, SS_PATH
    from secretstorage.dhcrypto import Session
    from secretstorage.util import SERVICE_IFACE, DBusAddressWrapper

    session = Session()
    session.encrypted = False
    service = DBusAddressWrapper(SS_PATH, SERVICE_IFACE, connection)
    _output, session.object_path = service.call("OpenSession", "sv", ALGORITHM_PLAIN, ("s", ""))
    return session
