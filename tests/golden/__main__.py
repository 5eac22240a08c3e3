"""`python -m tests.golden`: write the record anew."""

from recomputed import paths
from recomputed.editions import manuscript_of, profiles, taking
from recomputed.guards.all_guards import text_of
from recomputed.paper_language import stated_language
from synthetic.variants import execute_here
from tests.golden import file_of, record

for profile in profiles():
    manuscript = manuscript_of(profile)
    with taking(manuscript, stated_language(paths.ROOT, manuscript)):
        text = text_of(execute_here((paths.ROOT / manuscript).read_text(encoding="utf-8"), profile=profile))
    file_of(profile).write_text(record(text), encoding="utf-8")
    print(f"{file_of(profile).name} written")
