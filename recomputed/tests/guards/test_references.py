"""The bibliography: what cannot be read one way is refused, what would print wrong fails, each by its line."""

import time
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.guards.allowed import Allowance, Allowances
from recomputed.guards.references import ENTRY, entry_faults, read_references
from synthetic.variants import PAPER, change, guard_here

WHOLE = {
    "author": "Sintetis, S.",
    "title": "Judul rekaan",
    "journal": "Jurnal Rekaan",
    "year": "2024",
    "doi": "10.1234/abc.5",
    "url": "https://example.org/a",
    "pages": "13--24",
}


def entry(kind: str = "article", key: str = "satu", **changed: str) -> str:
    """An entry with a field a line, the key on line 1; a field that is changed to nothing is left out."""
    fields = {**WHOLE, **{name.rstrip("_"): text for name, text in changed.items()}}
    lines = [f"  {name} = {{{text}}},\n" for name, text in fields.items() if text]
    return f"@{kind}{{{key},\n{''.join(lines)}}}\n"


def told(tmp_path: Path, text: str, allowed: Allowances | None = None) -> list[str]:
    file = tmp_path / "references.bib"
    file.write_text(text, encoding="utf-8")
    references = read_references([(file, file.name)])
    return [str(fault) for fault in entry_faults(references, 2026, allowed or Allowances(()))]


def refused(*files: tuple[Path, str]) -> list[tuple[str, int | None, str]]:
    with pytest.raises(InputError) as error:
        read_references(files)
    return [(fault.file, fault.row, fault.found) for fault in error.value.faults]


def test_a_year_after_the_papers_own_fails_the_paper() -> None:
    findings = guard_here(change(PAPER, "date: 2024-", "date: 2019-"))
    assert "placeholder2020" in findings.report["references"][0]["expected"]
    assert any(
        one.startswith("references.bib, row 7, column year: expected placeholder2020")
        for one in findings.failures
    )


def test_a_whole_entry_has_no_fault(tmp_path: Path) -> None:
    assert [] == told(
        tmp_path, entry() + entry("misc", "dua", doi="", journal="", title="Lain") + "% a comment\n"
    )


@pytest.mark.parametrize(
    ("changed", "row", "column", "found"),
    [
        ({"journal": ""}, 1, "journal", "none"),
        ({"journal": "{}"}, 4, "journal", "none"),
        ({"title": ""}, 1, "title", "none"),
        ({"author": ""}, 1, "author", "none"),
        ({"title": "Jurnal Rekaan"}, 3, "title", "Jurnal Rekaan"),
        ({"title": "Pelita: Jurnal Ilmu Semu", "journal": "X"}, 3, "title", "Pelita: Jurnal Ilmu Semu"),
        ({"title": "{International} Journal of Nothing"}, 3, "title", "International Journal of Nothing"),
        ({"title": "Zeitschrift für Nichts"}, 3, "title", "Zeitschrift für Nichts"),
        ({"year": ""}, 1, "year", "none"),
        ({"year": "2027"}, 5, "year", "2027"),
        ({"year": "1024"}, 5, "year", "1024"),
        ({"year": "20204"}, 5, "year", "20204"),
        ({"year": "dua ribu"}, 5, "year", "dua ribu"),
        ({"year": "", "date": "2023-02-30"}, 8, "date", "2023-02-30"),
        ({"month": "13"}, 9, "month", "13"),
        (
            {"doi": "https://doi.org/10.1234/abc.5"},
            6,
            "doi",
            "https://doi.org/10.1234/abc.5 (write 10.1234/abc.5)",
        ),
        ({"doi": "doi:10.1234/abc"}, 6, "doi", "doi:10.1234/abc (write 10.1234/abc)"),
        ({"doi": "DOI: 10.1234/abc"}, 6, "doi", "DOI: 10.1234/abc (write 10.1234/abc)"),
        ({"doi": "dx.doi.org/10.1234/abc"}, 6, "doi", "dx.doi.org/10.1234/abc (write 10.1234/abc)"),
        ({"doi": r"10.1234/a\_b"}, 6, "doi", r"10.1234/a\_b"),
        ({"doi": "abc"}, 6, "doi", "abc"),
        ({"url": "www.example.org"}, 7, "url", "www.example.org"),
        ({"pages": "24--13"}, 8, "pages", "24--13"),
        ({"author": "Sintetis, S. et al."}, 2, "author", "Sintetis, S. et al."),
        ({"crossref": "tiada"}, 9, "crossref", "tiada"),
        ({"jounal": "X"}, 9, "jounal", "'jounal' (did you mean 'journal'?)"),
    ],
)
def test_what_would_print_wrong_is_told_by_its_line(
    changed: dict[str, str], row: int, column: str, found: str, tmp_path: Path
) -> None:
    (fault,) = told(tmp_path, entry(**changed))
    assert fault.startswith(f"references.bib, row {row}, column {column}: expected satu with ")
    assert fault.endswith(f", found {found}")


def test_a_name_stands_for_its_string(tmp_path: Path) -> None:
    given = entry(journal="").replace("  year", "  journal = jr,\n  month = feb,\n  year")
    assert [] == told(tmp_path, "@string{jr = {Jurnal Rekaan}}\n" + given)


@pytest.mark.parametrize("month", ["1", "12", "mar", "September"])
def test_a_month_that_exists_passes(month: str, tmp_path: Path) -> None:
    assert [] == told(tmp_path, entry(month=month))


@pytest.mark.parametrize("date", ["2023", "2023-02", "2023-02-28", "2022/2023", "2023-01-02/.."])
def test_a_date_that_exists_passes(date: str, tmp_path: Path) -> None:
    assert [] == told(tmp_path, entry(year="", date=date))


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("inproceedings", "booktitle"), ("incollection", "booktitle"), ("book", "publisher"), ("phdthesis", "school"),
        ("techreport", "institution"), ("misc", "howpublished"),
    ],
)  # fmt: skip
def test_each_kind_of_entry_appeared_somewhere(kind: str, field: str, tmp_path: Path) -> None:
    bare = {"journal": "", "doi": "", "url": ""}
    assert [f"column {field}"] == [
        one.split(", ")[2].split(":")[0] for one in told(tmp_path, entry(kind, **bare))
    ]
    assert [] == told(tmp_path, entry(kind, **bare, **{field: "X"}))


def test_an_entry_that_inherits_needs_no_place_of_its_own(tmp_path: Path) -> None:
    parent = entry(
        "proceedings", "induk", doi="", title="Prosiding Semu", publisher="X", author="", editor="Y"
    )
    child = entry("inproceedings", journal="", crossref="induk")
    assert [] == told(tmp_path, parent + child)


def test_one_work_stands_there_once(tmp_path: Path) -> None:
    again = told(tmp_path, entry() + entry(key="dua", doi="10.1234/ABC.5", title="Lain"))
    assert [
        "references.bib, row 15, column doi: expected dua with a work that is not there twice, found the doi of satu"
    ] == again
    (again,) = told(tmp_path, entry() + entry(key="dua", doi=""))
    assert again.endswith("found the title of satu")


def test_an_allowance_lets_one_field_of_one_entry_pass(tmp_path: Path) -> None:
    allowed = Allowances((Allowance(ENTRY, "satu", "journal", "none is stated", 2),))
    (fault,) = told(tmp_path, entry(journal="", year="2030"), allowed)
    assert "column year" in fault
    assert [] == allowed.faults()


def test_a_key_is_one_entrys_whatever_its_case_and_file(tmp_path: Path) -> None:
    one, two = tmp_path / "one.bib", tmp_path / "two.bib"
    one.write_text(entry() + entry(), encoding="utf-8")
    two.write_text(entry(key="SATU"), encoding="utf-8")
    expected = [("one.bib", 10, "'satu' again"), ("two.bib", 1, "'SATU', as in one.bib, row 1")]
    assert expected == refused((one, "one.bib"), (two, "two.bib"))


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ("@article{a, title = {X}}\n@artcle{b, title = {Y}}\n", 2, "@artcle (did you mean 'article'?)"),
        ("@article{a,\n title = {X},\n title = {Y}\n}\n", 1, "title again"),
        ("@article{a, title = {X\n@misc{b, title = {Y}}\n", 1, "Unexpected block start"),
        ("@misc{b, title = {Y}}\n\narticle{a, title = {X}}\n", 3, "article{a, title = {X}}"),
        (
            "@string{jr = {Jurnal}}\n@article{a,\n title = {X},\n journal = jrr\n}\n",
            4,
            "jrr (did you mean 'jr'?)",
        ),
        ("", None, "none"),
        ("% only a comment\n", None, "none"),
        ("key;title\na;b\n", None, "none"),
    ],
)
def test_what_is_no_entry_is_refused(text: str, row: int | None, found: str, tmp_path: Path) -> None:
    file = tmp_path / "references.bib"
    file.write_text(text, encoding="utf-8")
    (fault,) = refused((file, file.name))
    assert ("references.bib", row) == fault[:2]
    assert found in fault[2]


def test_a_file_in_another_encoding_is_told_by_its_place(tmp_path: Path) -> None:
    file = tmp_path / "references.bib"
    file.write_bytes(entry(title="Penelitian Andr\xe9").encode("cp1252"))
    ((_, row, found),) = refused((file, file.name))
    assert (3, True) == (row, "Windows-1252" in found)


@pytest.mark.parametrize("text", ["@a{" * 20_000, "@article{a, title = " + "{" * 300_000, "{" * 300_000])
def test_no_bibliography_is_read_for_ever(text: str, tmp_path: Path) -> None:
    file = tmp_path / "references.bib"
    file.write_text(text, encoding="utf-8")
    start = time.process_time()
    refused((file, file.name))
    assert time.process_time() - start < 5


def test_three_thousand_entries_are_linted_within_seconds(tmp_path: Path) -> None:
    start = time.process_time()
    assert [] == told(tmp_path, "".join(entry(key=f"k{n}", doi="", title=f"Judul {n}") for n in range(3000)))
    assert time.process_time() - start < 5
