"""This paper's tests. What they share with the engine's stands beside those."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "recomputed" / "tests"))
