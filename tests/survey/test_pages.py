"""The pages of the survey without a browser: what they show, keep, refuse, and write into the trail."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from balai.access.models import AuditEntry, acting
from balai.families.models import Family, Person
from balai.survey import actions
from balai.survey.models import Draft, Housing, MemberAnswers
from balai.survey.rules import Block
from tests.families import register
from tests.families.register import AT, BY, HERE, KECAMATAN
from tests.people import person, signed_in
from tests.survey.asking import HOUSE, VISIT, couple, head_of, wife_of

pytestmark = pytest.mark.django_db
DAY = VISIT.isoformat()


@pytest.fixture
def kader(places):
    return signed_in(person("cadre", HERE))


@pytest.fixture
def family(places):
    return couple()


def house(family, on=VISIT, at=AT, **answers):
    with acting(BY):
        return actions.answer(by=BY, at=at, block=Block.HOUSING, subject=family, from_on=on, answers=answers or HOUSE)


def hidden(response, name="dasar"):
    return response.content.decode().split(f'name="{name}" value="')[1].split('"')[0]


def entry(deed):
    return AuditEntry.objects.filter(deed=deed).latest("pk")


def test_every_block_has_a_form_a_page_and_its_own_deeds(kader, family):
    pages = {
        Block.MEMBERS: (
            f"/keluarga/{family.pk}/pendataan/anggota", f"/keluarga/{family.pk}/pendataan/anggota/isi",
            f"/keluarga/{family.pk}/pendataan/anggota/draf", f"/keluarga/{family.pk}/pendataan/anggota/buang-draf",
            f"/keluarga/{family.pk}/pendataan/anggota/batalkan",
        ),
        Block.PLANNING: (
            f"/keluarga/{family.pk}/pendataan/kb", f"/keluarga/{family.pk}/pendataan/kb/isi",
            f"/keluarga/{family.pk}/pendataan/kb/draf", f"/keluarga/{family.pk}/pendataan/kb/buang-draf",
            f"/keluarga/{family.pk}/pendataan/kb/batalkan",
        ),
        Block.DEVELOPMENT: (
            f"/keluarga/{family.pk}/pendataan/kehidupan", f"/keluarga/{family.pk}/pendataan/kehidupan/isi",
            f"/keluarga/{family.pk}/pendataan/kehidupan/draf", f"/keluarga/{family.pk}/pendataan/kehidupan/buang-draf",
            f"/keluarga/{family.pk}/pendataan/kehidupan/batalkan",
        ),
        Block.HOUSING: (
            f"/keluarga/{family.pk}/pendataan/rumah", f"/keluarga/{family.pk}/pendataan/rumah/isi",
            f"/keluarga/{family.pk}/pendataan/rumah/draf", f"/keluarga/{family.pk}/pendataan/rumah/buang-draf",
            f"/keluarga/{family.pk}/pendataan/rumah/batalkan",
        ),
    }  # fmt: skip
    for block, (page, form, draft, drop, undo) in pages.items():
        assert block.label in kader.get(page).content.decode()
        assert entry("survey.view").matters.split() == sorted({"names", block.matter})
        assert "Tanggal kunjungan" in kader.get(form).content.decode()
        assert entry("survey.form").matters.split() == sorted({"names", block.matter})
        assert kader.post(draft, {"kunjungan": DAY, "dasar": "x"}).json()["said"] == {}
        assert kader.post(drop).headers["Location"] == form
        assert kader.post(undo).status_code == 409


def test_what_is_saved_is_shown_with_its_day_and_can_be_taken_back(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    sent = {"kunjungan": DAY, "dasar": hidden(kader.get(form)), **HOUSE}
    answer = kader.post(form, sent, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/keluarga/{family.pk}/pendataan/rumah", 302)]
    assert "Sumur bor atau pompa" in page
    assert "Rumah: 10 jawaban" in page
    assert "Kunjungan 3 Nov 2025." in page
    answer = kader.post(f"/keluarga/{family.pk}/pendataan/rumah/batalkan", follow=True)
    assert "Belum ada jawaban." in answer.content.decode()
    assert "Tersimpan." not in answer.content.decode()


def test_the_next_block_follows_and_the_last_leads_back(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/kehidupan/isi"
    sent = {"kunjungan": DAY, "dasar": hidden(kader.get(form)), "worship": "1", "lalu": "1"}
    assert kader.post(form, sent).headers["Location"] == f"/keluarga/{family.pk}/pendataan/rumah/isi"
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    page = kader.get(form)
    assert 'name="lalu"' not in page.content.decode()
    sent = {"kunjungan": DAY, "dasar": hidden(page), "water": "1", "lalu": "1"}
    assert kader.post(form, sent).headers["Location"] == f"/keluarga/{family.pk}/pendataan/rumah"


def test_a_block_that_the_role_does_not_fill_is_passed_over(family):
    officer = signed_in(person("field_officer", KECAMATAN))
    page = officer.get(f"/keluarga/{family.pk}/pendataan/anggota/isi").content.decode()
    assert "Simpan, lalu Kehidupan keluarga" in page
    assert officer.get(f"/keluarga/{family.pk}/pendataan/kb/isi").status_code == 403
    assert "Isi atau ubah" not in officer.get(f"/keluarga/{family.pk}/pendataan/kb").content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Belum ada yang berubah: isi sedikitnya satu jawaban."),
        ({"kunjungan": "2099-01-01", "water": "1"}, "Tanggal kunjungan ini belum terjadi."),
        ({"kunjungan": "31-02-2024", "water": "1"}, "Tulis tanggal sebagai hari-bulan-tahun"),
        ({"occupants": "201"}, "Isi angka dari 1 sampai 200."),
        ({"occupants": "dua"}, "Isi angka dari 1 sampai 200."),
        ({"occupants": "2"}, "Penghuni rumah lebih sedikit daripada anggota keluarga."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_saved(kader, family, sent, said):
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    answer = kader.post(form, {"kunjungan": DAY, "dasar": hidden(kader.get(form))} | sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "ada" in answer.content.decode()
    with acting(BY):
        assert not Housing.objects.exists()


def test_an_answer_that_is_strange_is_taken_when_it_is_said_to_be_true(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    sent = {"kunjungan": DAY, "dasar": hidden(kader.get(form)), "occupants": "2"}
    assert "memang benar" in kader.post(form, sent).content.decode()
    assert kader.post(form, sent | {"yakin": "on"}).status_code == 302


def test_what_cannot_be_is_refused_however_sure_one_is(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/kb/isi"
    with acting(BY):
        wife = wife_of(family).pk.hex
    sent = {
        "kunjungan": DAY, "dasar": hidden(kader.get(form)), "yakin": "on",
        f"{wife}-births": "2", f"{wife}-born_boys": "1", f"{wife}-alive_boys": "2",
    }  # fmt: skip
    answer = kader.post(form, sent)
    assert (answer.status_code, "lebih banyak daripada yang lahir hidup" in answer.content.decode()) == (422, True)


def test_a_field_that_the_form_does_not_have_is_refused(kader, family):
    for page in ("isi", "draf"):
        answer = kader.post(f"/keluarga/{family.pk}/pendataan/rumah/{page}", {"kunjungan": DAY, "marital": "1"})
        assert (answer.status_code, "isian yang tidak dikenal" in answer.content.decode()) == (422, True)


def test_members_are_saved_one_by_one_and_only_what_changed(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/anggota/isi"
    with acting(BY):
        head, wife = head_of(family), wife_of(family)
    sent = {"kunjungan": DAY, "dasar": hidden(kader.get(form)), f"{head.pk.hex}-work": "2"}
    assert kader.post(form, sent).status_code == 302
    with acting(BY):
        first = MemberAnswers.objects.get()
    page = kader.get(form)
    assert f'name="{head.pk.hex}-work" value="2"' in page.content.decode()
    sent |= {"dasar": hidden(page), f"{wife.pk.hex}-work": "3", f"{wife.pk.hex}-marital": "2"}
    assert kader.post(form, sent).status_code == 302
    with acting(BY):
        assert MemberAnswers.objects.get(person=head).pk == first.pk
        assert MemberAnswers.objects.get(person=wife).values == {"work": 3, "marital": 2}
    assert "2 belum diisi" not in kader.get(form).content.decode()


def test_a_set_of_answers_and_a_month_are_kept_as_they_are(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/kehidupan/isi"
    sent = {"kunjungan": DAY, "dasar": hidden(kader.get(form)), "media_told": "1", "media": ["1", "9"]}
    page = kader.post(form, sent, follow=True).content.decode()
    assert "Radio, Internet atau media sosial" in page
    assert 'name="media" value="9" id="id_media_8" checked' in kader.get(form).content.decode()
    form = f"/keluarga/{family.pk}/pendataan/kb/isi"
    with acting(BY):
        wife = wife_of(family).pk.hex
    sent = {
        "kunjungan": DAY, "dasar": hidden(kader.get(form)),
        f"{wife}-pregnant": "2", f"{wife}-uses_method": "1", f"{wife}-using_since": "05-2024",
    }  # fmt: skip
    assert "05-2024" in kader.post(form, sent, follow=True).content.decode()
    assert 'value="2024-05"' in kader.get(form).content.decode()


def test_a_draft_tells_what_seems_wrong_and_comes_back(kader, family):
    draft, form = (f"/keluarga/{family.pk}/pendataan/rumah/{page}" for page in ("draf", "isi"))
    sent = {"kunjungan": "2025-10-31", "dasar": hidden(kader.get(form)), "occupants": "2", "floor_area": "0"}
    told = kader.post(draft, sent).json()
    assert set(told["said"]) == {"occupants", "floor_area"}
    assert told["said"]["floor_area"] == "Isi angka dari 1 sampai 5000."
    page = kader.get(form).content.decode()
    assert "dimuat kembali" in page
    assert 'value="2025-10-31"' in page
    assert 'name="floor_area" value="0"' in page
    assert "dimuat kembali" not in signed_in(person("cadre", HERE)).get(form).content.decode()
    told = kader.post(draft, sent | {"kunjungan": "kemarin", "occupants": "4", "floor_area": "40"}).json()
    assert told["said"] == {}


def test_who_was_overtaken_sees_both_and_may_still_save(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    opened = hidden(kader.get(form))
    house(family, water=7)
    sent = {"kunjungan": DAY, "dasar": opened, "water": "4"}
    answer = kader.post(form, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tersimpan sekarang: Air hujan" in page
    assert "Tersimpan sekarang: belum diisi" in page
    assert kader.post(form, sent | {"dasar": hidden(answer)}).status_code == 302
    with acting(BY):
        assert Housing.objects.get().water == 4


def test_a_draft_that_was_overtaken_says_so_when_it_is_opened(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    sent = {"kunjungan": DAY, "dasar": hidden(kader.get(form)), "water": "4"}
    kader.post(f"/keluarga/{family.pk}/pendataan/rumah/draf", sent)
    house(family, water=7)
    page = kader.get(form).content.decode()
    assert "jawaban lain sudah disimpan" in page
    assert "Tersimpan sekarang: Air hujan" in page
    assert 'value="4" id="id_water_3" checked' in page


def test_the_answers_of_any_day_are_shown_with_what_changed(kader, family):
    house(family, VISIT, water=3)
    house(family, VISIT + timedelta(days=20), water=4, roof=2)
    page = kader.get(f"/keluarga/{family.pk}/pendataan/rumah?hari=2025-11-10").content.decode()
    assert "menurut keadaan 10 Nov 2025" in page
    assert "Sumur bor atau pompa</dd>" in page
    assert "Air minum: Sumur bor atau pompa → Sumur terlindung" in page
    assert "Atap: belum diisi → Genteng" in page
    page = kader.get(f"/keluarga/{family.pk}/pendataan/rumah?hari=1900-01-01").content.decode()
    assert "Belum ada jawaban." in page
    page = kader.get(f"/keluarga/{family.pk}/pendataan/rumah?hari=besok").content.decode()
    assert "sampai hari ini" in page


def test_a_visit_that_found_everything_as_it_was_is_no_change(kader, family):
    house(family, VISIT, water=3)
    house(family, VISIT + timedelta(days=20), water=3)
    page = kader.get(f"/keluarga/{family.pk}/pendataan/rumah").content.decode()
    assert "Kunjungan 23 Nov 2025." in page
    assert "Yang berubah" not in page


@pytest.mark.parametrize("page", ["rumah", "kehidupan", "cetak"])
def test_who_sees_no_names_sees_no_answers(family, page):
    other = signed_in(person("agency_officer", register.KABUPATEN, "other"))
    assert other.get(f"/keluarga/{family.pk}/pendataan/{page}").status_code == 403


def test_an_answer_without_a_day_is_told_as_such(kader, family):
    load = {"subject": family.pk, "family": family.pk, "region": HERE, "from_on": None, "water": 7}
    with acting(BY):
        actions.load_answers(by=BY, at=AT, block=Block.HOUSING, rows=[load])
    assert "tidak diketahui" in kader.get(f"/keluarga/{family.pk}/pendataan/rumah").content.decode()
    house(family, water=3)
    assert "Air hujan → Sumur bor" in kader.get(f"/keluarga/{family.pk}/pendataan/rumah").content.decode()


def test_the_page_of_the_family_tells_what_was_answered(kader, family):
    house(family, water=3)
    house(family, VISIT + timedelta(days=1), water=4)
    page = kader.get(f"/keluarga/{family.pk}").content.decode()
    assert "Sumur terlindung" in page
    assert "9 belum diisi, kunjungan 4 Nov 2025" in page
    assert "Air minum: Sumur bor atau pompa → Sumur terlindung" in page
    assert f'href="/keluarga/{family.pk}/pendataan/rumah/isi"' in page
    assert {"contraception", "names", "welfare"} <= set(entry("family.view").matters.split())


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("village_head", {"anggota", "rumah"}), ("field_officer", {"anggota", "kb", "kehidupan", "rumah"}),
        ("cadre", {"anggota", "kb", "kehidupan", "rumah"}),
    ],
)  # fmt: skip
def test_only_what_the_reader_may_read_is_on_the_page_of_the_family(family, role, shown):
    region = KECAMATAN if role == "field_officer" else HERE
    page = signed_in(person(role, region)).get(f"/keluarga/{family.pk}").content.decode()
    assert {name for name in ("anggota", "kb", "kehidupan", "rumah") if f'id="{name}"' in page} == shown
    assert ("Isi atau ubah" in page) == (role != "village_head")


def test_a_family_without_a_couple_is_not_asked_about_family_planning(kader, places):
    alone = register.family(people=[register.head()])
    page = kader.get(f"/keluarga/{alone.pk}/pendataan/kb/isi").content.decode()
    assert "tidak punya pasangan" in page
    assert 'id="kb"' not in kader.get(f"/keluarga/{alone.pk}").content.decode()
    assert "tidak punya pasangan" in kader.get(f"/keluarga/{alone.pk}/pendataan/kb").content.decode()
    answer = kader.post(f"/keluarga/{alone.pk}/pendataan/kb/isi", {"kunjungan": DAY, "dasar": ""})
    assert answer.status_code == 409


def test_a_wife_beyond_the_age_may_still_be_asked(kader, places):
    old = couple()
    with acting(BY):
        Person.objects.filter(pk=wife_of(old).pk).update(born_on=date(1960, 1, 1))
    assert "Isi hanya bila ia masih haid" in kader.get(f"/keluarga/{old.pk}/pendataan/kb/isi").content.decode()


def test_somebody_restricted_is_not_asked(kader, family):
    with acting(BY):
        Person.objects.filter(pk=wife_of(family).pk).update(restricted_at=AT, restricted_by="uji")
    page = kader.get(f"/keluarga/{family.pk}/pendataan/anggota/isi").content.decode()
    assert "Budi Santoso" in page
    assert "Siti Rahmawati" not in page
    assert "Siti Rahmawati" not in kader.get(f"/keluarga/{family.pk}/pendataan/kb/isi").content.decode()
    assert "Siti Rahmawati" not in kader.get(f"/keluarga/{family.pk}/pendataan/cetak").content.decode()


def test_a_family_that_has_left_is_read_and_not_filled(kader, family):
    house(family)
    with acting(BY):
        Family.objects.filter(pk=family.pk).update(left_on=AT.date(), left_reason="moved_away")
    page = kader.get(f"/keluarga/{family.pk}/pendataan/rumah").content.decode()
    assert "Sumur bor atau pompa" in page
    assert "Isi atau ubah" not in page
    assert kader.get(f"/keluarga/{family.pk}/pendataan/rumah/isi").status_code == 404


def test_what_was_saved_yesterday_is_no_longer_offered_to_be_taken_back(kader, family):
    form = f"/keluarga/{family.pk}/pendataan/rumah/isi"
    kader.post(form, {"kunjungan": DAY, "dasar": hidden(kader.get(form)), "water": "1"})
    assert "Batalkan simpanan ini" in kader.get(form).content.decode()
    with acting(BY):
        Draft.objects.update(saved_at=timezone.now() - timedelta(hours=24))  # noqa: TID251  as the pages do
    assert "Batalkan simpanan ini" not in kader.get(form).content.decode()


def test_the_form_on_paper_holds_what_is_known_and_no_number(kader, places):
    card = register.nik()
    family = couple(card=card)
    house(family, water=4)
    with acting(BY):
        wife = wife_of(family)
        actions.answer(
            by=BY, at=AT, block=Block.MEMBERS, subject=wife, from_on=VISIT, answers={"marital": 2, "work": 4}
        )
        actions.answer(
            by=BY, at=AT, block=Block.DEVELOPMENT, subject=family, from_on=VISIT,
            answers={"media_told": 1, "media": 0b11},
        )  # fmt: skip
    page = kader.get(f"/keluarga/{family.pk}/pendataan/cetak").content.decode()
    assert "☒ 4 Sumur terlindung" in page
    assert "☐ 7 Air hujan" in page
    assert "☒ 1 Radio" in page
    assert "☒ 2 Televisi" in page
    assert '<td class="box">4</td>' in page
    assert "K.13" in page
    assert card[-4:] not in page
    assert set(entry("survey.print").matters.split()) == {"contraception", "names", "welfare"}


def test_the_form_on_paper_leaves_out_what_the_reader_may_not_read(family):
    page = signed_in(person("village_head", HERE)).get(f"/keluarga/{family.pk}/pendataan/cetak").content.decode()
    assert "P.23" in page
    assert "II.7" not in page
    assert "P.03d" not in page
    assert entry("survey.print").matters == "names"


def test_a_blank_form_asks_everything_in_order(kader):
    page = kader.get(f"/keluarga/desa/{HERE}/formulir-kosong").content.decode()
    places = [page.index(f">{code}<") for code in ("K.07", "K.16", "II.1", "II.9c", "P.01", "P.32", "P.19", "P.28")]
    assert places == sorted(places)
    assert "☒" not in page
    assert f"/keluarga/desa/{HERE}/formulir-kosong" in kader.get(f"/keluarga/desa/{HERE}").content.decode()


def test_the_answers_are_told_in_english_too(kader, family):
    house(family, water=4)
    kader.cookies["bahasa"] = "en"
    page = kader.get(f"/keluarga/{family.pk}/pendataan/rumah").content.decode()
    assert "Protected well" in page
