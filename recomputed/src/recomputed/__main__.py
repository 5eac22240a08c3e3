"""`python -m recomputed`: the command line, which `reproduce.py` hands over to."""

import gc
import sys

from recomputed import streams

if __name__ == "__main__":
    streams.settle()
    gc.disable()  # a short process that makes hardly any cycles: collecting them is a fifteenth of its time
    try:
        from recomputed.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # while still importing
        sys.exit(130)
