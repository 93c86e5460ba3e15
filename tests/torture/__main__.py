"""Torture the program, and print what came of it as one JSON document.

    python3 packaging/dev.py torture --minutes N [--only PART ...] [--seed NUMBER]

The exit code is 1 where something is not as it was promised, and 130 where somebody has stopped it with Ctrl+C: the
document then tells what was done until that.
"""

import argparse
import json
import random
import sys

from tests.torture.parts import PARTS
from tests.torture.running import run_parts, summary

_INTERRUPTED = 130


def main() -> int:
    """Run the parts that were asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="torture", description="torture the program, and tell of it as JSON")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long all of it may take")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART")
    parser.add_argument("--seed", type=int, help="that of an earlier run, to throw the same dice again")
    options = parser.parse_args()
    seed = random.SystemRandom().getrandbits(32) if options.seed is None else options.seed
    outcomes = run_parts({name: PARTS[name] for name in options.only}, options.minutes, seed)
    document = summary(outcomes, options.minutes, seed)
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    if not document["ok"]:
        return 1
    return _INTERRUPTED if document["interrupted"] else 0


if __name__ == "__main__":
    sys.exit(main())
