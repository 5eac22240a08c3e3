# ruff: noqa: E501  a case is a line
"""What was once lost, or fell in the wrong place, comes back as exactly that change of the manuscript, or is told."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from exchange.conftest import CUP, Sent
from exchange.test_back import Case, cell_of, holds, item, join, move, remove, restyle, split
from synthetic.coauthors import Edited, paragraph, text_of

pytestmark = pytest.mark.slow

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
PRICES = "| Tea | Price |\n|:----|------:|\n| green | low |\n| black | high |\n\n: Prices, from hearsay {#tbl-prices}\n\n"
LETTERS = '| A | B | C |\n|:--|:-:|--:|\n| a | b | `{python} n["counts.signs"]` |\n| d | e | f |\n'
ASK = "on such matters ask [@kettle2018].[^made-up]\n\n"
MASS = "`$$ e = m c^2 $$ {#eq-mass}`"
GIVEN = "the front matter gives: change it there"
SOURCES = "::: {#refs}\n:::\n\n"
GONE = "row CAPTION: #tbl-prices is gone with what was deleted or joined, and referred to in row LINES: put it back, or take the reference away"
GIVE = "which the language and the order of figures and tables give: it is made anew"
NOTED = "<!-- Ben: Why? -->\n\n"


def table(doc: Edited, word: str) -> Any:
    return next(one for one in doc.body.iter(qn("w:tbl")) if word in text_of(one))


def new_column(doc: Edited, at: int) -> None:
    for nth, row in enumerate(table(doc, "def").iter(qn("w:tr"))):
        cell = deepcopy(row.findall(qn("w:tc"))[1])
        next(cell.iter(qn("w:t"))).text = "XYZ"[nth]
        row.insert(row.index(row.findall(qn("w:tc"))[0]) + at, cell)


def no_column(doc: Edited, at: int, words: str = "def") -> None:
    for row in table(doc, words).iter(qn("w:tr")):
        row.remove(row.findall(qn("w:tc"))[at])


def tracked_column(doc: Edited, kind: str) -> None:
    """A last column that is put in (`Ins`) or taken out (`Del`)."""
    for row in table(doc, "def").iter(qn("w:tr")):
        cell = row.findall(qn("w:tc"))[1]
        if kind == "Ins":
            row.append(cell := deepcopy(cell))
        cell.get_or_add_tcPr().append(parse_xml(f'<w:cell{kind} {nsdecls("w")} w:id="9011" w:author="B"/>'))
        for each in list(cell.iter(qn("w:r"))):
            (doc.inserted if kind == "Ins" else doc.deleted)(each)


def in_label(doc: Edited, text: str) -> None:
    """What is typed right behind a caption's number, which has the label's look."""
    number = next(one for one in doc.paragraph("Prices, from").iter(qn("w:t")) if one.text.isdigit())
    number.text += text


def labelled(doc: Edited, words: str, old: str, new: str) -> None:
    """What numbers a caption, written otherwise."""
    next(one for one in doc.paragraph(words).iter(qn("w:t")) if old in (one.text or "")).text = new


def unstyled(doc: Edited, words: str, gone: bool = False) -> None:
    """A caption whose label lost its look, or all of it."""
    for run in list(doc.paragraph(words).iter(qn("w:r"))):
        if run.rPr is not None:
            run.getparent().remove(run) if gone else run.remove(run.rPr)


def tracked_label(doc: Edited) -> None:
    number = next(one for one in doc.paragraph("Prices, from").iter(qn("w:r")) if text_of(one).isdigit())
    new = deepcopy(number)
    new.find(qn("w:t")).text = "9"
    number.addprevious(new)
    doc.inserted(new)
    doc.deleted(number)


def joined(doc: Edited, words: str, of_next: bool = True) -> None:
    """Delete at the end of a heading: what is left looks as the paragraph behind it, or as the heading."""
    head = doc.paragraph(words)
    following = next(one for one in head.itersiblings(qn("w:p")))
    if of_next:
        head.replace(head.pPr, deepcopy(following.pPr))
    head.addnext(following)
    join(doc, words)


def title_split(doc: Edited, words: str, at: str) -> None:
    """Enter within the title of a callout, whose look both have."""
    look = doc.paragraph(words).style
    split(doc, words, at)
    doc.paragraph(at).style = look


def field(doc: Edited, code: str) -> None:
    """A field in the foot of the pages, as Word puts one in."""
    foot = doc.document.sections[0].footer.paragraphs[0]._p
    parts = (
        '<w:fldChar {0} w:fldCharType="begin"/>',
        f"<w:instrText {{0}}> {code} </w:instrText>",
        '<w:fldChar {0} w:fldCharType="separate"/>',
        "<w:t {0}>12</w:t>",
        '<w:fldChar {0} w:fldCharType="end"/>',
    )
    for part in parts:
        foot.append(run := parse_xml(f"<w:r {nsdecls('w')}/>"))
        run.append(parse_xml(part.format(nsdecls("w"))))


def foot_picture(doc: Edited) -> None:
    foot = doc.document.sections[0].footer.paragraphs[0]._p
    foot.append(parse_xml(f"<w:r {nsdecls('w')}><w:drawing/></w:r>"))


def verbatim(text: str) -> Any:
    return parse_xml(
        f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="VerbatimChar"/></w:rPr><w:t>{text}</w:t></w:r>'
    )


def other_columns(doc: Edited) -> None:
    for row in table(doc, "def").iter(qn("w:tr")):
        row.append(row.findall(qn("w:tc"))[0])


def displayed(doc: Edited, letter: str, instead: str) -> None:
    paragraph = next(doc.body.iter(f"{MATH}oMathPara"))
    next(one for one in paragraph.iter(f"{MATH}t") if one.text == letter).text = instead


def lowered(doc: Edited) -> None:
    for one in next(doc.body.iter(f"{MATH}oMathPara")).iter(f"{MATH}sSup", f"{MATH}sup"):
        one.tag = one.tag.replace("sup", "sub").replace("sSup", "sSub")


def unformulated(doc: Edited) -> None:
    """As LibreOffice without its Math saves it: the label is left."""
    one = next(doc.body.iter(f"{MATH}oMathPara"))
    one.getparent().remove(one)


def alternative(doc: Edited, old: str, new: str) -> None:
    picture = next(doc.body.iter(DRAWING))
    assert old in picture.get("descr")
    picture.set("descr", picture.get("descr").replace(old, new))


def move_table(doc: Edited, caption: bool = True) -> None:
    words = doc.paragraph("Prices, from")
    grid = words.getnext()
    doc.paragraph("Does a painted").addnext(grid)
    if caption:
        grid.addprevious(words)


def no_table(doc: Edited, caption: bool = True) -> None:
    words = doc.paragraph("Prices, from")
    words.getparent().remove(words.getnext())
    if caption:
        words.getparent().remove(words)


def behind_table(doc: Edited) -> None:
    doc.paragraph("Prices, from").getnext().addnext(paragraph("After it."))


def nested(doc: Edited, behind: str, text: str, level: int) -> None:
    item(doc, behind, text)
    doc.paragraph(text).pPr.numPr.ilvl.val = level


def deleted_but_a_comment(doc: Edited) -> None:
    """A tracked deletion of a whole paragraph before a figure: what was noted on it is left."""
    doc.comment("Every stall", "Every", "Why?")
    one = doc.paragraph("Every stall")
    doc.mark_tracked(one, "del")
    for each in [each for each in one.iter(qn("w:r")) if each.find(qn("w:commentReference")) is None]:
        doc.deleted(each)


def other_cup(doc: Edited) -> None:
    """Another picture in the place of that in a cell."""
    (part,) = (one for one in doc.document.part.package.iter_parts() if one.blob == CUP)
    part._blob = b"another"


def tracked_split(doc: Edited) -> None:
    split(
        doc, "Does a painted", " says so. We hold what it states to what it reports, and to the records of "
    )
    doc.mark_tracked(doc.paragraph("Does a painted"), "ins")


def longer_note(doc: Edited) -> None:
    """A second paragraph in a note that has lines of its own."""
    part = next(
        rel.target_part for rel in doc.document.part.rels.values() if rel.reltype.endswith("/footnotes")
    )
    head, rest = part.blob.decode().split("Neither book", 1)
    own, rest = rest.split("</w:p>", 1)
    part._blob = f"{head}Neither book{own}</w:p><w:p><w:r><w:t>Nor tea.</w:t></w:r></w:p>{rest}".encode()


def wrapped(doc: Edited, xml: str) -> None:
    """Words in what some programs wrap them in."""
    doc.paragraph("Nobody drinks").append(parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1)))


def noted(words: str, text: str) -> Callable[[Edited], None]:
    return lambda doc: doc.comment(words, text, "Why?")


def new(text: str) -> Callable[[Edited], Any]:
    return lambda doc: doc.after("Does a painted", text, "BodyText")


CASES: dict[str, Case] = {
    # tables that are written in the manuscript
    "a column put in": Case(lambda doc: new_column(doc, 1), [(LETTERS, '| A | X | B | C |\n|:--|---|:-:|--:|\n| a | Y | b | `{python} n["counts.signs"]` |\n| d | Z | e | f |\n')]),
    "a column behind": Case(lambda doc: new_column(doc, 3), [(LETTERS, '| A | B | C | X |\n|:--|:-:|--:|---|\n| a | b | `{python} n["counts.signs"]` | Y |\n| d | e | f | Z |\n')]),
    "a column out": Case(lambda doc: no_column(doc, 0), [(LETTERS, '| B | C |\n|:-:|--:|\n| b | `{python} n["counts.signs"]` |\n| e | f |\n')]),
    "a column with a number out": Case(lambda doc: no_column(doc, 2), [(LETTERS, "| A | B |\n|:--|:-:|\n| a | b |\n| d | e |\n")]),
    "columns in another order": Case(other_columns, [(LETTERS, '| B | C | A |\n|:-:|--:|:--|\n| b | `{python} n["counts.signs"]` | a |\n| e | f | d |\n')]),
    "a caption out": Case(lambda doc: remove(doc, "Prices, from"), [(": Prices, from hearsay {#tbl-prices}\n\n", "")], [GONE]),
    "a caption moved alone": Case(lambda doc: move(doc, "Prices, from", "Does a painted"), [], ["the co-author moved 'Prices, from hearsay' without its table, beside which it stays"]),
    "a table out": Case(no_table, [(PRICES, "")], [GONE]),
    "a table out, its caption left": Case(lambda doc: no_table(doc, caption=False), [(PRICES, "")], ["the co-author left the caption 'Prices, from hearsay', whose table they deleted: it went with it", GONE]),
    "a table out, a comment on its caption": Case(
        lambda doc: (no_table(doc, caption=False), noted("Prices, from", "Prices")(doc)), [(PRICES, "")],
        ["the co-author left the caption 'Prices, from hearsay', whose table they deleted: it went with it", GONE], ["CAPTION Ben Why?"]),
    "a table moved": Case(move_table, [(PRICES, ""), (ASK, ASK + PRICES)]),
    "a table moved without its caption": Case(lambda doc: move_table(doc, caption=False), [(PRICES, ""), (ASK, ASK + PRICES)]),
    "a table moved and its caption changed": Case(lambda doc: (move_table(doc), doc.replace("from hearsay", "by hearsay")), [(PRICES, ""), (ASK, ASK + PRICES.replace("from", "by"))]),
    "a paragraph behind a table": Case(behind_table, [("{#tbl-prices}\n\n", "{#tbl-prices}\n\nAfter it.\n\n")]),
    "a caption written anew": Case(lambda doc: doc.replace("Prices, from hearsay", "What teas cost"), [(": Prices, from hearsay", ": What teas cost")]),
    "words typed into a caption's label": Case(lambda doc: in_label(doc, ", by"), [(": Prices, from", ": by: Prices, from")]),
    "a caption's number": Case(lambda doc: labelled(doc, "Prices, from", "3", "9"), [], [f"row CAPTION: the co-author wrote 'Table 9:' for 'Table 3:', {GIVE}"]),
    "a caption's number and its words": Case(
        lambda doc: (labelled(doc, "Prices, from", "3", "9"), doc.replace("from hearsay", "by hearsay")), [(": Prices, from", ": Prices, by")], [f"the co-author wrote 'Table 9:' for 'Table 3:', {GIVE}"]),
    "the word of a caption's label that code makes": Case(
        lambda doc: labelled(doc, "Growth of sales since", "Figure", "Plot "), [], [f"row PLOT: the co-author wrote 'Plot 1:' for 'Figure 1:', {GIVE}"]),
    "a caption's label out": Case(lambda doc: unstyled(doc, "Prices, from", gone=True), [], [f"the co-author deleted 'Table 3:', {GIVE}"]),
    "a caption's label without its look": Case(lambda doc: unstyled(doc, "Prices, from")),
    "a tracked caption's number taken": Case(tracked_label, [], [f"the co-author wrote 'Table 9:' for 'Table 3:', {GIVE}"]),
    "a tracked caption's number left": Case(tracked_label, take=False),
    "a caption copied": Case(lambda doc: doc.paragraph("Nobody drinks").addnext(deepcopy(doc.paragraph("Prices, from"))), [("it cold.\n", "it cold.\n\nPrices, from hearsay\n")], [f"the co-author put in 'Table 3:', {GIVE}"]),
    "a table in a cell": Case(lambda doc: cell_of(doc, "high").insert(0, deepcopy(table(doc, "greenlow"))), [("| black | high |", "| black | Tea Price green low black high high |")]),
    "a quotation in a cell": Case(lambda doc: cell_of(doc, "high").append(paragraph("as told", "BlockText")), [("| black | high |", "| black | high as told |")]),
    "a tracked column taken": Case(lambda doc: tracked_column(doc, "Ins"), [(LETTERS, '| A | B | C | B |\n|:--|:-:|--:|---|\n| a | b | `{python} n["counts.signs"]` | b |\n| d | e | f | e |\n')]),
    "a tracked column left": Case(lambda doc: tracked_column(doc, "Ins"), take=False),
    "a tracked column out taken": Case(lambda doc: tracked_column(doc, "Del"), [(LETTERS, '| A | C |\n|:--|--:|\n| a | `{python} n["counts.signs"]` |\n| d | f |\n')]),
    "a tracked column out left": Case(lambda doc: tracked_column(doc, "Del"), take=False),
    "a column of a made table out": Case(
        lambda doc: no_column(doc, 1, "Rank of growth"), [], ["the co-author deleted the column 'Mean wait (s) 44.5 64.3 88.5', which code makes: change the data, or the code"]),
    "another picture in a cell": Case(other_cup, [], ["row CUP: the co-author put in a picture: make it a figure of the paper"]),
    # formulas
    "a displayed formula": Case(lambda doc: displayed(doc, "2", "3"), [], [f"the co-author wrote e=mc^3 (1) for {MASS} (e=mc^2 (1)): change the formula in the manuscript"]),
    "a displayed formula's build": Case(lowered, [], [f"the co-author wrote e=mc_2 (1) for {MASS} (e=mc^2 (1)): change the formula in the manuscript"]),
    "a displayed formula that a program lost": Case(unformulated, [], [f"{MASS}: its formula is gone, which some programs lose: delete it in the manuscript"]),
    # what is in no paragraph
    "an alternative text": Case(lambda doc: alternative(doc, "Bars", "Columns"), [("Bars. {name['north']} {n['growth", "Columns. {name['north']} {n['growth")]),
    "a number in an alternative text": Case(lambda doc: alternative(doc, "20%", "22%"), [], ["the co-author wrote 22 for '20', which code makes: change the data, or the code"]),
    "a page's footer": Case(lambda doc: doc.document.sections[0].footer.paragraphs[0].add_run("Draft"), [], ["paper.qmd: the co-author put in 'Draft' among what the pages of the Word file alone have: change it in their template"]),
    "a field in a page's footer": Case(lambda doc: field(doc, "NUMPAGES"), [], ["paper.qmd: the co-author put in 'a field (NUMPAGES)' among what the pages of the Word file alone have: change it in their template"]),
    "a picture in a page's footer": Case(foot_picture, [], ["paper.qmd: the co-author put in 'a picture' among what the pages of the Word file alone have: change it in their template"]),
    "a page's number out": Case(
        lambda doc: [one.getparent().remove(one) for one in list(doc.document.sections[0].footer.paragraphs[0]._p.iter(qn("w:r")))],
        [], ["paper.qmd: the co-author deleted 'a field (PAGE)', which the pages of the Word file alone have: change it in their template"]),
    "an alternative text in a cell": Case(
        lambda doc: next(one for one in doc.body.iter(DRAWING) if one.get("descr") == "A cup of tea").set("descr", "A pot of tea"),
        [], ["row CUP: the co-author wrote pot for 'cup', which a picture has: change it where the picture is put in"]),
    "a page's header": Case(lambda doc: doc.document.sections[0].header.paragraphs[0].add_run("Draft"), [], ["paper.qmd: the co-author put in 'Draft' among what the pages of the Word file alone have: change it in their template"]),
    "all capitals": Case(lambda doc: doc.formatted("Does a painted", "painted", "caps"), [("Does a painted", "Does a PAINTED")]),
    "struck out twice": Case(lambda doc: doc.formatted("Does a painted", "painted", "dstrike"), [("Does a painted", "Does a ~~painted~~")]),
    "hidden": Case(lambda doc: doc.formatted("Does a painted", "painted ", "vanish"), [("Does a painted sign", "Does a sign")]),
    "shaded, as LibreOffice highlights": Case(
        lambda doc: doc.cut("Does a painted", "painted")[1].get_or_add_rPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="FFFF00"/>')),
        [("Does a painted", "Does a [painted]{.mark}")]),
    "a heading made text that keeps its number": Case(lambda doc: setattr(doc.paragraph("Sundries"), "style", "BodyText"), [("## Sundries {#sec-sundries}", "Sundries")], lost=["#sec-sundries"]),
    # callouts
    "a callout's first word": Case(lambda doc: doc.replace("Keep it short", "Make it short"), [("## Keep it short", "## Make it short")]),
    "a callout's title anew": Case(lambda doc: doc.replace("Keep it short", "Brevity"), [("## Keep it short", "## Brevity")]),
    "a callout's title made two": Case(lambda doc: title_split(doc, "Keep it short", "it short"), [("## Keep it short\n", "## Keep\n\nit short\n")]),
    "a callout's title made two late": Case(lambda doc: title_split(doc, "Keep it short", "short"), [("## Keep it short\n", "## Keep it\n\nshort\n")]),
    "a callout's text set as other text": Case(lambda doc: restyle(doc, "Be brief.", "BodyText"), [], ["the co-author set in another style 'Be brief.': move it in the manuscript"]),
    "what the front matter gives set as a heading": Case(
        lambda doc: restyle(doc, "synthetic; tea", "Heading2"), [], [f"the co-author {did} 'Keywords: synthetic; tea; stalls', which {GIVEN}" for did in ("set in another style", "set words otherwise in")]),
    # headings that go with what is joined
    "a heading joined with what follows": Case(lambda doc: joined(doc, "Sundries"), [("## Sundries {#sec-sundries}\n\nTeas", "Sundries Teas")], lost=["#sec-sundries"]),
    "a heading joined with what follows, as a heading": Case(lambda doc: joined(doc, "Sundries", of_next=False), [("## Sundries {#sec-sundries}\n\nTeas", "## Sundries Teas")], lost=["#sec-sundries"]),
    "a heading joined that is referred to": Case(
        lambda doc: joined(doc, "Data"), [("# Data {#sec-data}\n\nThe survey", "Data The survey")],
        ["row DATA: #sec-data is gone with what was deleted or joined, and referred to in row TEAS: put it back, or take the reference away"]),
    "a heading out that has attributes": Case(lambda doc: remove(doc, "References"), [("# References {.unnumbered}\n\n", "")], lost=["{.unnumbered}"]),
    "a heading joined by a tracked change": Case(
        lambda doc: doc.mark_tracked(doc.paragraph("Sundries"), "del"), [("## Sundries {#sec-sundries}\n\nTeas", "SundriesTeas")], lost=["#sec-sundries"]),
    "a heading joined by a tracked change left": Case(lambda doc: doc.mark_tracked(doc.paragraph("Sundries"), "del"), take=False),
    "a paragraph with a note made two by a tracked change left": Case(tracked_split, take=False),
    # what was made two
    "a caption that code holds made two": Case(
        lambda doc: title_split(doc, "Growth of sales since", "with what the survey"),
        [("since the sign, with what the survey's words allow.", "since the sign,"), ("))\n```\n\n## Waiting", "))\n```\n\nwith what the survey’s words allow.\n\n## Waiting")]),
    "a title made two": Case(
        lambda doc: title_split(doc, "Tea stalls and their signs", "and their"), [('"Tea stalls and their signs"', '"Tea stalls"')], [f"the co-author put in 'and their signs' among what {GIVEN}"]),
    "a heading made two": Case(
        lambda doc: title_split(doc, "The survey examined", "survey examined"), [("## The survey examined {#sec-audit}\n", "## The {#sec-audit}\n\n## survey examined\n")]),
    "a number typed in the title": Case(lambda doc: doc.replace("Tea stalls and their", "Nine and 77 tea stalls and their"), [('"Tea stalls and their', '"Nine and 77 tea stalls and their')], typed=["the co-author typed 77, which is no control"]),
    "a number typed in a caption that code holds": Case(
        lambda doc: doc.replace("Growth of sales since", "Growth of 77 sales since"), [("Growth of sales since", "Growth of 77 sales since")], typed=["the co-author typed 77, which is no control"]),
    # comments
    "a comment on the title": Case(noted("Tea stalls and their", "stalls"), [("references.bib\n---\n\n", f"references.bib\n---\n\n{NOTED}")], comments=["2 Ben Why?"]),
    "a comment on the keywords": Case(noted("synthetic; tea", "tea"), [("references.bib\n---\n\n", f"references.bib\n---\n\n{NOTED}")], comments=["20 Ben Why?"]),
    "a comment on the availability": Case(noted("All data are", "data"), [("references.bib\n---\n\n", f"references.bib\n---\n\n{NOTED}")], comments=["24 Ben Why?"]),
    "a comment on a source": Case(noted("Kettle, D.", "Sample"), [(SOURCES, SOURCES + NOTED)], comments=["SOURCES Ben Why?"]),
    "a comment on code": Case(noted("x = 1", "x = 1"), [("y = 2\n```\n\n", f"y = 2\n```\n\n{NOTED}")], comments=["CODE Ben Why?"]),
    "a comment on a deleted paragraph": Case(deleted_but_a_comment, [("EVERY\n\n", ""), ("\n\n## Waiting", "\n\n<!-- Ben: Why? -->\n\n## Waiting")], comments=["FIGURE Ben Why?"]),
    # what the front matter, the bibliography and code give
    "text under what the front matter gives": Case(lambda doc: doc.after("All data are", "More on data."), [], [f"paper.qmd: the co-author put in 'More on data.' among what {GIVEN}"]),
    "a heading behind what the front matter gives": Case(
        lambda doc: (doc.after("Licensed under", "To all."), doc.after("Licensed under", "Thanks", "Heading1")), [("# References", "# Thanks\n\nTo all.\n\n# References")]),
    "a paragraph moved among what the front matter gives": Case(lambda doc: move(doc, "Nobody drinks", "All data are"), [], [f"the co-author moved '> Nobody drinks it cold.' among what {GIVEN}"]),
    "text under the references": Case(lambda doc: doc.after("Placeholder, C. (2020)", "So far.", "BodyText"), [(SOURCES, f"{SOURCES}So far.\n\n")]),
    "a source put in": Case(lambda doc: doc.after("Placeholder, C. (2020)", "New, A. Tea."), [], ["paper.qmd: the co-author put in 'New, A. Tea.' among what the bibliography gives: change it there"]),
    "what the front matter gives": Case(lambda doc: doc.replace("All data are", "No data are"), [], [f"paper.qmd, row 24: the co-author wrote No for 'All', which {GIVEN}"]),
    "code": Case(lambda doc: doc.replace("y = 2", "y = 3 # *z*"), [("y = 2\n", "y = 3 # *z*\n")], typed=["the co-author typed 3, which is no control; the paper has it as `stalls.hosts.river`, `growth.rank.river`, `ledger.disagree`"]),
    "a paragraph behind code": Case(lambda doc: doc.after("x = 1", "After it.", "BodyText"), [("y = 2\n```\n\n", "y = 2\n```\n\nAfter it.\n\n")]),
    # lists
    "an item under another": Case(lambda doc: item(doc, "grey", "white"), [("    - grey\n", "    - grey\n    - white\n")]),
    "an item under a numbered one": Case(lambda doc: item(doc, "beta", "gamma"), [("   - beta\n", "   - beta\n   - gamma\n")]),
    "the first item under another": Case(lambda doc: nested(doc, "grey", "white", 2), [("    - grey\n", "    - grey\n      - white\n")]),
    "the first item under a numbered one": Case(lambda doc: (remove(doc, "beta"), nested(doc, "alpha", "gamma", 1))[1], [("   - beta\n", "   1. gamma\n")]),
    "an item among those that code makes": Case(lambda doc: doc.paragraph("No cup costs").addnext(deepcopy(doc.paragraph("green tea"))), [("print(appendix.assumptions())\n```\n", "print(appendix.assumptions())\n```\n\n- green tea\n")]),
    "a further paragraph of an item": Case(lambda doc: item(doc, "with lids", "of glass"), [("  with lids\n", "  with lids\n\n  of glass\n\n")]),
    "the last item of a list out": Case(lambda doc: remove(doc, "beta"), [("   - beta\n", "")]),
    "a paragraph between items": Case(lambda doc: doc.after("alpha", "So far.", "BodyText"), [("   - beta\n", "\nSo far.\n\n- beta\n")]),
    "an item behind a paragraph of one": Case(lambda doc: doc.replace("bowls", "mugs"), [("- bowls", "- mugs")]),
    "an item made text": Case(lambda doc: restyle(doc, "black tea", "BodyText"), [("- black tea\n", "\nblack tea\n\n")]),
    # what is written beside, around or within
    "words typed into a number's control": Case(lambda doc: doc.type_over("growth.mean#1", "nearly 21.0%"), [("growth is `", "growth is nearly `")]),
    "words typed behind a number in its control": Case(lambda doc: doc.type_over("growth.mean#1", "21.0% *or* so"), [('n["growth.mean"]`', 'n["growth.mean"]` \\*or\\* so')]),
    "a space that does not break": Case(lambda doc: doc.replace("drinks it cold", "drinks it\u00a0cold"), [("drinks it cold", "drinks it\u00a0cold")]),
    "words with a direction": Case(lambda doc: wrapped(doc, '<w:bdo w:val="rtl"><w:r><w:t> So.</w:t></w:r></w:bdo>'), [("it cold.", "it cold. So.")]),
    "words that are tagged": Case(lambda doc: wrapped(doc, '<w:customXml w:element="x"><w:r><w:t> So.</w:t></w:r></w:customXml>'), [("it cold.", "it cold. So.")]),
    "words with a gloss": Case(
        lambda doc: wrapped(doc, '<w:r ><w:ruby><w:rt><w:r><w:t> cha</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>茶</w:t></w:r></w:rubyBase></w:ruby></w:r>'), [("it cold.", "it cold.茶 cha")]),
    "a second paragraph in a note": Case(longer_note, [("survey exists.\n", "survey exists.\n\n    Nor tea.\n")]),
    # what reads as markup
    "citations typed": Case(lambda doc: doc.replace("sell tea?", "sell tea [@kettle2018; @placeholder2020]?"), [("sell tea?", "sell tea [@kettle2018; @placeholder2020]?")]),
    "citations typed with words": Case(lambda doc: doc.replace("sell tea?", "sell tea [see @kettle2018, p. 3; @placeholder2020]?"), [("sell tea?", "sell tea [see @kettle2018, p. 3; @placeholder2020]?")]),
    "a citation typed as a name": Case(lambda doc: doc.replace("sell tea?", "sell tea, asks @kettle2018?"), [("sell tea?", "sell tea, asks @kettle2018?")]),
    "a sign that cites nothing": Case(lambda doc: doc.replace("sell tea?", "sell tea (@unknown, a@b.org)?"), [("sell tea?", "sell tea (\\@unknown, a@b.org)?")]),
    "code that runs": Case(
        lambda doc: doc.paragraph("Nobody drinks").append(verbatim("{python} x")),
        [("it cold.", "it cold.`` {python} x ``")]),
    "strong words in the title": Case(
        lambda doc: doc.formatted("Tea stalls and their", "stalls", "b"), [], [f"paper.qmd, row 2: the co-author set words otherwise in 'Tea stalls and their signs', which {GIVEN}"]),
    "a cell of the table of all statements": Case(lambda doc: doc.replace("not stated", "stated"), [], ["the co-author deleted 'not' in 'not stated (Table 1, guests)', which code makes: change the data, or the code"]),
    "a number typed in code": Case(
        lambda doc: doc.paragraph("Nobody drinks").append(verbatim("x = 77")), [("it cold.", "it cold.`x = 77`")], typed=["the co-author typed 77, which is no control"]),
    "words put into what the front matter gives": Case(lambda doc: doc.replace("All data are", "All data here are"), [], [f"row 24: the co-author added 'here' to 'All data are synthetic and part of this package. Nothing is …', which {GIVEN}"]),
    "numbers beside a sign": Case(lambda doc: doc.replace("of it;", "of all;"), [("of it;", "of all;")]),
} | {
    f"a paragraph that begins with {text}": Case(new(text), [(ASK, f"{ASK}{becomes}\n\n")])
    for text, becomes in (
        (":::", "\\:::"), ("::: x", "\\::: x"), (": x", "\\: x"), ("---", "\\---"), ("# x", "\\# x"), ("&gt; x", "\\> x"), ("- x", "\\- x"), ("+ x", "\\+ x"),
        ("a) x", "a\\) x"), ("| x |", "\\| x \\|"), ("    x", "x"), ("+---+", "\\+---+"), ("===", "\\==="), ("```", "\\`\\`\\`"), ("[^x]: y", "\\[\\^x\\]: y"),
    )
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_lost(name: str, sent: Sent) -> None:
    holds(CASES[name], sent)
