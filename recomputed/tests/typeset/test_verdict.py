"""A verdict that is stored is the verdict that is read back."""

import json

from recomputed.judgement import Verdict


def test_it_holds_if_nothing_failed() -> None:
    assert Verdict({}, ("ya",), ()).holds
    assert not Verdict({}, ("tidak",), ("klaim 1",)).holds


def test_it_survives_being_stored() -> None:
    verdict = Verdict({"claims": [{"id": "a"}], "reproduced": False}, ("satu", "dua"), ("klaim 1",))
    assert Verdict.from_json(json.loads(json.dumps(verdict.as_json()))) == verdict
