"""An engine of another state is asked what it says of it, and not waited for without end."""

from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import CheckFailed
from recomputed.judgement import Edition
from recomputed.reading import revision
from recomputed.reading.revision import CheckedOut, _asked


def test_an_engine_that_does_not_end_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`_asked` itself, as a whole `diff` would execute two papers first."""
    module = tmp_path / "engine" / "recomputed"
    module.mkdir(parents=True)
    (module / "__init__.py").touch()
    (module / "__main__.py").write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
    monkeypatch.setattr(revision, "_SECONDS", 1)
    old = CheckedOut("v1", tmp_path, module.parent, Edition(paths.ROOT, paths.DATA, draws=False))
    with pytest.raises(CheckFailed) as error:
        _asked(old, module.parent, "trace", tmp_path)
    assert "v1: `trace` has not ended within 1 s" == str(error.value)
