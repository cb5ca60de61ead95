"""The program as ``quotes`` and ``python -m quotes`` start it."""

import sys


def main() -> None:
    """Load the command line and run it; Ctrl-C ends it in one word while it loads, too."""
    try:
        from quotes.cli import main as run

        run()
    except KeyboardInterrupt:
        from quotes.errors import INTERRUPTED

        print("\ninterrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
