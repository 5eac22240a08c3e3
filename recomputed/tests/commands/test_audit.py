"""`audit` tells what the rules find, on the terminal and as JSON."""

import json
from pathlib import Path

import pytest

from recomputed.cli import main
from recomputed.commands.options import write_json
from recomputed.faults import InputError


def test_the_json_and_the_terminal_tell_the_same_findings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--json", "-"]) == 0
    told = capsys.readouterr()
    findings = json.loads(told.out)
    assert findings
    for finding in findings:
        assert {"id", "rule", "severity", "claims", "message", "assumption"} <= finding.keys()
        assert finding["id"] in told.err


def test_json_goes_to_a_file_whole(tmp_path: Path) -> None:
    write_json({"nama": "é"}, str(tmp_path / "a.json"))
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == '{\n  "nama": "é"\n}\n'
    with pytest.raises(InputError):
        write_json({}, str(tmp_path / "nowhere" / "a.json"))
