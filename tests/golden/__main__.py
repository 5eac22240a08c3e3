"""`python -m tests.golden`: write the record anew."""

from recomputed.guards.all_guards import text_of
from tests.golden import FILE, record
from tests.variants import execute_here

FILE.write_text(record(text_of(execute_here())), encoding="utf-8")
print(f"{FILE.name} written")
