"""`python -m tests.golden`: write the record anew."""

from recomputed.guards.all_guards import text_of
from synthetic.variants import execute_here
from tests.golden import FILE, record

FILE.write_text(record(text_of(execute_here())), encoding="utf-8")
print(f"{FILE.name} written")
