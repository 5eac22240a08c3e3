"""Quarto's front matter, in the shapes that Quarto takes, becomes what the templates read."""

import datetime as dt
from typing import Any

import pytest

from recomputed.faults import InputError
from recomputed.manuscript.frontmatter import document_date, front_matter

PLACE = {"id": "u", "department": "Prodi", "name": "Universitas", "city": "Kota", "country": "Indonesia"}


def _front(**metadata: Any) -> dict[str, Any]:
    return front_matter({"date": "2025-06-30", **metadata})


def test_a_shared_institution_is_listed_once_and_needs_no_marks() -> None:
    front = _front(author=[{"name": "A B", "affiliations": [PLACE]}, {"name": "C", "affiliations": [PLACE]}])
    assert [place["line"] for place in front["institution"]] == ["Prodi, Universitas, Kota, Indonesia"]
    assert [person["mark"] for person in front["byline"]] == [[], []]
    assert [person["place"] for person in front["byline"]] == [["1"], ["1"]]


def test_an_author_can_refer_to_the_affiliation_of_another() -> None:
    front = _front(
        author=[{"name": "A", "affiliations": [PLACE]}, {"name": "B", "affiliations": [{"ref": "u"}, "Lain"]}]
    )
    assert [person["mark"] for person in front["byline"]] == [["1"], ["1", "2"]]
    assert [place["mark"] for place in front["institution"]] == ["1", "2"]


def test_a_reference_to_no_affiliation_is_a_fault() -> None:
    with pytest.raises(InputError, match="ref: tiada"):
        _front(author=[{"name": "A", "affiliations": [{"ref": "tiada"}]}])


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ani Rekaan Khayal", "Ani Rekaan", "Khayal"),
        ("Semu", "", "Semu"),
        ("Khayal, Ani Rekaan", "Ani Rekaan", "Khayal"),
        ("Ludwig van den Rekaan", "Ludwig", "van den Rekaan"),
        ({"given": "Ani", "family": "Rekaan Khayal"}, "Ani", "Rekaan Khayal"),
        ({"literal": "Ani Rekaan"}, "Ani", "Rekaan"),
        ({"family": "Semu"}, "", "Semu"),
    ],
)
def test_a_name_is_split_as_quarto_splits_it(name: Any, given: str, family: str) -> None:
    person = _front(author=[{"name": name}])["byline"][0]
    assert (person["given"], person["family"]) == (given, family)


@pytest.mark.parametrize(
    "author",
    ["Ani Rekaan", ["Ani Rekaan"], {"name": "Ani Rekaan"}, [{"name": {"given": "Ani", "family": "Rekaan"}}]],
)
def test_an_author_may_be_given_in_each_of_quartos_ways(author: Any) -> None:
    for key in ("author", "authors"):
        person = {"name": "Ani Rekaan", "given": "Ani", "family": "Rekaan", "place": [], "mark": []}
        assert [person] == _front(**{key: author})["byline"]


@pytest.mark.parametrize(
    "stated",
    [{"corresponding": True}, {"attributes": {"corresponding": True}}, {"attributes": ["corresponding"]}],
)
def test_a_corresponding_author_may_be_given_in_each_of_quartos_ways(stated: Any) -> None:
    assert "Corresponding author" == _front(author={"name": "A", **stated})["corresponding"]
    assert "corresponding" not in _front(author={"name": "A", "attributes": {"corresponding": False}})


def test_an_address_and_an_orcid_come_as_the_templates_take_them() -> None:
    person = _front(
        author={"name": "A", "email": "a_b@example.org", "orcid": "https://orcid.org/0000-0002-1825-0097"}
    )
    assert ("a_b@example.org", "0000-0002-1825-0097") == (
        person["byline"][0]["email"],
        person["byline"][0]["orcid"],
    )


def test_a_doi_may_stand_by_itself() -> None:
    assert {"doi": "10.1234/x"} == _front(doi="10.1234/x")["published"]


def test_a_copyright_may_have_a_year_of_its_own() -> None:
    assert {"year": "2020", "holder": "B"} == _front(author="A", copyright={"year": 2020, "holder": "B"})[
        "rights"
    ]


def test_the_date_is_written_out_in_the_papers_language() -> None:
    assert _front()["day"]["text"] == "30 June 2025"
    assert _front(lang="id")["day"]["text"] == "30 Juni 2025"
    assert (
        _front(lang="de")["day"]["text"] == "30.\u00a0Juni 2025"
    )  # with a plain space Markdown reads a list


@pytest.mark.parametrize("value", ["2025-06-30", dt.date(2025, 6, 30), "2025-06-30T10:00:00Z"])
def test_a_date_may_come_as_text_or_as_yaml_reads_it(value: Any) -> None:
    assert document_date({"date": value}) == dt.date(2025, 6, 30)


@pytest.mark.parametrize("value", [None, "today", "30/06/2025", "2025-06-31", "2025-06-30x"])
def test_no_date_is_taken_from_the_clock(value: Any) -> None:
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        document_date({"date": value})


def test_a_licence_by_its_short_name_gets_its_address() -> None:
    rights = _front(license="CC BY", author="A B")["rights"]
    assert rights["url"] == "https://creativecommons.org/licenses/by/4.0/"
    assert (rights["text"], rights["holder"], rights["year"]) == ("CC BY 4.0", "A B", "2025")


def test_the_blind_edition_knows_nothing_of_people() -> None:
    metadata = {
        "date": "2025-06-30",
        "title": "T",
        "author": [{"name": "A B", "affiliations": [PLACE]}],
        "license": "CC BY",
        "funding": "Hibah",
        "acknowledgements": "Terima kasih",
        "citation": {"doi": "10.0/x"},
        "copyright": {"holder": "A B"},
    }
    blind, named = front_matter(metadata, "blind"), front_matter(metadata)
    personal = {"byline", "institution", "rights", "support", "acknowledgements", "published"}
    assert personal <= set(named)
    assert personal & set(blind) == set()
    assert "A B" not in str(blind)
