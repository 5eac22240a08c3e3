"""The paper's tables. Every number is an inline number; texts from the data are escaped."""

from recomputed import Paper, table
from recomputed.manuscript.pipe_tables import md, pipe_table


@table
def quarters(paper: Paper) -> str:
    """The days of each quarter. The function's name is the table's: `tbl-quarters`."""
    rows = [[md(paper.name[case]), md(paper.n[f"days.quarter.{case}"])] for case in paper.cases]
    return pipe_table(["$quarter", "$days"], rows, [40, 60])
