"""Which words state a number, in both languages, and which only look like it."""

import pytest
from num2words import num2words

from recomputed.language.number_words import find_numbers, number_words


def texts(text: str, language: str = "id") -> list[str]:
    return [found.text for found in find_numbers(text, language)]


@pytest.mark.parametrize("language", ["de", "en", "id"])
@pytest.mark.parametrize("kind", ["cardinal", "ordinal"])
def test_every_whole_number_in_words_is_one_stretch(language: str, kind: str) -> None:
    for value in [*range(1, 130), 200, 345, 1000, 2024, 10_000, 123_456, 10**6, 10**9]:
        words = num2words(value, lang=language, to=kind).replace(",", "").removeprefix("eine ")
        found = texts(f"xx {words} yy", language)
        assert [words] == found, value


@pytest.mark.parametrize(
    "text",
    ["Kedua usaha", "ketiganya", "salah satu kasus", "separuh pembeli", "setengah jam", "ribuan pengunjung",
     "dua belas", "½ bagian", "٣ toko", "Ⅳ bab", "sembilan puluh sembilan", "bertiga", "twenty-one", "both",
     "S1", "10–50%", "satu-dua", "keempat", "seribu", "sejuta", "pertama", "dua per tiga"],
)  # fmt: skip
def test_a_stated_number_is_found(text: str) -> None:
    assert len(texts(text)) == 1


@pytest.mark.parametrize(
    "text",
    ["satu-satunya", "kesatuan", "persatuan", "satuan", "sebuah usaha", "seorang host", "sekali lagi",
     "pertama-tama", "tujuan", "perempatan", "duaan", "enamel", "often", "someone",
     "ketika", "bersatu", "menduakan", "tigaan", "beberapa", "berbagai", "tunggal"],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_number_is_not_found(text: str) -> None:
    assert [] == texts(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [(text, language) for language, texts in {
        "en": ["scores of sellers", "a score of sellers", "a couple of sellers", "a handful of sellers",
               "umpteen sellers", "a pair of sellers", "a quintet", "a fortnight", "thirtyfive sellers", "a foursome",
               "the nineties", "hundredths", "every couple of weeks", "semi-annual", "bimonthly"],
        "id": ["berlipat ganda", "berlipat-lipat", "segelintir pedagang", "berpuluh-puluh pedagang", "lusinan pedagang",
               "seperlima", "ketigabelas", "duakali", "sepuluhan orang", "sewindu", "setengahnyalah",
               "sekali seminggu", "sedasawarsa", "kuartet"],
        "de": ["ein paar Händler", "eine Handvoll Händler", "anderthalb", "zweieinhalb Jahre", "dreißigjährig",
               "ein zweitägiger Markt", "vierteljährlich", "Quartett", "dutzendfach", "Neunzigerjahre",
               "einmal im Monat",
               "halbstündig", "viertelstündlich"],
    }.items() for text in texts],
)  # fmt: skip
def test_a_count_in_other_words_is_found(text: str, language: str) -> None:
    assert 1 == len(texts(text, language))


@pytest.mark.parametrize(
    ("text", "language"),
    [("test scores of pupils", "en"), ("scores of the pupils", "en"), ("several scores", "en"), ("the couple", "en"),
     ("handsome", "en"), ("someone", "en"), ("tenets", "en"), ("se", "id"), ("SE", "id"), ("beberapa", "id"),
     ("bagian", "id"), ("einmalig", "de"),
     ("semi-structured", "en"), ("sekali lagi", "id"), ("ein Paarlauf", "de"), ("einseitig", "de"), ("Achtung", "de")],
)  # fmt: skip
def test_a_word_that_only_looks_like_such_a_count_is_not_found(text: str, language: str) -> None:
    assert [] == texts(text, language)


def test_particles_and_capitals_do_not_hide_a_number() -> None:
    assert number_words("id").has("Ketiganya")
    assert number_words("id").has("DUALAH")
    assert not number_words("id").has("Satu-satunya")


def test_punctuation_belongs_to_the_text_and_not_to_the_number() -> None:
    assert ["25%"] == texts("naik (25%), lalu")
    assert ["107,7 juta"] == texts("ada 107,7 juta.")


@pytest.mark.parametrize(
    "text",
    ["fünfundzwanzig Läden", "der dritte Fall", "Achtel", "zum zweiten Mal", "hunderteins", "Dutzende", "dreifach",
     "beide Inseln", "die Hälfte", "zweimal", "zu dritt", "dreihundert und zwei", "die zwanziger Jahre", "Tausende"],
)  # fmt: skip
def test_a_german_number_is_found_as_one_stretch(text: str) -> None:
    assert 1 == len(texts(text, "de"))


@pytest.mark.parametrize(
    "text",
    [
        "ein Fall",
        "einer Insel",
        "einfach",
        "noch einmal",
        "Achtung",
        "und",
        "Elfe",
        "Zweig",
        "erstens",
        "tiga",
    ],
)
def test_a_german_word_that_only_looks_like_a_number_is_not_found(text: str) -> None:
    assert [] == texts(text, "de")


def test_english_words_count_in_every_language() -> None:
    assert ["twelve"] == texts("twelve", "id") == texts("twelve", "de")
