"""The paper's two tables. Every number is an inline number."""

from analysis.measures import COLUMNS, TITLES, UNITS
from recomputed import Paper, table
from recomputed.manuscript.pipe_tables import md, pipe_table

SHORT = {"millimetre": "mm", "gram": "g"}


@table
def sizes(paper: Paper) -> str:
    """What was measured of each species: how many penguins, the mean of each measurement, the spread of the mass."""
    header = ["Quantity", *(md(paper.name[case]) for case in paper.cases)]
    rows = [
        ["Penguins", *(md(paper.n[f"counts.penguins.{case}"]) for case in paper.cases)],
        ["Measured", *(md(paper.n[f"counts.measured.{case}"]) for case in paper.cases)],
    ]
    for name in COLUMNS:
        label = f"{TITLES[name]}, mean ({SHORT[UNITS[name]]})"
        rows.append([label, *(md(paper.n[f"means.{name}.{case}"]) for case in paper.cases)])
    rows.append(["Body mass, SD (g)", *(md(paper.n[f"sd.mass.{case}"]) for case in paper.cases)])
    return pipe_table(header, rows, [40, *[20] * len(paper.cases)])


@table
def excess(paper: Paper) -> str:
    """How much larger males are in each measurement, and on average."""
    labels = {**TITLES, "lengths": "Mean of the lengths", "all": "Mean of all"}
    header = ["Measurement", *(md(paper.name[case]) for case in paper.cases)]
    rows = [
        [label, *(md(paper.n[f"excess.{name}.{case}"]) for case in paper.cases)]
        for name, label in labels.items()
    ]
    return pipe_table(header, rows, [40, *[20] * len(paper.cases)])
