"""From the names in a row to the village that they mean, and what a person can do when they mean none."""

from dataclasses import dataclass

from balai.base.words import Said, sentence
from balai.intake.inputs.held import REFUSED, WAITING
from balai.regions.rules import Level, parent_of, search_form

COLUMN_OF = {
    Level.PROVINCE: "PROVINSI",
    Level.KABUPATEN: "KABUPATEN",
    Level.KECAMATAN: "KECAMATAN",
    Level.VILLAGE: "KELURAHAN",
}
SAFE = {"exact", "alias"}


@dataclass(frozen=True, slots=True)
class Found:
    """A village's `code`, or why there is none."""

    code: str | None
    status: str = ""
    column: str = ""
    value: str = ""
    reason: Said | None = None
    remedy: Said | None = None


class Naming:
    """One for an import: what a file with codes shows of a name holds for the files without codes."""

    def __init__(self, gazetteer):
        self._gazetteer = gazetteer
        self._taught = {}
        self._found = {}
        self.spellings = {}

    def find(self, province, kabupaten, kecamatan, village, kode=""):
        key = "\x1f".join((province, kabupaten, kecamatan, village, kode))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._look((province, kabupaten, kecamatan, village), kode.strip())
        return found

    def teach(self, names, kode):
        """A name met beside its code: where only the code told the village, the name will do from now on."""
        match = self._gazetteer.match(*names, last_four=_last_four(kode))
        if match.code and match.how not in SAFE:
            self._taught.setdefault(_form(names), match.code)

    def _look(self, names, kode):
        if not search_form(names[3]):
            return Found(
                None, REFUSED, "KELURAHAN", names[3], Said(sentence("nama desa kosong")),
                Said(sentence("Isi nama desa seperti di SIGA, lalu impor lagi.")),
            )  # fmt: skip
        match = self._gazetteer.match(*names, last_four=_last_four(kode))
        code = match.code if match.how in SAFE else self._taught.get(_form(names), match.code)
        if code is None:
            return self._unknown(names, match)
        four = _last_four(kode)
        other = self._gazetteer.match_code(f"{parent_of(code)}.{four}") if len(four) == len("2001") else None
        if other and other != code:
            return self._contradiction(names, kode, code, other)
        if match.how not in SAFE:
            self.spellings[_form(names)] = (code, names[3])
        return Found(code)

    def _contradiction(self, names, kode, code, other):
        facts = {"kode": kode, "other": self._gazetteer.name_of(other), "name": self._gazetteer.name_of(code)}
        return Found(
            None, WAITING, "KODE", kode,
            Said(sentence("kode %(kode)s milik %(other)s, tetapi namanya %(name)s"), facts),
            Said(sentence("Betulkan kode atau nama di sumbernya, lalu impor lagi.")),
        )  # fmt: skip

    def _unknown(self, names, match):
        value = " ".join(names[match.missing - 1].split())
        column = COLUMN_OF[match.missing]
        reason = Said(sentence("nama “%(name)s” tidak dikenal di wilayah induknya"), {"name": value})
        if match.missing < Level.KECAMATAN:
            remedy = Said(sentence("Periksa ejaan provinsi dan kabupaten di baris ini."))
            return Found(None, REFUSED, column, value, reason, remedy)
        return Found(None, WAITING, column, value, reason, self._remedy(value, match))

    def _remedy(self, value, match):
        if not match.suggestions:
            return Said(
                sentence("Cari kodenya dengan “balai regions search”, lalu: balai regions alias KODE \"%(name)s\""),
                {"name": value},
            )  # fmt: skip
        first = match.suggestions[0]
        code = first.code if match.missing == Level(first.code.count(".") + 1) else parent_of(first.code)
        near = ", ".join(f"{one.name} ({one.code})" for one in match.suggestions)
        return Said(
            sentence("Jika benar: balai regions alias %(code)s \"%(name)s\", lalu impor lagi. Yang mirip: %(near)s"),
            {"code": code, "name": value, "near": near},
        )  # fmt: skip


def _last_four(kode):
    digits = kode.strip().removesuffix(".0")
    return digits[-4:] if digits.isascii() and digits.replace(".", "").isdigit() else ""


def _form(names):
    return tuple(map(search_form, names))
