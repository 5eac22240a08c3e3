"""Whatever is malformed is refused in plain words: an exit code, the place, what was expected and found."""

from pathlib import Path

import pytest

from analysis import cli
from tests.malformed.case import Case
from tests.malformed.data import data_cases

KINDS = {
    "data": data_cases,
}
CASES = [pytest.param(case, id=f"{kind}: {case.name}") for kind, cases in KINDS.items() for case in cases()]


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_in_plain_words(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    call = case.arrange(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(cli, "_run", lambda arguments: call() and 0)
        code = cli.main([])
    told = capsys.readouterr().err.replace(f"{tmp_path.as_posix()}/", "")
    assert case.message in told
    assert case.code == code
    assert "this is a bug" not in told
    assert "Traceback" not in told


def test_there_are_at_least_400_of_many_kinds() -> None:
    assert len(CASES) >= 400
