"""The ``nnsim`` command, also as ``python -m nnsim``."""

import signal
import sys


def main() -> int:
    """Run the command line; an interrupt ends it without a traceback, also while it is still being loaded."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from nnsim.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
