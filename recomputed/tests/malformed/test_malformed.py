"""Whatever is malformed is refused in plain words: an exit code, the place, what was expected and found."""

from collections import Counter
from pathlib import Path

import pytest

from malformed.case import Case
from malformed.data import data_cases
from malformed.ledger import ledger_cases
from malformed.manuscript import manuscript_cases
from malformed.schema import schema_cases
from malformed.usage import environment_cases, settings_cases, usage_cases
from recomputed import cli

pytestmark = pytest.mark.slow

KINDS = {
    "data": data_cases,
    "schema": schema_cases,
    "ledger": ledger_cases,
    "manuscript": manuscript_cases,
    "settings": settings_cases,
    "environment": environment_cases,
    "usage": usage_cases,
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


def test_there_are_many_of_each_kind() -> None:
    count = Counter(case.id.partition(":")[0] for case in CASES)
    assert set(KINDS) == {kind for kind, cases in count.items() if cases >= 20}, count
    assert sum(count.values()) >= 400
