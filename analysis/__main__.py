"""`python -m analysis`: the command line, which `reproduce.py` hands over to."""

import sys

if __name__ == "__main__":
    try:
        from analysis.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # while still importing
        sys.exit(130)
