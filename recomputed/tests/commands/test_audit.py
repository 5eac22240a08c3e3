"""`audit` tells what the rules find, on the terminal and as JSON."""

import json
from pathlib import Path

import pytest

from recomputed.cli import main
from recomputed.commands.options import write_json
from recomputed.faults import InputError
from synthetic.ledgers import edited, row_of


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


def test_other_data_are_audited_where_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repaired = edited(tmp_path, "published", row_of("published", "hosts.all"), low="9", printed="9")
    assert main(["audit", "--data", str(repaired), "--json", "-"]) == 0
    ids = {finding["id"] for finding in json.loads(capsys.readouterr().out)}
    assert "derived.hosts.all" not in ids
    assert "comparison.days.busier" in ids


def test_no_directory_to_audit_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--data", str(tmp_path / "none")]) == 2
    assert "--data" in capsys.readouterr().err


def test_known_findings_have_their_number_and_the_end_says_what_no_rule_sees(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["audit", "--json", "-"]) == 0
    told = capsys.readouterr()
    by_number = {finding["number"]: finding for finding in json.loads(told.out)}
    assert by_number["F2"]["id"] == "comparison.days.busier"
    assert by_number["F2"]["follows"] == "coding"
    assert by_number["F3"]["follows"] == "figures"
    assert "No rule can see:" in told.err


def test_check_fails_on_a_finding_that_is_new_and_on_one_that_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(tmp_path, "published", row_of("published", "hosts.all"), low="9", printed="9")
    changed = edited(tmp_path, "published", row_of("published", "income.north"), source="missing")
    assert main(["check", "--data", str(changed)]) == 1
    told = capsys.readouterr().err
    assert "expected a row F9,missing-citation.income.north," in told
    assert "the finding derived.hosts.all (F1), found no such finding" in told
