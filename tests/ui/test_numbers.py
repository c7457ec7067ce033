"""Numbers are read as they are meant, whatever the language of the reader."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale

from nnsim.ui.numbers import listed, number_in, plain, short, whole_number_in, whole_percent


@pytest.fixture(params=["en_US", "vi_VN", "de_DE", "fr_FR", "de_CH"])
def language(request) -> Iterator[str]:
    """The language of the reader."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.001", 0.001),
        ("0,001", 0.001),
        ("1.000", 1.0),
        ("1,000", 1.0),
        (".5", 0.5),
        (",5", 0.5),
        ("-2,5", -2.5),
        ("−2.5", -2.5),
        (" 3 ", 3.0),
        ("1e-3", 1e-3),
        ("1,5e3", 1500.0),
        ("1.000,5", None),
        ("1,000.5", None),
        ("1 000", None),
        ("1'000", None),
        ("", None),
        ("x", None),
        ("nan", None),
        ("inf", None),
        ("1e999", None),
    ],
)
def test_comma_and_point_are_both_decimal_signs(language, text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-3", -3), ("1e5", 100_000), ("2.5", None), ("1,000", None), ("1.000", None), ("", None)],
)
def test_a_whole_number_has_no_sign_that_could_separate_thousands(language, text, number):
    assert whole_number_in(text) == number


@pytest.mark.parametrize("number", [0.001, 1234.5, 100_000.0, 1e6, -0.25, 1e-5, -2.5e-5, 1e-9])
def test_what_a_field_shows_is_read_back(language, number):
    assert number_in(plain(number)) == number
    assert number_in(plain(number).replace("−", "-")) == number


@pytest.mark.parametrize(
    ("value", "written"),
    [(3e-5, "3 · 10⁻⁵"), (-1.25e-8, "−1.25 · 10⁻⁸"), (1e-7, "10⁻⁷"), (2.5e7, "2.5 · 10⁷")],
)
def test_small_and_large_numbers_are_written_as_formulas_write_them(language, value, written):
    expected = written.replace(".", QLocale().decimalPoint())
    assert short(value).replace("\u202f", " ") == expected


@pytest.mark.parametrize(("language", "expected"), [("en", "−0.38, −0.36"), ("vi_VN", "−0,38; −0,36")])
def test_numbers_in_a_row_cannot_be_misread(language, expected):
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        assert listed([plain(-0.38), plain(-0.36)]) == expected
    finally:
        QLocale.setDefault(before)


def test_a_chosen_size_has_no_decimals():
    assert [whole_percent(size) for size in (0.8, 1.0, 1.25, 1.4)] == ["80 %", "100 %", "125 %", "140 %"]
