"""Names of places in a form in which different ways of writing them are equal."""

import re
import unicodedata

from balai.base.words import Said, sentence

_QUOTES = re.compile("['\"`´‘’“”ʼ*]")  # inside a word: Ra'as, Ra"as, Raas
_OTHER = re.compile(r"[\W_]+")
_KABUPATEN = re.compile(r"^(?:(?:KAB|KABUPATEN)(?: (?:ADM|ADMINISTRASI))?|ADM|ADMINISTRASI) (?=\S)")
_KOTA = re.compile(r"^(?:KOTA(?: (?:ADM|ADMINISTRASI))|KOTAMADYA|KODYA) (?=\S)")
_PROVINCE = re.compile(r"^(?:PROV|PROVINSI|PROPINSI) (?=\S)")
_ISLANDS = re.compile(r"\bKEP\b")


def search_form(text: str) -> str:
    """Upper case, without accents and punctuation, spaces and line breaks folded; levels and abbreviations unified.

    'Kab. Majene' and 'Kabupaten Majene' are 'MAJENE'; 'Kota Adm. Jakarta Timur' is 'KOTA JAKARTA TIMUR': a kota keeps
    its word, because Bandung and Kota Bandung are two places.
    """
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    words = _OTHER.sub(" ", _QUOTES.sub("", text.upper())).strip()
    if words.startswith("P"):
        words = _PROVINCE.sub("", words)
    if words.startswith(("A", "K")):
        words = _KOTA.sub("KOTA ", _KABUPATEN.sub("", words))
    return _ISLANDS.sub("KEPULAUAN", words) if "KEP" in words else words


def numbered(name: str) -> tuple[str, ...]:
    """The words of a name with its numbers as numbers: "RT 01", "RT 1" and "RT01" are one."""
    words = re.findall(r"[0-9]+|[^\W\d_]+", search_form(name))
    return tuple(str(int(word)) if word.isdecimal() else word for word in words)


_CALLED = {
    "provinsi": sentence("Provinsi %(name)s"),
    "kecamatan": sentence("Kecamatan %(name)s"),
    "desa": sentence("Desa %(name)s"),
    "kelurahan": sentence("Kelurahan %(name)s"),
    "desa_adat": sentence("Desa Adat %(name)s"),
}


def called(kind: str, name: str) -> Said:
    """'Kecamatan Tiang Pumpung Kepungut', 'Desa Semangus': the name with the kind that it does not already carry."""
    return Said(_CALLED.get(kind, "%(name)s"), {"name": name})


_TITLE = re.compile(r"^(?:DESA|DS|KELURAHAN|KEL|KECAMATAN|KEC|DISTRIK) (?=\S)")


def untitled(form: str) -> str:
    """A search form without the word for its level. Only a second try: there are villages named Desa Baru."""
    return _TITLE.sub("", form)


def squeezed(form: str) -> str:
    """A search form without spaces: 'INDOMAKKOMBO NG' is 'INDOMAKKOMBONG'."""
    return form.replace(" ", "")


_DOUBLED = re.compile(r"(.)\1+")
_NUMERAL = re.compile(r"[IVX]+|\d+|\w")
_MARKERS = frozenset(
    re.findall(
        r"\w+",
        """
        BARAT TIMUR UTARA SELATAN TENGAH HULU HILIR ULU ILIR ATAS BAWAH BARU LAMA KECIL BESAR DALAM LUAR KIRI KANAN KOTA
        DARAT LAUT INDUK SATU DUA TIGA EMPAT LIMA ENAM TUJUH DELAPAN SEMBILAN SEPULUH
        """,
    )
)


def markers(form: str) -> list[str]:
    """The words that tell neighbours apart ('II', 'BARAT', 'BARU'): names that differ in one are never alike."""
    words = form.split()
    return sorted(word for word in words[1:] if word in _MARKERS or _NUMERAL.fullmatch(word))


def folded(form: str) -> str:
    """A search form as the ear hears it: no spaces, no doubled letters, no doubled words ('PODA PODA' is 'PODA')."""
    words: list[str] = []
    for word in form.split():
        if not words or words[-1] != word:
            words.append(word)
    return "".join(word if _NUMERAL.fullmatch(word) else _DOUBLED.sub(r"\1", word) for word in words)
