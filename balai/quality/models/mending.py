"""What is best put right first in a place."""

from balai.base.words import Said
from balai.quality.models.choosing import BAND, FIELD, STATE, blocks_of, chosen, here
from balai.quality.models.fields import field_counts
from balai.quality.models.standing import counted
from balai.quality.rules import Band, Issue, State, by_effect, effects, weight_of

BLANK = Said("Belum diisi.")
SENT_BACK = Said("Dikembalikan petugas dan belum diperbaiki.")
NEVER = Said("Belum pernah dikunjungi menurut catatan.")
NAMED = (
    ("nik-sama", Said("Satu NIK tercatat pada dua orang yang hidup."), effects.SAME_NUMBER),
    ("mirip", Said("Dua orang bernama sama lahir pada hari yang sama: mungkin tercatat dua kali."), effects.ALIKE),
    ("tanggal-lahir", Said("Tanggal lahir belum diisi, sehingga umurnya tidak diketahui."), effects.NO_BIRTHDAY),
    ("nik", Said("NIK belum diisi, dan alasannya belum dicatat."), effects.NO_NUMBER),
    ("umur", Said("Umur lebih dari 120 tahun: periksa tahun lahirnya."), effects.TOO_OLD),
    ("ukur-sebelum-lahir", Said("Anak diukur sebelum lahir: tanggal lahir atau tanggal ukurnya keliru."),
     effects.WRONG_DAY),
    ("ukur-tanpa-lahir", Said("Anak diukur, tetapi tanggal lahirnya belum diisi."), effects.WRONG_DAY),
    ("ukur-janggal", Said("Ukuran anak di luar batas wajar WHO: timbang dan ukur ulang."), effects.DOUBT),
    ("janggal", Said("Ada isian yang janggal dan perlu dilihat lagi."), effects.DOUBT),
)  # fmt: skip


def issues(code, on, actor):
    """By effect: how many families or people it concerns, times what hangs on it."""
    found = [Issue(choice, said, _number(choice, code, on, actor), weight) for choice, said, weight in NAMED]
    states = counted(here(code), on)
    sent_back = sum(rows for (state, _band), rows in states.items() if state == State.SENT_BACK)
    never = sum(rows for (_state, band), rows in states.items() if band == Band.NEVER)
    found.append(Issue(STATE + State.SENT_BACK, SENT_BACK, sent_back, effects.SENT_BACK))
    found.append(Issue(BAND + Band.NEVER, NEVER, never, effects.NOT_VISITED))
    return by_effect([*found, *_fields(code, on, actor)])


def _number(choice, code, on, actor):
    rows = chosen(choice, code, on, actor)
    return 0 if rows is None else rows.count()


def _fields(code, on, actor):
    for block in blocks_of(actor):
        for one in field_counts(block, code, on):
            yield Issue(FIELD + one.item.key, BLANK, one.missing, weight_of(one.item), one.item)
