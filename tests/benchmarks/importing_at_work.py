"""A process that runs a command of cpdesk and says on standard error how much memory it took at most."""

import sys
from pathlib import Path

from cpdesk import __main__ as program


def main() -> int:
    """The exit code of the command; MB of the peak."""
    code = program.main(sys.argv[1:])
    status = Path("/proc/self/status").read_text(encoding="ascii")
    sys.stderr.write(str(int(status.partition("VmHWM:")[2].split()[0]) / 1024))
    return code


if __name__ == "__main__":
    sys.exit(main())
