import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.intake.rules.numbers import LARGEST, chosen, count, number

# what a cell holds | as a count | where a decimal is expected
TABLE = """
36          | 36      | 36
 36 ,nbsp   | refused | refused
36.0        | 36      | 36
0036        | 36      | 36
-4          | -4      | -4
1.234       | 1234    | 1.234
1,234       | 1234    | 1.234
1.234.567   | 1234567 | refused
1,234,567   | 1234567 | refused
1.234,50    | refused | 1234.5
1,234.50    | refused | 1234.5
1.234,00    | 1234    | 1234
12,5        | refused | 12.5
12.50       | refused | 12.5
0.500       | refused | 0.5
100.00      | 100     | 100
(empty)     | missing | missing
-           | missing | missing
--4         | refused | refused
4-          | refused | refused
1.23.456    | refused | refused
1.234,567.8 | refused | refused
12a         | refused | refused
O           | refused | refused
1e5         | refused | refused
nan         | refused | refused
NIL         | refused | refused
1 234       | refused | refused
999999999   | 999999999 | 999999999
1000000000  | refused | refused
99999999999999999999999999 | refused | refused
"""
ROWS = [[part.strip() for part in line.split("|")] for line in TABLE.strip().splitlines()]


def said(read, text, **options):
    try:
        value = read(text, **options)
    except ValueError:
        return "refused"
    return "missing" if value is None else str(value)


@pytest.mark.parametrize(("text", "as_count", "as_decimal"), ROWS)
def test_a_number_is_read_as_people_write_it(text, as_count, as_decimal):
    text = "" if text == "(empty)" else text
    assert said(count, text) == as_count
    assert said(number, text, decimal=True) == as_decimal


@pytest.mark.parametrize("text", [" 36 ", "\t36", "36\u00a0", "36\n"])
def test_spaces_around_a_number_do_not_matter(text):
    assert count(text) == 36


@pytest.mark.parametrize("text", ["３６", "²", "\u22124", "٣"])
def test_other_digits_are_not_guessed(text):
    assert said(count, text) == "refused"


@given(st.text(max_size=30))
def test_any_text_gives_a_number_in_bounds_or_a_refusal(text):
    for decimal in (False, True):
        try:
            value = number(text, decimal=decimal)
        except ValueError:
            continue
        assert value is None or -LARGEST <= value <= LARGEST


@given(st.integers(-LARGEST, LARGEST))
def test_every_whole_number_comes_back(value):
    assert count(str(value)) == value
    assert count(f"{value:,}") == value
    assert count(f"{value:,}".replace(",", ".")) == value


def test_a_choice_is_kept_as_its_number():
    choices = ("TERTINGGAL", "MAJU")
    assert [chosen(text, choices) for text in ("maju", " Tertinggal ", "", "-", "KOSONG")] == [2, 1, None, None, None]
    with pytest.raises(ValueError, match="not in tuple"):
        chosen("HEBAT", choices)
