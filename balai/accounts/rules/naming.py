"""User names and telephone numbers as they are kept."""

import re
import unicodedata

from balai.base.errors import NotValid

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,38}[a-z0-9]")
PHONE = re.compile(r"\+?\d{8,15}")
LONGEST_SUGGESTION = 30  # leaves room for a number behind it
LONGEST_NAME = 120
LONGEST_REASON = 300


def tidy_name(text: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NotValid("Tulis nama orangnya, paling panjang 120 huruf.")
    return name


def tidy_username(text: str) -> str:
    """Lower case letters, digits, and . _ - between them."""
    name = text.strip().lower()
    if not USERNAME.fullmatch(name):
        raise NotValid(
            "Nama akun “%(name)s” tidak dapat dipakai: 3–40 huruf kecil, angka, titik, atau garis, tanpa spasi.",
            name=text.strip(),
        )
    return name


def tidy_phone(text: str) -> str:
    """'+6281234567890' for '0812-3456-7890'; '' where none is given."""
    number = re.sub(r"[\s().-]", "", text)
    if not number:
        return ""
    if not PHONE.fullmatch(number):
        raise NotValid("Nomor telepon “%(phone)s” tidak lengkap. Contoh: 0812-3456-7890.", phone=text.strip())
    if number.startswith("0"):
        return "+62" + number[1:]
    return number if number.startswith("+") else "+" + number


def suggested_username(name: str, taken: frozenset[str] | set[str]) -> str:
    """'siti.aminah' for 'Siti Aminah, S.Sos'; with a number behind it when that is taken."""
    plain = unicodedata.normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode().lower()
    base = ".".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SUGGESTION].strip(".")
    if len(base) < 3:
        base = f"petugas.{base}".strip(".")
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}{number}"
    return found


def tidy_reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise NotValid("Tulis alasannya.")
    return reason[:LONGEST_REASON]
