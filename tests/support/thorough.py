"""How much of a long test is done: CPDESK_THOROUGH in the environment makes it all."""

import os

THOROUGH = "CPDESK_THOROUGH" in os.environ


def stride(thorough: int, usual: int) -> int:
    """How far apart the moments are at which something is made to fail."""
    return thorough if THOROUGH else usual
