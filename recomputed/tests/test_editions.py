"""The toy has a second, German edition, `paper.de.qmd`, as made up as the first: each edition stands on its own, and
both say the same.
"""

import json
import os
import re
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.authoring.starter import STARTER
from recomputed.editions import at_hand, manuscript_of, output_of, profile_named, profiles, taking
from recomputed.faults import InputError
from recomputed.guards.all_guards import guard_execution
from recomputed.guards.translations import differences
from recomputed.judgement import Executed
from recomputed.manuscript.settings import project_settings
from recomputed.outputs import FILES
from recomputed.paper_language import paper_language
from synthetic.papers import PENGUINS, TOY, change, recomputed
from synthetic.variants import examined, execute_here

ENGLISH, GERMAN = ((TOY / name).read_text(encoding="utf-8") for name in ("paper.qmd", "paper.de.qmd"))


def german(text: str = GERMAN) -> Executed:
    """The German edition, with this text, executed."""
    with taking("de", "de"):
        return execute_here(text, profile="de")


@pytest.fixture(scope="module")
def english() -> Executed:
    """The first edition, executed."""
    return execute_here(ENGLISH)


@pytest.mark.parametrize(
    ("text", "profile", "folder", "manuscript"),
    [
        ("", None, "_manuscript", "paper.qmd"),
        ("de", "de", "_manuscript-de", "paper.de.qmd"),
        ("blind", "blind", "_manuscript-blind", "paper.qmd"),
        ("blind,de", "de,blind", "_manuscript-de-blind", "paper.de.qmd"),
        (" de , blind ", "de,blind", "_manuscript-de-blind", "paper.de.qmd"),
    ],
)
def test_each_profile_has_a_manuscript_and_a_folder(text, profile, folder, manuscript):
    assert profile_named(text) == profile
    assert output_of(profile) == paths.ROOT / folder
    assert manuscript_of(profile) == manuscript


@pytest.mark.parametrize("root", [TOY, PENGUINS, STARTER], ids=lambda root: root.name)
def test_plain_quarto_puts_a_blind_edition_where_render_does(root: Path) -> None:
    assert project_settings(root, "blind")["project"]["output-dir"] == output_of("blind").name


@pytest.mark.parametrize("text", ["id", "en", "de,de", "blnd", "de,id"])
def test_a_profile_that_the_paper_has_not_is_one_fault(text):
    with pytest.raises(InputError, match="--profile: expected de, blind, or a language and blind, found"):
        profile_named(text)


def test_a_manuscript_that_is_missing_or_of_no_language_of_the_paper_is_told(tmp_path):
    (tmp_path / "paper.qmd").touch()
    with pytest.raises(
        InputError, match=r"expected the manuscript paper\.de\.qmd of that language, found no such"
    ):
        profile_named("de", tmp_path)
    (tmp_path / "paper.id.qmd").touch()
    with pytest.raises(
        InputError, match=r"paper\.id\.qmd: expected a manuscript in one of the further `languages`"
    ):
        profiles(tmp_path)


def test_the_editions_of_the_toy_say_the_same(english):
    assert differences([english, german()]) == []


def test_a_label_of_a_table_in_another_editions_language_is_told(english, monkeypatch):
    from analysis.tables import GERMAN as SAID_IN_GERMAN

    for label in ("Guests in a day", "Stall"):
        monkeypatch.setitem(SAID_IN_GERMAN, label, label)
    told = differences([english, german()])
    assert [re.sub(r"row \d+", "row N", one) for one in told] == [
        f"paper.de.qmd, row N: expected words of its own language in {table}, not those of paper.qmd, found '{label}'"
        for table, label in (("tbl-stalls", "Guests in a day"), ("tbl-waits", "Stall"))
    ]


@pytest.mark.parametrize(
    ("own", "cell", "found"),
    [
        ("of its guests", "of its guests", True),
        ("of its guests", "seiner Gäste", False),
        ("of its guests", "[of its guests]{lang=en}", False),
        ("iPhone", "iPhone", False),
    ],
)
def test_a_cell_in_another_editions_language_is_told_unless_a_span_says_so(own, cell, found):
    def with_table(text: str, heading: str, said: str) -> str:
        table = f"\n| K | L |\n|---|---|\n| m | {said} |\n\n: All. {{#tbl-more}}\n\nSee @tbl-more.\n"
        return text.replace(heading, f"{heading}\n{table}")

    heading = "# Question {#sec-question}"
    english = execute_here(with_table(ENGLISH, heading, own).replace(heading, f"{heading}\n\nOn an iPhone."))
    other = german(with_table(GERMAN, "# Frage {#sec-question}", cell))
    told = [one for one in differences([english, other]) if "words of its own language" in one]
    assert [f"found '{cell}'"] * found == [one.rpartition(", ")[2] for one in told]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("for the evening", True),
        ("with guests", True),
        ("Kessel", False),
        ("am Abend", False),
        ("[with guests]{lang=en}", False),
    ],
)
def test_so_is_one_that_no_table_of_the_other_edition_has(english, cell, found):
    table = f"\n| K | L |\n|---|---|\n| m | {cell} |\n\n: Alle. {{#tbl-more}}\n\nSiehe @tbl-more.\n"
    other = german(GERMAN.replace("# Frage {#sec-question}", "# Frage {#sec-question}\n" + table))
    told = [one for one in differences([english, other]) if "words of its own language" in one]
    assert [f"found '{cell}'"] * found == [one.rpartition(", ")[2] for one in told]


SAID = {
    "number": ('um `{python} n["growth.largest"]` in', "um viel in", "the number growth.largest", "sec-growth"),
    "claim": (
        '[am längsten]{.claim data-claim="wait.longest"}',
        "lange",
        "the claim wait.longest",
        "sec-waiting",
    ),
    "case": ('als zu `{python} name["river"]`', "als sonst", "the case river", "sec-results"),
    "citation": (" [@kettle2018]", "", "the citation kettle2018", "sec-question"),
    "reference": ("(@fig-wait, @tbl-waits)", "(@tbl-waits)", "the reference fig-wait", "sec-waiting"),
    "finding": (' (`{python} finding("F2")`)', "", "the finding F2", "sec-results"),
    "table": ('print(paper.table("waits", "Mittlere Wartezeit und Rang des Wachstums."))',
              "", "the table tbl-waits", "sec-waiting"),
    "figure": ('print(paper.figure(\n    "wait",',
               'str(paper.figure(\n    "wait",', "the figure fig-wait", "sec-waiting"),
    "abstract": (' und bei `{python} name["hill"]` `{python} n["growth.rise.hill"].about`',
                 "", "the number growth.rise.hill", "abstract"),
    "alternative": (", {name['river']} {n['cups.wait.river']}", "", "the number cups.wait.river", "fig-wait"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SAID)
def test_what_one_edition_lacks_is_told_with_the_lines_of_both(english, kind):
    old, new, what, section = SAID[kind]
    assert GERMAN.count(old) == 1
    faults = differences([english, german(GERMAN.replace(old, new))])
    told = [one for one in faults if what in one]
    assert len(told) == 1
    place = r"paper\.de\.qmd, row \d+: expected in {} {} (\d times )?as in paper\.qmd, line (\d+), found (none|\d)"
    found = re.fullmatch(place.format(section, re.escape(what)), told[0])
    assert found, told
    line = ENGLISH.splitlines()[int(found[2]) - 1]
    assert what.split()[-1].removeprefix("fig-").removeprefix("tbl-") in line


def test_what_an_edition_has_more_is_told_of_the_first(english):
    faults = differences([english, german(GERMAN.replace("Verkauft ein", "Nach [@kettle2018] verkauft ein"))])
    row = ENGLISH.splitlines().index("# Question {#sec-question}") + 1
    assert len(faults) == 1
    assert faults[0].startswith("paper.qmd, row ")
    assert "in sec-question the citation kettle2018 2 times as in paper.de.qmd, line" in faults[0]
    assert int(re.search(r"row (\d+)", faults[0])[1]) >= row


def test_sections_are_the_same_in_one_order(english):
    gone = differences([english, german(GERMAN.replace("# Frage {#sec-question}", "# Frage {#sec-frage}"))])
    assert any("expected a section sec-question, as in paper.qmd" in one for one in gone)
    start, data, results = (GERMAN.index(f"# {name} {{#") for name in ("Frage", "Daten", "Ergebnisse"))
    turned = GERMAN[:start] + GERMAN[data:results] + GERMAN[start:data] + GERMAN[results:]
    faults = differences([english, german(turned)])
    assert len(faults) == 1
    assert "expected the section sec-question here, as in paper.qmd, line" in faults[0]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title-en: "Tea stalls', 'title-en: "Stalls', "`title-en:` with title of paper.qmd, line 2"),
        (
            "  - name: Ben Placeholder\n    affiliations:\n      - ref: college\n",
            "",
            "`author:` as in paper.qmd",
        ),
        ("date: 2024-05-01", "date: 2024-05-02", "`date:` as in paper.qmd, line"),
        ('subtitle: "Ein', 'subtitle: "Kein', "`subtitle-de:` with subtitle of paper.de.qmd, line 3"),
    ],
)
def test_the_front_matters_name_one_paper(english, old, new, told):
    assert GERMAN.count(old) == 1
    faults = differences([english, german(GERMAN.replace(old, new))])
    assert [told in one for one in faults] == [True]


def test_a_stated_reason_allows_a_difference_and_an_idle_row_is_told(english, tmp_path):
    file = tmp_path / "editions.csv"
    file.write_text(
        "section,what,id,reason\nsec-question,citation,kettle*,a German reader knows it\n"
        "sec-data,number,counts.*,nothing\n",
        encoding="utf-8",
    )
    faults = differences([english, german(GERMAN.replace(" [@kettle2018]", ""))], file)
    expected = "data/ledger/editions.csv, row 3: expected a difference between the editions"
    assert faults == [f"{expected}, found none in sec-data: number counts.*"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Weder Buch", "Weder siebzehn Bücher", "siebzehn"),
        ("Jeder Stand verkaufte [mehr]", "Der größte Stand verkaufte [mehr]", "größte"),
        ("am meisten]", "am wenigsten]", "wenigsten"),
    ],
)
def test_the_guards_read_the_language_of_the_edition(old, new, told):
    executed = german(GERMAN.replace(old, new))
    with taking("de", "de"):
        failures = guard_execution(executed, examined().in_language("de")).failures
    assert [one for one in failures if told in one and one.startswith("paper.de.qmd")], failures


@pytest.mark.slow
def test_the_other_edition_is_built_whole_beside_the_first(toy: Path):
    page = ["--to", "html"]
    for arguments in (page, ["--profile", "de"], ["--profile", "de,blind", *page]):
        done = recomputed(toy, "render", *arguments)
        assert done.returncode == 0, done.stderr
    folders = [toy / name for name in ("_manuscript", "_manuscript-de", "_manuscript-de-blind")]
    first, other, blind = ({path.name for path in folder.iterdir()} for folder in folders)
    assert blind == first - {"supplement.html"}  # which the German text has none of
    assert other == blind | {*FILES.values(), "figures"}
    english, other, blind = ((folder / "index.html").read_text(encoding="utf-8") for folder in folders)
    assert 'lang="de"' in other
    assert "Wachstum (%)" in other
    assert "Growth of sales (%)" in english
    assert "Growth of sales (%)" not in other
    assert "Ada Placeholder" in other
    assert "Ada Placeholder" not in blind
    assert 'id="finding-F2"' in other
    assert 'id="finding-F2"' in (folders[0] / "supplement.html").read_text(encoding="utf-8")
    number = json.loads((folders[1] / "numbers.json").read_text(encoding="utf-8"))["numbers"][0]
    assert {place["file"] for place in number["places"]} <= {"paper.de.qmd"}
    done = recomputed(toy, "render", *page)
    assert "unchanged since the last build" in done.stdout


@pytest.mark.slow
def test_one_verdict_is_on_all_editions(toy: Path):
    change(toy / "paper.de.qmd", "Weder Buch noch", "Weder siebzehn Bücher noch")
    change(toy / "paper.de.qmd", " [@kettle2018]", "")
    with (toy / "data" / "ledger" / "allowed.csv").open("a", encoding="utf-8") as file:
        file.write("typed-number,SDG 8,,nobody needs it\n")
    done = recomputed(toy, "check", "--json", str(toy / "said.json"))
    assert done.returncode == 1
    assert "paper.de.qmd, row" in done.stderr
    assert "siebzehn" in done.stderr
    assert "the citation kettle2018 as in paper.qmd" in done.stderr
    assert done.stderr.count("which nothing needs") == 1
    assert list(json.loads((toy / "said.json").read_text(encoding="utf-8"))["editions"]) == [
        "paper.qmd",
        "paper.de.qmd",
    ]


def test_trace_names_the_lines_of_both(toy: Path):
    done = recomputed(toy, "trace", "growth.largest")
    for file, text in (("paper.qmd", ENGLISH), ("paper.de.qmd", GERMAN)):
        line = next(nth for nth, one in enumerate(text.splitlines(), 1) if '"growth.largest"' in one)
        assert f"stated in {file}, line {line}" in done.stdout


def test_what_is_at_hand_is_no_matter_of_the_environment_which_other_threads_start_programs_with():
    before = dict(os.environ)
    with taking("de", "de"):
        assert ("paper.de.qmd", "de") == (at_hand().name, paper_language().code)
        assert before == dict(os.environ)
    assert ("paper.qmd", "en") == (at_hand().name, paper_language().code)
