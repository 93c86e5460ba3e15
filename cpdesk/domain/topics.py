"""What a use case changed, in the words by which screens know that they are stale."""

ACCOUNTS = frozenset({"accounts", "audit"})
"""An account itself."""
LICENSES = frozenset({"accounts", "audit", "seats", "users"})
"""Users, and who holds which seat."""
MODES = frozenset({"accounts", "audit", "modes", "seats"})
"""A billing mode or a pending switch, with the seats that go with it."""
THRESHOLDS = frozenset({"audit", "seats"})
"""When somebody is warned that a pool runs short."""
PLANS = frozenset({"audit", "plans"})
"""What is planned for a date."""
CLOSING = PLANS | ACCOUNTS | LICENSES | MODES
"""An account with all that it holds."""
DEFAULTS = frozenset({"audit", "defaults"})
"""What new accounts start with."""
PRODUCTS = frozenset({"audit", "products"})
"""The catalogue."""
SCHEDULE = frozenset({"audit", "schedule"})
"""Whether the system completes due changes by itself."""
BACKUPS = frozenset({"backups"})
"""The backups in their folder."""
ENCRYPTION = frozenset({"audit", "encryption"})
"""Whether the database is encrypted on the disk, and who is asked for the passphrase."""
EVERYTHING = frozenset({"*"})
"""Whatever there is: another process changed something, or another database has taken the place of this one."""
OPERATORS = frozenset({"audit", "operators"})
"""Who may sign in."""
PRICES = frozenset({"audit", "prices"})
"""What seats cost, and which schedule an account has."""
STATEMENTS = frozenset({"audit", "statements"})
"""Statements as they were issued, and what stands on all of them."""
