"""The two templates of a working group (Pokja), and how their sections answer each other.

Four sections: Perban BKKBN 20/2023. Eight family functions: BKKBN's training module, page 25; the national portal still
files activities under them.
"""

from collections.abc import Mapping

from balai.base.errors import NotValid
from balai.base.words import sentence
from balai.villages.rules.kinds import PokjaTemplate

SECTION = "seksi"

POSITIONS: Mapping[PokjaTemplate, Mapping[str, str]] = {
    PokjaTemplate.FOUR_SECTIONS: {
        "pengarah": sentence("Pengarah"),
        "pelaksana": sentence("Pelaksana"),
        SECTION: sentence("Anggota seksi"),
    },
    PokjaTemplate.EIGHT_FUNCTIONS: {
        "pelindung": sentence("Pelindung/penanggung jawab"),
        "penasihat": sentence("Penasihat"),
        "ketua": sentence("Ketua"),
        "sekretaris": sentence("Sekretaris"),
        "bendahara": sentence("Bendahara"),
        SECTION: sentence("Anggota seksi"),
    },
}

SECTIONS: Mapping[PokjaTemplate, Mapping[str, str]] = {
    PokjaTemplate.FOUR_SECTIONS: {
        "data": sentence("Data dan dokumen kependudukan"),
        "perilaku": sentence("Perubahan perilaku"),
        "layanan": sentence("Cakupan layanan dan rujukan"),
        "penataan": sentence("Penataan lingkungan"),
    },
    PokjaTemplate.EIGHT_FUNCTIONS: {
        "keagamaan": sentence("Keagamaan"),
        "pendidikan": sentence("Sosialisasi dan pendidikan"),
        "reproduksi": sentence("Reproduksi"),
        "ekonomi": sentence("Ekonomi"),
        "perlindungan": sentence("Perlindungan"),
        "kasih_sayang": sentence("Kasih sayang"),
        "sosial_budaya": sentence("Sosial budaya"),
        "lingkungan": sentence("Pembinaan lingkungan"),
    },
}

# Our own inference [I]: no rule maps the two. It follows the four target lines of Inpres 3/2022, which put education,
# economy and protection under coverage and referral, religion and upbringing under behaviour. No function is about
# data.
SECTION_OF: Mapping[str, str] = {
    "keagamaan": "perilaku",
    "pendidikan": "layanan",
    "reproduksi": "layanan",
    "ekonomi": "layanan",
    "perlindungan": "layanan",
    "kasih_sayang": "perilaku",
    "sosial_budaya": "perilaku",
    "lingkungan": "penataan",
}


def functions_of(section: str) -> tuple[str, ...]:
    """The family functions that one of the four sections takes care of; none for the section of data."""
    return tuple(function for function, of in SECTION_OF.items() if of == section)


def check_member(template: PokjaTemplate, position: str, section: str) -> None:
    """NotValid unless the template has that place: members of a section name it, the others name none."""
    if position not in POSITIONS[template]:
        choices = ", ".join(POSITIONS[template])
        raise NotValid("Jabatan “%(value)s” tidak ada. Pilihannya: %(choices)s.", value=position, choices=choices)
    if position == SECTION and section not in SECTIONS[template]:
        choices = ", ".join(SECTIONS[template])
        raise NotValid("Seksi “%(value)s” tidak ada. Pilihannya: %(choices)s.", value=section, choices=choices)
    if position != SECTION and section:
        raise NotValid("Jabatan “%(value)s” tidak berada di satu seksi. Kosongkan seksinya.", value=position)
