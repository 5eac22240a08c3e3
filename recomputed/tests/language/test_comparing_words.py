"""Comparing words are whole paradigms, in each language, and each points its way."""

from fractions import Fraction

import pytest

from recomputed.language.comparing_words import vocabulary

#: Forms by language and sense: comparatives, superlatives, irregular ones, those with a word of degree, phrases.
FORMS = {
    ("en", "more"): "heavier, heaviest, bigger, hottest, busier, wider, largest; more, most, better, best, "
    "later; more often, more common, less rare, less seldom; happier than, exceeds, outnumbered, well above the",
    ("en", "less"): "lighter, lightest, thinner, slimmest, earlier, tiniest, narrower; less, least, fewer, fewest, "
    "worse; less often, least common, more rare, more scarcely; not as many as, far below the, lags behind",
    ("en", "like"): "same, equal, equally, identical, alike, in line with, as many as, as large as, on a par with",
    ("en", "only"): "only, sole, solely, merely",
    ("en", "multiple"): "twice, double, doubled, half, halved, tripled, threefold, quadrupled, half as, twice as",
    ("id", "more"): "lebih tinggi, lebih berat, lebih sering, lebih kreatif; paling banyak, paling baik; tertinggi, "
    "terberat, teramai, terlama; melebihi, melampaui; kurang sedikit; berada di atas kisaran, jauh di atas batas",
    ("id", "less"): "lebih rendah, lebih ringan, lebih sedikit, lebih dulu; paling awal, paling jarang; terendah, "
    "teringan, tersepi, terawal; kurang tinggi, kurang sering, kurang dari; tidak setinggi; berada di bawah kisaran",
    ("id", "like"): "sama dengan, yang sama, sama besar, sama tingginya, setinggi, seberat, sekuat, sebanyak itu, "
    "sejalan, setara, sebanding, persis",
    ("id", "only"): "hanya, cuma, hanyalah, satu-satunya",
    ("id", "multiple"): "dua kali lipat, dua kali lebih, tiga kali sebanyak, setengahnya, separuh, sepertiga",
    ("de", "more"): "höher, höchste, größer, die größten, schwerere, am längsten, stärkster, älter, später; mehr, "
    "meisten, besser, besten; mehr, häufiger, weniger selten; übersteigt, übertraf, liegt über dem, weit über der",
    ("de", "less"): "niedriger, kürzeste, kleinster, leichter, jünger, früher, enger, dünnste; weniger, am wenigsten, "
    "schlechter, minder; weniger häufig, unterschreitet, liegt unter dem, nicht so hoch wie",
    ("de", "like"): "gleich, gleichen, dieselbe, ebenso, genauso, identisch, so hoch wie, im Einklang mit",
    ("de", "only"): "nur, lediglich, bloß, einzige",
    ("de", "multiple"): "doppelt, doppelte, verdoppelt, dreimal so, vervierfacht, halb so, halbierte, Hälfte, Drittel",
}  # fmt: skip

#: Words that only look like a comparing one.
OTHERS = {
    "en": "interest, forest, test, honest, every other, rather than, other than, as well as, as soon as, as far as, "
    "twice a day, half an hour, more or less, not only, mostly, almost, lesson, leaser, sameness, onlooker, beside",
    "id": "bekerja sama dengan, kerja sama dengan, sebaiknya, sama sekali, "
    "bersama-sama, berlebihan, kelebihan, perhatian, terlalu, terhadap, terlambat, "
    "selama, sepanjang, sebagai, sebelum, seperti, kurang lebih, kurang tahu, lebih lanjut, paling tidak, tidak hanya, "
    "temuan di atas, di bawah ini, dua kali sehari, sebesar, sebanyak, pelebih",
    "de": "Meter, Leser, gestern, erst, Rest, nicht nur, mehr oder weniger, zumindest, mehrere, weiterhin, weitere, "
    "Alter, vergleichen, Gleichung, natur, Einzelne, sowohl als auch, oder",
}  # fmt: skip


def forms(text: str) -> list[str]:
    return [form.strip() for form in text.replace(";", ",").split(",")]


@pytest.mark.parametrize(
    ("code", "sense", "text"), [(*key, form) for key, text in FORMS.items() for form in forms(text)]
)
def test_a_form_of_a_paradigm_is_found_and_points_its_way(code: str, sense: str, text: str) -> None:
    assert [sense] == [word.sense for word in vocabulary(code).find(f"{text} x")]


@pytest.mark.parametrize(
    ("code", "text"), [(code, form) for code, text in OTHERS.items() for form in forms(text)]
)
def test_a_word_that_only_looks_comparing_is_not_found(code: str, text: str) -> None:
    assert [] == [word.phrase for word in vocabulary(code).find(f"{text} x")]


@pytest.mark.parametrize(
    ("code", "text", "factor"),
    [("en", "twice", "2"), ("en", "halved", "1/2"), ("en", "tripling", "3"), ("id", "dua kali lipat", "2"),
     ("id", "separuhnya", "1/2"), ("de", "doppelt", "2"), ("de", "ein Viertel", "1/4")],
)  # fmt: skip
def test_a_multiple_has_its_factor(code: str, text: str, factor: str) -> None:
    assert [Fraction(factor)] == [word.factor for word in vocabulary(code).find(text)]


@pytest.mark.parametrize(
    ("code", "text", "negated"),
    [("en", "is not the largest", True), ("en", "isn't larger", True), ("en", "no species is larger", True),
     ("en", "not so. The larger", False), ("en", "not only larger", False), ("id", "tidak lebih tinggi", True),
     ("id", "tidak hanya lebih tinggi", False), ("de", "nicht größer", True), ("de", "kein Tier ist größer", True)],
)  # fmt: skip
def test_a_denial_before_a_word_is_seen(code: str, text: str, negated: bool) -> None:
    assert [negated] == [word.negated for word in vocabulary(code).find(text)]


def test_each_of_two_words_that_stand_close_is_found() -> None:
    assert ["more", "less"] == [word.sense for word in vocabulary("en").find("the largest and the smallest")]


@pytest.mark.parametrize("code", ["en", "id", "de"])
def test_english_counts_in_every_language(code: str) -> None:
    assert ["more"] == [word.sense for word in vocabulary(code).find("heavier")]


@pytest.mark.parametrize(
    ("text", "sense"), [("sales rose", "more"), ("sales fell", "less"), ("sales are flat", "")]
)
def test_a_rise_and_a_fall_are_told_apart(text: str, sense: str) -> None:
    assert [sense] * bool(sense) == [word.sense for word in vocabulary("en").moves(text)]
    assert [] == list(vocabulary("en").find(text))
