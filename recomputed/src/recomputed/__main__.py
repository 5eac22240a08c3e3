"""The command line, as `recomputed` or `python -m recomputed`; `reproduce.py` hands over to it."""

import gc
import os
import sys

FOLDER = "-C"


def main() -> int:
    """Run one command on the paper in the current folder, or in the one after `-C`. Gives its exit code."""
    gc.disable()  # a short process that makes hardly any cycles: collecting them is a fifteenth of its time
    try:
        from recomputed import streams

        streams.settle()
        if sys.argv[1:2] == [FOLDER]:
            if not os.path.isdir(folder := "".join(sys.argv[2:3])):
                print(f"recomputed: {FOLDER} needs a directory, found {folder!r}", file=sys.stderr)
                return 2
            os.environ["RECOMPUTED_PAPER"] = os.path.abspath(folder)  # read where `paths` is imported, next
            del sys.argv[1:3]
        from recomputed.cli import main as run

        return run()
    except KeyboardInterrupt:  # while still importing
        return 130


if __name__ == "__main__":
    sys.exit(main())
