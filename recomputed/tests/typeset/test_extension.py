"""What the Quarto extension tells an editor: each snippet runs, and the schema names what the engine knows."""

import json
import re

import pytest
import yaml

from recomputed import paths
from synthetic.papers import PENGUINS, TOY
from synthetic.variants import PAPER, execute_here

SNIPPETS = json.loads((paths.ASSETS / "_snippets.json").read_text(encoding="utf-8"))
FILLED = {
    "id": "growth.mean",
    "case": "north",
    "claim": "abstract.all",
    "words": "sold more",
    "figure": "growth",
    "table": "stalls",
}
SHOWN = {
    "Number": '[21.0%]{.num data-number="growth.mean"}',
    "Name of a case": '[Northgate Teas]{.case data-case="north"}',
    "Claim": '[sold more]{.claim data-claim="abstract.all"}',
    "Numbers of a case": '[sold more]{.of data-subject="north"}',
    "Figure": "{#fig-growth",
    "Table": "{#tbl-stalls}",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_gives_what_its_name_says(name: str) -> None:
    body = SNIPPETS[name]["body"]
    text = body if isinstance(body, str) else "\n".join(body)
    written = re.sub(r"\$\{\d:([^}]*)\}", lambda place: FILLED.get(place[1], place[1]), text)
    head = PAPER[: PAPER.index("\n# ")]
    assert SHOWN[name] in execute_here(f"{head}\n\n# One\n\n{written}\n").woven.markdown


def test_the_schema_names_what_the_engine_knows_and_all_that_papers_use() -> None:
    schema = yaml.safe_load((paths.ASSETS / "_schema.yml").read_text(encoding="utf-8"))
    engine = [*paths.ASSETS.glob("*.lua"), paths.ENGINE / "guards" / "passages.py"]
    known = set(re.findall(r"[\w.-]+", " ".join(file.read_text(encoding="utf-8") for file in engine)))
    texts = [(root / "paper.qmd").read_text(encoding="utf-8") for root in (TOY, PENGUINS)]
    used = {found for text in texts for found in re.findall(r"\{\.([a-z]+) (data-[a-z]+)=", text)}
    attributes = {(name, key) for name, keys in schema["attributes"].items() for key in keys}
    assert {*schema["classes"], *(key for _, key in attributes)} <= known
    assert used <= attributes
