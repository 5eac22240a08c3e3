"""The tables of the toy paper."""

from recomputed import Paper, table
from recomputed.manuscript.inline import escape
from recomputed.manuscript.pipe_tables import hedged, md, pipe_table

GERMAN = {
    "Feature": "Merkmal",
    "Tea": "Tee",
    "On the sign": "Auf dem Schild",
    "Opened": "Eröffnet",
    "Hosts": "Personal",
    "Guests in a day": "Gäste am Tag",
    "Cups sold in a day": "Tassen am Tag",
    "Cups in percent of guests": "Tassen in Prozent der Gäste",
    "Stall": "Stand",
    "Mean wait (s)": "Mittlere Wartezeit (s)",
    "Rank of growth": "Rang des Wachstums",
}


@table
def stalls(paper: Paper) -> str:
    """What each stall is."""
    n, cases = paper.n, paper.cases
    header = [_said(paper, "Feature"), *(md(paper.name[case]) for case in cases)]
    rows = [
        ["Tea", *(escape(paper.data["cases"].row(case)["tea"]) for case in cases)],
        [
            "On the sign",
            *(
                "; ".join(
                    f"[{escape(row['text'])}]{{lang=en}}" for row in paper.data["signs"].where(case=case)
                )
                for case in cases
            ),
        ],
        ["Opened", *(md(n[f"stalls.opened.{case}"]) for case in cases)],
        ["Hosts", *(md(n[f"stalls.hosts.{case}"]) for case in cases)],
        ["Guests in a day", *(hedged(n[f"stalls.guests.{case}"]) for case in cases)],
        ["Cups sold in a day", *(hedged(n[f"stalls.sold.{case}"]) for case in cases)],
        ["Cups in percent of guests", *(md(n[f"stalls.conversion.{case}"]) for case in cases)],
    ]
    return pipe_table(header, [[_said(paper, first), *rest] for first, *rest in rows], [28, 24, 24, 24])


@table
def waits(paper: Paper) -> str:
    """How long guests wait, and the rank of each stall's growth."""
    rows = [
        [md(paper.name[case]), md(paper.n[f"cups.wait.{case}"]), md(paper.n[f"growth.rank.{case}"])]
        for case in paper.cases
    ]
    heads = ("Stall", "Mean wait (s)", "Rank of growth")
    return pipe_table([_said(paper, head) for head in heads], rows, [40, 30, 30])


def _said(paper: Paper, words: str) -> str:
    """The words in the language of the edition."""
    return GERMAN[words] if paper.lang == "de" else words
