"""A house's two columns of this paper need no correction, and every number that is changed in them is told."""

import re
from pathlib import Path

import pytest
from lxml import etree

from recomputed import paths
from recomputed.editions import profiles
from recomputed.proofs.comparison import compare
from recomputed.proofs.corrections import Correction
from recomputed.proofs.markup import read_xml
from recomputed.proofs.opening import read_proof
from recomputed.proofs.own_text import figures_of
from recomputed.typeset.engines import engine_named
from synthetic.proofs import Plant, one_a_block, pdf, planted, plants, rounds
from synthetic.variants import execute_edition

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=profiles())
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition's JATS and its figures. Not to be changed."""
    out = tmp_path_factory.mktemp("jats")
    with execute_edition(request.param) as executed:
        engine_named("pandoc").typeset(executed, paths.ROOT, out, ("jats",))
    return out


def is_told(one: Plant, told: Correction) -> bool:
    """Whether it is told, or as part of a day and month that are written as one: 12.12."""
    dated = re.fullmatch(rf"{re.escape(one.expected)}\.\d+|\d+\.{re.escape(one.expected)}", told.expected)
    return one.is_told(told) or (told.kind == "number" and dated is not None)


def test_two_columns_need_no_correction_and_changed_numbers_are_told(folder: Path, tmp_path: Path) -> None:
    content = (folder / "paper.xml").read_bytes()
    paper, sound = read_xml(content), etree.fromstring(content)
    paper.pictures = list(figures_of(sound, folder).values())
    lang = sound.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert [] == compare(paper, read_proof(pdf(sound, folder, tmp_path)), lang).corrections
    every = [one for one in plants(sound) if one.kind in ("digit changed", "table cell", "missing")]
    chosen = one_a_block(every)
    assert len(chosen) > 30
    for made in rounds(chosen, 60):
        told = compare(paper, read_proof(pdf(planted(sound, made), folder, tmp_path)), lang).corrections
        assert [] == [one for one in made if not any(is_told(one, each) for each in told)]
