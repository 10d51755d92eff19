"""The one sentence a page of a region begins with."""

from balai.base.words import Said, sentence
from balai.reports.rules import numbers
from balai.reports.rules.kinds import SUSTAINABLE, Tally

COVERAGE = {
    "all": sentence("Dari %(villages)s desa dan kelurahan di %(place)s, semuanya sudah membentuk Kampung KB"),
    "some": sentence(
        "Dari %(villages)s desa dan kelurahan di %(place)s, %(formed)s (%(share)s) sudah membentuk Kampung KB"
    ),
    "part": sentence(
        "Dari %(villages)s desa dan kelurahan di %(place)s, baru %(known)s yang ada datanya, dan %(formed)s "
        "di antaranya sudah membentuk Kampung KB"
    ),
    "none": sentence("Dari %(villages)s desa dan kelurahan di %(place)s, belum ada yang tercatat membentuk Kampung KB"),
}  # fmt: skip
CLASSES = {
    "all": sentence("%(share)s di antaranya (%(part)s dari %(whole)s) %(name)s per %(month)s"),
    "some": sentence(
        "dari %(whole)s yang kelasnya sudah dapat ditentukan, %(part)s (%(share)s) %(name)s per %(month)s"
    ),
    "none": sentence("kelasnya per %(month)s belum dapat ditentukan karena isiannya belum lengkap"),
    "no": sentence("kelasnya belum pernah dihitung"),
}  # fmt: skip
SHORT_NAMES = {
    "pokja": sentence("Pokja"), "funds": sentence("dana"), "poktan": sentence("poktan"),
    "facilities": sentence("sarana"), "companion_regulation": sentence("pendamping/regulasi"),
    "data_use": sentence("penggunaan data"), "mechanisms": sentence("mekanisme"),
    "agencies": sentence("lintas sektor"), "participation": sentence("kesertaan poktan"), "cpr": "CPR",
    "mkjp": "MKJP", "unmet": "unmet need",
}  # fmt: skip
BOTH = sentence("%(coverage)s; %(classes)s.")


def coverage(place: str, villages: int, formed: int, known: int, language: str) -> Said:
    """`known`: villages with any data, 0 where nothing has been classified yet."""
    some = "part" if 0 < known < villages else "some"
    key = "none" if not formed else "all" if formed >= villages else some
    return Said(
        COVERAGE[key],
        {
            "place": place,
            "villages": villages,
            "formed": formed,
            "known": known,
            "share": numbers.share(formed, villages, language),
        },
    )


def classes(tally: Tally, period: str | None, language: str) -> Said:
    if period is None:
        return Said(CLASSES["no"])
    key = "none" if not tally.classed else "all" if not tally.untold else "some"
    part = tally.count(SUSTAINABLE)
    return Said(
        CLASSES[key],
        {"part": part, "whole": tally.classed, "share": numbers.share(part, tally.classed, language),
         "name": SUSTAINABLE.name, "month": numbers.month(period, language)},
    )  # fmt: skip


def lead(place: str, villages: int, formed: int, tally: Tally, period: str | None, language: str) -> Said:
    parts = {
        "coverage": coverage(place, villages, formed, tally.known if period else 0, language),
        "classes": classes(tally, period, language),
    }
    return Said(BOTH, parts)


VILLAGE = {
    "top": sentence("%(place)s berkelas %(name)s %(since)s; input, proses, dan output semuanya lulus."),
    "held": sentence("%(place)s berkelas %(name)s %(since)s; yang menahannya: %(holding)s."),
    "untold": sentence(
        "Kelas %(place)s per %(month)s belum dapat ditentukan, antara %(low)s dan %(high)s: "
        "%(missing)s dari %(all)s indikator belum punya skor."
    ),
    "unformed": sentence("%(place)s belum membentuk Kampung KB per %(month)s."),
    "no_data": sentence("Belum ada laporan tentang %(place)s yang dapat dihitung menjadi kelas."),
}
SINCE = sentence("sejak %(month)s")
AT_LEAST_SINCE = sentence("setidaknya sejak %(month)s")


def since(first: str, is_first_known: bool, language: str) -> Said:
    """The class may be older than what is known when it held from the first month on."""
    return Said(AT_LEAST_SINCE if is_first_known else SINCE, {"month": numbers.month(first, language)})
