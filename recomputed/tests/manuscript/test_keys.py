"""A key that the engines would not both honour is refused by its name and row."""

from typing import Any

import pytest

from recomputed.manuscript.keys import INSTEAD, METADATA, SETTINGS, is_date, key_faults
from recomputed.yaml_text import read_yaml


def told(text: str, known: Any = METADATA) -> list[tuple[int | None, str, str]]:
    return [(one.row, one.expected, one.found) for one in key_faults(read_yaml(text, "f"), known, "f")]


@pytest.mark.parametrize(
    "text",
    [
        "author: Ani Rekaan",
        "author: [Ani, Budi]",
        "author:\n  - Ani\n  - name: {given: Budi, family: Semu}\n    email: b@example.org",
        "author: {name: A, attributes: {corresponding: true}, affiliation: Universitas}",
        "author: {name: A, orcid: 0000-0002-1825-0097, attributes: [corresponding]}",
        "author: {name: A, affiliations: [{ref: u}]}\naffiliations: [{id: u, name: U}]",
        "date: 2026-01-31",
        "date: 2026-01-31T10:00:00Z",
        "bibliography: references.bib",
        "bibliography: [references.bib, /more/own.bib]",
        "csl: styles/own.csl",
        "keywords: satu, dua\nkeywords-id: satu\nkeywords-de: [eins, zwei]",
        "license: {text: Bebas, url: 'https://example.org'}",
        "copyright: {holder: A, year: 2020}",
        "funding: [{statement: A}, B]",
        "lang: en-GB",
        "jupyter: python3\nengine: jupyter\nexecute: {echo: true, output: asis, daemon: false}\neval: true",
        "format: {html: default, typst: {papersize: a5}}",
        "format: docx",
        "editor: visual",
    ],
)
def test_what_both_engines_honour_passes(text: str) -> None:
    assert [] == told(text)


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ("titel: T", 1, "'titel' (did you mean 'title'?)"),
        ("title: T\ndate-format: long", 2, "'date-format'; a date is written as the paper's language has it"),
        ("toc: true", 1, "'toc'; under `format:` and the name of one it is that format's"),
        ("abstract: A", 1, f"'abstract'{INSTEAD['abstract']}"),
        ("execute:\n  cache: true", 2, "'cache'"),
        ("author:\n  - name: A\n    roles: [x]", 3, "'roles'"),
        ("author: {nama: A}", 1, "'nama' (did you mean 'name'?)"),
        ("citation:\n  volum: 1", 2, "'volum' (did you mean 'volume'?)"),
        ("funding: {source: A}", 1, "'source'"),
        ("title: [a]", 1, "title: a list"),
        ("title:", 1, "nothing"),
        ("title: true", 1, "title: true"),
        ("date: today", 1, "date: today"),
        ("date: last-modified", 1, "date: last-modified"),
        ("date: 2026-02-30", 1, "date: 2026-02-30"),
        ("date: 31/01/2026", 1, "date: 31/01/2026"),
        ("date: {value: 2026-01-01, format: long}", 1, "date: a mapping"),
        ("lang: fr", 1, "lang: fr"),
        ("author: {name: A, email: a b}", 1, "author.email: a b"),
        ("author: {name: A, orcid: 1825}", 1, "author.orcid: 1825"),
        ("bibliography: a.json", 1, "bibliography: a.json"),
        ("bibliography: [a.bib, ../b.bib]", 1, "bibliography: ../b.bib"),
        ("bibliography: https://example.org/a.bib", 1, "bibliography: https://example.org/a.bib"),
        ("bibliography: C:\\a.bib", 1, "bibliography: C:\\a.bib"),
        ("csl: https://www.zotero.org/styles/apa", 1, "csl: https://www.zotero.org/styles/apa"),
        ("doi: https://doi.org/10.1234/x", 1, "doi: https://doi.org/10.1234/x"),
        ("citation: true", 1, "citation: true"),
        ("format: pdf", 1, "format: pdf"),
        ("jupyter: julia-1.10", 1, "jupyter: julia-1.10"),
        ("filters: [own.lua]", 1, "filters: own.lua"),
        ("echo: yes", 1, "echo: yes"),
        ("link-citations: false", 1, "link-citations: false"),
        ("project: {type: manuscript}", 1, "'project'"),
    ],
)  # fmt: skip
def test_what_one_engine_would_lose_is_refused(text: str, row: int, found: str) -> None:
    ((at, _, said),) = told(text)
    assert (row, found) == (at, said)


@pytest.mark.parametrize("above", ["", "../../"])
def test_the_engines_own_files_may_be_above_a_paper(above: str) -> None:
    text = (
        f"project: {{post-render: {above}_extensions/recomputed/finish.py}}\n"
        f"filters: [{{at: pre-ast, path: {above}_extensions/recomputed/quarto.lua}}]\n"
        f"csl: {above}_extensions/recomputed/apa.csl\n"
    )
    assert [] == told(text, SETTINGS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("filters: [../_extensions/../own.lua]", "filters: ../_extensions/../own.lua"),
        ("filters: [../own.lua]", "filters: ../own.lua"),
        ("csl: ../own.csl", "csl: ../own.csl"),
        ("project: {post-render: ../finish.py}", "project.post-render: ../finish.py"),
        ("project: {type: book}", "project.type: book"),
        ("project: {pre-render: run.py}", "'pre-render' (did you mean 'post-render'?)"),
        ("manuscript: {notebooks: [a]}", "'notebooks'"),
        ("metadata-files: [a.yml]", "'metadata-files'"),
    ],
)
def test_a_projects_settings_are_held_to_the_same(text: str, found: str) -> None:
    assert [found] == [said for _, _, said in told(text, SETTINGS)]


@pytest.mark.parametrize("value", ["0", "-1", "soon", "true", "1.0e+999", ".nan", "[1]"])
def test_a_cells_limit_is_a_number_of_seconds(value: str) -> None:
    assert [(1, "`cell-timeout:` with a number of seconds, as 600")] == [
        one[:2] for one in told(f"cell-timeout: {value}\n")
    ]
    assert told("cell-timeout: 600\n") == []


def test_a_date_is_a_day_that_exists() -> None:
    assert [True, True, False, False, False] == [
        is_date(value) for value in ("2024-02-29", "2024-02-29T00:00", "2023-02-29", "2024-02-29x", None)
    ]
