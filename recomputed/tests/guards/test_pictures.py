"""Every text of a picture, all that it draws, and its text alternative are the registry's."""

import copy
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from recomputed import paths
from recomputed.guards.passages import Alternative, Passage, Piece, Text
from recomputed.guards.pictures import Picture, caption_units, picture_faults, pictures_of
from recomputed.judgement import Executed, Verdict
from recomputed.manuscript.figure_files import read_manifest
from recomputed.manuscript.figures import Figure, Record
from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import Tables

SPEC = json.loads((paths.FIGURES / "growth.vl.json").read_text(encoding="utf-8"))


@pytest.fixture
def picture(numbers: Numbers, tables: Tables) -> Picture:
    return Picture(study().figures["growth"], numbers, tables, "en")


def told(picture: Picture, change: Callable[[Any], object]) -> str:
    spec = copy.deepcopy(SPEC)
    change(spec)
    return "\n".join(picture.faults(spec))


def rows(spec: Any) -> list[Record]:
    (found,) = spec["datasets"].values()
    assert isinstance(found, list)
    return found


def layer(spec: Any, mark: str) -> Any:
    return next(one for one in spec["layer"] if one["mark"]["type"] == mark)


def test_the_toys_pictures_hold(picture: Picture, judged_paper: tuple[Executed, Verdict]) -> None:
    assert told(picture, lambda spec: spec) == ""
    assert [] == list(picture.faults(None))


def axis(**given: Any) -> Callable[[Any], object]:
    return lambda spec: layer(spec, "bar")["encoding"]["x"].update(given)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Growth of sales (s)", "s"),
        ("Growth of sales [s]", "s"),
        ("Growth of sales, in seconds", "seconds"),
        ("Seconds of growth", "Seconds"),
        (["Growth", "in seconds"], "seconds"),
    ],
)
def test_an_axis_in_a_unit_of_nothing_that_is_drawn_is_told(
    picture: Picture, title: str | list[str], word: str
) -> None:
    (fault,) = told(picture, axis(title=title)).split("\n")
    assert "encoding.x.title" in fault
    assert f"»{word}« in »" in fault
    assert fault.endswith("is no unit of the numbers that it shows, which are in percent-change")


@pytest.mark.parametrize(
    "title", ["Growth of sales (%)", "Growth in percent a minute", "Growth of sales", "Growth (relative)"]
)
def test_an_axis_in_the_unit_of_what_is_drawn_or_in_none_is_let_pass(picture: Picture, title: str) -> None:
    assert told(picture, axis(title=title)) == ""


def test_the_title_of_a_chart_may_speak_of_other_units(picture: Picture) -> None:
    assert told(picture, lambda spec: spec.update(title="Growth over minutes of talk")) == ""
    assert "»minutes«" in told(picture, lambda spec: spec.update(title="Growth (minutes)"))


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("Mean growth by stall, in percent.", []),
        ("Mean growth by stall (%).", []),
        ("Guests wait for minutes.", []),
        ("Mean growth by stall, in seconds.", ["seconds"]),
        ("Mean growth by stall (s).", ["s"]),
    ],
)
def test_a_figure_s_caption_in_a_unit_of_nothing_that_is_drawn_is_told(
    picture: Picture, caption: str, words: list[str]
) -> None:
    passage = Passage("caption", "en", (), (Piece(caption),), of="fig-growth")
    text = Text((passage,), (), (), {}, "en")
    found = list(caption_units(text, {"growth": picture}, "paper.qmd", lambda *_: (7, 3)))
    assert words == [one.text for one in found]
    for one in found:
        assert one.message.startswith(
            f"paper.qmd, line 7, column 3: »{one.text}« is no unit of the numbers that"
        )


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (axis(title="Growth of sales, 41 %"), ".encoding.x.title", "»41«"),
        (axis(title=["Growth", "of forty-one stalls"]), ".encoding.x.title[1]", "»forty-one«"),
        (axis(axis={"title": "of 41 stalls"}), ".encoding.x.axis.title", "»41«"),
        (axis(axis={"labelExpr": "datum.label + ' of 41'"}), ".axis.labelExpr", "»41«"),
        (lambda spec: spec.update(title={"text": "Of 41 stalls", "fontSize": 9}), "title.text", "»41«"),
        (lambda spec: layer(spec, "text")["mark"].update(text="41 %"), ".mark.text", "»41«"),
        (lambda spec: layer(spec, "text")["encoding"].update(text={"value": "41 %"}), ".text.value", "»41«"),
        (lambda spec: layer(spec, "text")["encoding"].update(text={"datum": 41}), ".text.datum", "»41«"),
        (lambda spec: layer(spec, "rule")["encoding"].update(x={"datum": 41}), ".x.datum", "draws 41"),
        (lambda spec: layer(spec, "rule")["encoding"].update(x={"value": 41}), ".x.value", "41 pixels"),
        (lambda spec: spec.update(params=[{"name": "cut", "value": 41}]), "params[0].value", "draws 41"),
        (lambda spec: spec.update(transform=[{"calculate": "datum.value * 2", "as": "value"}]), "calculate", "»2«"),
        (lambda spec: rows(spec)[0].update(value=41.0), "[0].value", "draws 41.0"),
        (lambda spec: rows(spec)[0].update(label="41%"), "[0].label", "»41%«"),
        (lambda spec: spec["layer"].append({"data": {"values": [{"x": 41}]}}), ".data.values[0].x", "draws 41"),
    ],
)  # fmt: skip
def test_a_number_that_is_typed_or_drawn_beside_the_registry_is_told(
    picture: Picture, change: Callable[[Any], object], where: str, what: str
) -> None:
    (fault,) = told(picture, change).split("\n")
    assert fault.startswith("figures/growth, ")
    assert where in fault.partition(": ")[0]
    assert what in fault


@pytest.mark.parametrize(
    "change",
    [
        axis(axis={"values": [10, 41, 70], "tickCount": 7}, scale={"domain": [0, 41]}),
        lambda spec: spec.update(width=41, config={"axis": {"titleFontSize": 41}}),
        lambda spec: layer(spec, "text")["mark"].update(dx=41),
        lambda spec: layer(spec, "rule")["encoding"].update(x={"datum": 0}),
        lambda spec: layer(spec, "rule")["encoding"].update(x={"datum": rows(spec)[1]["value"]}),
        lambda spec: spec.update(title=f"North: {rows(spec)[0]['label']}"),
        lambda spec: spec.update(title="By the rule of ISO 9001"),
    ],
)
def test_scales_sizes_and_what_the_registry_says_are_let_pass(
    picture: Picture, change: Callable[[Any], object]
) -> None:
    assert told(picture, change) == ""


def test_the_number_of_one_case_is_not_drawn_for_another(picture: Picture) -> None:
    def swap(spec: Any) -> None:
        first, second, *_ = rows(spec)
        first["value"], second["value"] = second["value"], first["value"]

    first, second = told(picture, swap).split("\n")
    assert "for north" in first
    assert "for river" in second


def test_without_a_chart_the_records_are_held_to_the_registry(numbers: Numbers, tables: Tables) -> None:
    def records(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
        return [
            {"case": case, "value": float(numbers[f"growth.rise.{case}"].value.value) + 0.125}
            for case in cases
        ]

    faults = list(Picture(Figure("growth", records), numbers, tables, "en").faults(None))
    assert len(tables.cases) == len(faults)
    assert faults[0].startswith("figures/growth, records[0].value: it draws")


def test_a_text_alternative_tells_what_its_figure_shows(judged_paper: tuple[Executed, Verdict]) -> None:
    examination = judged_paper[1].examination
    assert examination is not None

    def faults(id_: str) -> list[str]:
        keys = {"growth": read_manifest(paths.FIGURES)["growth"]["key"]}
        alternative = Alternative("figures/growth.svg", "Bars.", (id_,), None)
        text = Text((), (), (alternative,), keys, "en")
        return picture_faults(text, pictures_of(text, examination), paths.FIGURES)

    assert [] == faults("growth.rise.north")
    assert [
        "figures/growth: its text alternative tells cups.wait.north, which the figure does not show"
    ] == faults("cups.wait.north")


def test_a_number_typed_in_the_code_is_told_where_the_registry_has_it_too(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    label = picture.records[0]["label"]
    assert told(picture, lambda spec: spec.update(title=f"At the sign {label}")) == ""
    monkeypatch.setattr(picture, "_written", {f"At the sign {label}"})
    assert f"»{label}«" in told(picture, lambda spec: spec.update(title=f"At the sign {label}"))
