"""The paper's tables. Every number is an inline number; texts from the data are escaped."""

from recomputed import Paper, table
from recomputed.manuscript.pipe_tables import md, pipe_table


@table
def parts(paper: Paper) -> str:
    """The days of each part of the year. The function's name is the table's: `tbl-parts`."""
    rows = [[md(paper.name[case]), md(paper.n[f"days.part.{case}"])] for case in paper.cases]
    return pipe_table(["$months", "$days"], rows, [40, 60])
