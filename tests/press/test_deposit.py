"""The deposit of the paper: its verifier accepts it, and the article in it is what a journal takes."""

import re

import pytest
from lxml import etree

from recomputed.deposit import verify
from recomputed.deposit.credits import read_work
from synthetic import checkouts
from synthetic.checkouts import Made
from synthetic.jats import dtd_errors

ROOT = "batik-live-1.0.0/data/"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(checkouts.GIT is None, reason="git is not installed"),
]


def test_the_verifier_accepts_it_and_counts_every_number(first: Made):
    told = "\n".join(verify.verify(str(first.file)))
    assert "turnover.index.K1" in told
    assert re.search(r"^\d{2,} of them are read from cells and equal them", told, re.MULTILINE)


def test_its_article_is_valid_against_the_dtd_of_jats(first: Made):
    parser = etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)
    article = etree.fromstring(first.content[f"{ROOT}_manuscript/paper.xml"], parser)
    assert [] == dtd_errors(article)
    work = read_work()
    names = [
        " ".join(f"{n.findtext('given-names')} {n.findtext('surname')}".split())
        for n in article.iter("name")
        if n.getparent().tag == "contrib"
    ]
    assert [author.name for author in work.authors] == names
    assert {"id", "en"} == {
        e.get("{http://www.w3.org/XML/1998/namespace}lang")
        for e in article.iter("abstract", "trans-abstract")
    }
    assert list(work.keywords + work.translated_keywords) == [keyword.text for keyword in article.iter("kwd")]
    assert work.funding == " ".join(article.findtext(".//funding-statement").split())
    assert work.availability in " ".join("".join(note.itertext()) for note in article.iter("notes")).replace(
        "\n", " "
    )
    assert work.authors[0].affiliation.name == " ".join(
        article.findall(".//aff//institution")[-1].text.split()
    )
    cited = article.findall(".//ref/element-citation")
    assert len(cited) == 18  # the article's reference list, and the article itself
    assert any(id_.get("pub-id-type") == "doi" for citation in cited for id_ in citation.iter("pub-id"))
