"""`python -m tests.golden`: write the record of each edition anew."""

from recomputed.editions import profiles
from recomputed.guards.all_guards import text_of
from synthetic.variants import execute_edition
from tests.golden import file_of, record

for profile in profiles():
    with execute_edition(profile) as executed:
        file_of(profile).write_text(record(text_of(executed)), encoding="utf-8")
    print(f"{file_of(profile).name} written")
