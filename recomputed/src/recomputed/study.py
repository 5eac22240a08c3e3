"""The paper's own code, found through `paper.toml`: its subjects, figures and tables."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import signature
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.file_names import same_by_case, unusable
from recomputed.manuscript.declared import place
from recomputed.manuscript.figures import Figure
from recomputed.manuscript.pipe_tables import MadeTable
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import Number, Numbers, UnknownNumber
from recomputed.tables.records import Tables, no_row

Named = TypeVar("Named", Figure, MadeTable)
_lent: list[tuple[Tables, Numbers]] = []


@dataclass(frozen=True, slots=True)
class Study:
    """What a paper computes. Its `subjects` come in this order: one may use the numbers of those before it."""

    subjects: Sequence[ModuleType]
    figures: Mapping[str, Figure]
    tables: Mapping[str, MadeTable]

    def compute(self, tables: Tables) -> Numbers:
        """All numbers of the paper from the loaded tables. Raises InputError with the first fault of each subject: a
        row that is not there, or a number that no subject before it has made, by the row that it would be read from.
        """
        if _lent and _lent[-1][0] is tables:
            return _lent[-1][1]
        known, faults = Numbers(), list[Fault]()
        for subject in self.subjects:
            try:
                known.add(_numbers_of(subject, tables, known))
            except UnknownNumber as error:
                if not faults:  # else it is one that a subject before it could not make
                    faults.append(_not_made(error.id, subject, tables, known))
            except InputError as error:
                faults += error.faults
        if faults:
            raise InputError(faults)
        return known

    def labels(self) -> dict[str, str]:
        """The label of each figure and table, and where it is declared: `analysis/tables.py, line 18`."""
        made: dict[str, Figure | MadeTable] = {f"fig-{name}": one for name, one in self.figures.items()}
        made |= {f"tbl-{name}": table for name, table in self.tables.items()}
        return {label: "{}, line {}".format(*place(one.declared_by)) for label, one in made.items()}


@contextmanager
def lending_numbers(tables: Tables, numbers: Numbers) -> Iterator[None]:
    """While it lasts, the paper computes these from these tables."""
    _lent.append((tables, numbers))
    try:
        yield
    finally:
        _lent.pop()


def _numbers_of(subject: ModuleType, tables: Tables, known: Numbers) -> Iterator[Number]:
    try:
        signature(subject.numbers).bind(tables, known)
    except TypeError as error:
        raise InputError(Fault(_file(subject), "a function `numbers(tables, known)`", str(error))) from None
    made = subject.numbers(tables, known)
    for one in made if isinstance(made, Iterable) else [made]:
        if not isinstance(one, Number):
            expected = (
                "numbers that `numbers` yields, each as `derive`, `measure`, `count` or `transcribe` gives it"
            )
            raise InputError(Fault(_file(subject), expected, repr(one)))
        yield one


def _file(subject: ModuleType) -> str:
    return f"{subject.__name__.replace('.', '/')}.py"


def _not_made(id_: str, subject: ModuleType, tables: Tables, known: Numbers) -> Fault:
    table, _, key = id_.partition(".")
    if table in tables and {"repeats", "low"} <= set(tables[table].columns):  # of reported quantities
        return no_row(tables[table].file, key, (row.key for row in tables[table].rows))
    return Fault(_file(subject), f"a number {id_!r} of a subject before it", f"none{nearest(id_, known)}")


@cache
def study() -> Study:
    """The study of the paper at hand. Raises InputError where its package, or a part of it, is not as it must be."""
    name = paper_settings().paper.analysis
    declared = f"{name.replace('.', '/')}/__init__.py"
    if not name or not (paths.ROOT / declared).is_file():
        expected = "the name of a package beside it, that computes the numbers"
        raise InputError(
            Fault(f"{paths.SETTINGS_FILE}, paper.analysis", expected, f"{name!r}, without {declared}")
        )
    if sys.path[0] != str(paths.ROOT):
        sys.path.insert(0, str(paths.ROOT))  # before another paper's package of that name
    package = import_module(name)
    subjects = getattr(package, "SUBJECTS", None)
    if not isinstance(subjects, tuple | list):
        expected = "SUBJECTS, the modules that compute, each after those whose numbers it uses"
        raise InputError(Fault(declared, expected, "none" if subjects is None else repr(subjects)))
    if without := [getattr(one, "__name__", repr(one)) for one in subjects if not hasattr(one, "numbers")]:
        raise InputError(Fault(declared, "SUBJECTS that each have `numbers`", ", ".join(without)))
    modules = [import_module(f"{name}.{module.name}") for module in iter_modules(package.__path__)]
    forgotten = [module for module in modules if hasattr(module, "numbers") and module not in subjects]
    if forgotten:
        found = ", ".join(module.__name__ for module in forgotten)
        raise InputError(
            Fault(declared, "every module that has `numbers` among SUBJECTS", f"{found} left out")
        )
    return Study(tuple(subjects), _named(modules, Figure), _named(modules, MadeTable))


def _named(modules: Sequence[ModuleType], kind: type[Named]) -> dict[str, Named]:
    """Every figure, or every table, by its name. Raises InputError for two of one name."""
    found: dict[str, Named] = {}
    # by type, not isinstance: that would load what is to be loaded lazily
    for made in (one for module in modules for one in vars(module).values() if issubclass(type(one), kind)):
        file, line = place(made.declared_by)
        if found.setdefault(made.name, made) is not made:
            first = " and in {}, line {}".format(*place(found[made.name].declared_by))
            noun = "figure" if kind is Figure else "table"
            raise InputError(Fault(file, f"one {noun} called {made.name!r}", f"one here{first}", line))
        if found_out := unusable(made.name):
            raise InputError(Fault(file, "a name that a file may have on every system", found_out, line))
    if twice := same_by_case(found):
        expected = "names of figures and tables that differ by more than case, as files must on some systems"
        raise InputError(Fault(f"{modules[0].__package__}", expected, " and ".join(map(repr, twice))))
    return found
