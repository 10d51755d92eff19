"""A kader's telephone: enrolled with a code, opened with a PIN, shared by several, revoked by an officer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from balai.access.models import AuditEntry
from balai.accounts import actions
from balai.accounts.models import Device, Enrolment, Grant, OneTimeCode, Session
from balai.accounts.rules import codes, pins, ranges
from balai.base.errors import NotAllowed, NotValid, Refused
from tests.accounts.signing import now, try_password, with_password
from tests.people import actor, granted, person, signed_in

AT = datetime(2026, 11, 22, 5, tzinfo=UTC)
PIN = "274916"
VILLAGE, SIBLING = "16.05.02.2001", "16.05.02.2002"


@pytest.mark.parametrize(
    ("pin", "said"),
    [
        ("12345", "6 angka"), ("1234567", "6 angka"), ("12345a", "6 angka"), ("١٢٣٤٥٦", "6 angka"), ("", "6 angka"),
        ("123456", "mudah ditebak"), ("987654", "mudah ditebak"), ("777777", "mudah ditebak"),
        ("121212", "mudah ditebak"), ("123123", "mudah ditebak"), ("112211", "mudah ditebak"),
        ("135791", None), ("170845", "tanggal"), ("450817", "tanggal"), ("311299", "tanggal"), ("274916", None),
    ],
)  # fmt: skip
def test_a_pin_is_hard_for_a_neighbour_to_guess(pin, said):
    if said is None:
        pins.must_be_hard_to_guess(pin)
    else:
        with pytest.raises(NotValid, match=said):
            pins.must_be_hard_to_guess(pin)


@given(st.dates(min_value=date(1930, 1, 1)))
def test_no_day_of_birth_is_a_pin(born):
    for pin in (f"{born:%d%m%y}", f"{born:%y%m%d}"):
        with pytest.raises(NotValid):
            pins.must_be_hard_to_guess(pin)


SPANS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda pair: tuple(sorted(pair))), max_size=4)


@given(SPANS, SPANS)
def test_what_is_common_to_two_scopes_lies_in_both(one, other):
    def points(spans):
        return {point for lo, hi in spans for point in range(lo, hi)}

    assert points(ranges.common(one, other)) == points(one) & points(other)


@pytest.fixture
def officer(tree):
    return person("village_editor", VILLAGE)


@pytest.fixture
def kader(tree):
    return person("cadre", VILLAGE, name="Siti Aminah")


def code_for(officer, account):
    page = signed_in(officer).post(f"/petugas/{account.pk}/perangkat/kode")
    assert page.status_code == 200, page.text
    return page.context["code"]


def enrolled(client, officer, account, pin=PIN):
    answer = client.post("/perangkat/daftar", {"kode": code_for(officer, account), "pin": pin, "ulang": pin})
    assert answer.status_code == 302, answer.text
    return Enrolment.objects.get(account=account, revoked_at=None)


def enter(client, enrolment, pin=PIN):
    return client.post("/pin", {"siapa": enrolment.pk, "pin": pin})


@pytest.mark.django_db
class TestEnrolling:
    def test_an_officers_code_makes_the_telephone_a_key(self, client, officer, kader):
        assert "kode dari petugas" in client.get("/perangkat/daftar").text
        code = code_for(officer, kader)
        answer = client.post("/perangkat/daftar", {"kode": f" {code.lower()} ", "pin": PIN, "ulang": PIN})
        assert answer["Location"] == "/pin"
        cookie = answer.cookies["perangkat"]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 30 * 24 * 3600)
        device = Device.objects.get()
        assert device.token_hash == pins.token_digest(cookie.value)
        assert cookie.value not in str(device.__dict__)
        enrolment = device.enrolments.get()
        assert (enrolment.account, enrolment.regions) == (kader, [VILLAGE])
        assert enrolment.pin.startswith("argon2")
        assert client.session["assurance"] == 2
        assert client.get("/akun/").status_code == 200
        assert AuditEntry.objects.filter(deed="device.enrol", subject=str(enrolment.pk)).exists()

    def test_the_code_is_kept_only_as_a_hash_and_works_once(self, client, officer, kader):
        code = code_for(officer, kader)
        assert codes.tidy(code) not in str(OneTimeCode.objects.values())
        form = {"kode": code, "pin": PIN, "ulang": PIN}
        client.post("/perangkat/daftar", form)
        again = Client().post("/perangkat/daftar", form)
        assert again.status_code == 409
        assert "sudah dipakai" in again.text

    def test_an_old_code_is_refused_in_words(self, client, officer, kader):
        code = code_for(officer, kader)
        OneTimeCode.objects.update(expires_at=now())
        said = client.post("/perangkat/daftar", {"kode": code, "pin": PIN, "ulang": PIN})
        assert "lewat waktunya" in said.text
        assert not Device.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "said"),
        [({"kode": "ABCD-2345"}, "tidak dikenal"), ({"ulang": "111"}, "tidak sama"),
         ({"pin": "123456", "ulang": "123456"}, "mudah ditebak")],
    )  # fmt: skip
    def test_a_mistake_is_told_and_the_code_stays_typed(self, client, officer, kader, changed, said):
        form = {"kode": code_for(officer, kader), "pin": PIN, "ulang": PIN} | changed
        answer = client.post("/perangkat/daftar", form)
        assert answer.status_code == 422
        assert said in answer.text
        assert codes.tidy(form["kode"]) in answer.text
        assert not Enrolment.objects.exists()

    def test_codes_are_not_guessed_without_end(self, client):
        form = {"kode": "ABCD-2345", "pin": PIN, "ulang": PIN}
        answers = [client.post("/perangkat/daftar", form).status_code for _try in range(101)]
        assert answers[-2:] == [422, 429]
        assert "Coba lagi pukul" in client.post("/perangkat/daftar", form).text

    def test_a_new_code_ends_the_former(self, client, officer, kader):
        former, code = code_for(officer, kader), code_for(officer, kader)
        assert client.post("/perangkat/daftar", {"kode": former, "pin": PIN, "ulang": PIN}).status_code == 422
        assert client.post("/perangkat/daftar", {"kode": code, "pin": PIN, "ulang": PIN}).status_code == 302

    def test_enrolling_anew_on_the_same_telephone_changes_the_pin(self, client, officer, kader):
        first = enrolled(client, officer, kader)
        second = enrolled(client, officer, kader, "583016")
        assert first.device_id == second.device_id
        assert "PIN" in enter(client, first).text
        assert enter(client, second, "583016").status_code == 302

    def test_a_role_that_ended_before_the_telephone_was_enrolled_enrols_nothing(self, client, officer, kader):
        code = code_for(officer, kader)
        Grant.objects.filter(account=kader).delete()
        said = client.post("/perangkat/daftar", {"kode": code, "pin": PIN, "ulang": PIN})
        assert "sudah berakhir" in said.text

    def test_a_suspended_persons_code_is_unknown(self, client, officer, kader):
        code = code_for(officer, kader)
        suspend(kader)
        assert client.post("/perangkat/daftar", {"kode": code, "pin": PIN, "ulang": PIN}).status_code == 422

    def test_only_a_kaders_officer_gives_codes(self, officer, kader):
        far = person("village_editor", SIBLING)
        assert signed_in(far).get(f"/petugas/{kader.pk}/perangkat").status_code == 404
        assert signed_in(kader).get(f"/petugas/{kader.pk}/perangkat").status_code == 403
        head = person("village_head", VILLAGE)
        assert signed_in(officer).post(f"/petugas/{head.pk}/perangkat/kode").status_code == 409
        with pytest.raises(Refused):
            actions.invite_device(by=actor(far), at=now(), account=kader, code_hash="x")


@pytest.mark.django_db
class TestThePin:
    def test_it_signs_in_with_full_assurance_and_is_in_the_trail(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        client.post("/keluar/")
        page = client.get("/pin").text
        assert "Siti" in page
        assert "Aminah" not in page
        assert enter(client, enrolment)["Location"] == "/akun/"
        assert client.session["assurance"] == 2
        assert AuditEntry.objects.filter(deed="account.sign_in", detail={"way": "pin"}).exists()

    def test_five_wrong_ones_lock_that_person_there_until_an_officer_opens(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        client.post("/keluar/")
        for left in (4, 3, 2, 1):
            assert f"Sisa percobaan: {left}" in enter(client, enrolment, "000000").text
        assert "terkunci" in enter(client, enrolment, "000000").text
        assert "terkunci" in enter(client, enrolment).text
        assert "PIN terkunci" in client.get("/pin").text
        assert AuditEntry.objects.filter(deed="device.lock").count() == 1
        desk = signed_in(officer)
        assert "Buka kunci PIN" in desk.get(f"/petugas/{kader.pk}/perangkat").text
        desk.post(f"/petugas/{kader.pk}/perangkat/buka", {"perangkat": enrolment.pk})
        assert enter(client, enrolment).status_code == 302

    def test_a_right_one_forgets_the_wrong_ones(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        for _round in range(2):
            for _try in range(4):
                enter(client, enrolment, "000000")
            assert enter(client, enrolment).status_code == 302

    def test_several_people_share_a_telephone_and_change_over(self, client, officer, kader):
        other = person("cadre", VILLAGE, name="Dewi Lestari")
        first, second = enrolled(client, officer, kader), enrolled(client, officer, other, "583016")
        assert first.device_id == second.device_id
        page = client.get("/pin").text
        assert "Siti" in page
        assert "Dewi" in page
        assert "Dewi" in client.get("/akun/").text
        former = client.session.session_key
        enter(client, first)
        assert "Siti Aminah" in client.get("/akun/").text
        assert not Session.objects.filter(session_key=former).exists()
        assert enter(client, second, PIN).status_code == 422
        assert "Ganti orang" in client.get("/akun/").text

    def test_the_former_person_goes_when_another_enrols(self, client, officer, kader):
        enrolled(client, officer, kader)
        former = client.session.session_key
        enrolled(client, officer, person("cadre", VILLAGE), "583016")
        assert not Session.objects.filter(session_key=former).exists()

    def test_signing_out_leads_back_to_the_pin(self, client, officer, kader):
        enrolled(client, officer, kader)
        assert client.post("/keluar/")["Location"] == "/pin"

    def test_a_browser_that_is_not_enrolled_is_told_what_to_do(self, client):
        page = client.get("/pin")
        assert "belum terdaftar" in page.text
        assert client.post("/pin", {"siapa": "x", "pin": PIN}).status_code == 409

    def test_nobody_enters_for_somebody_enrolled_elsewhere(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        elsewhere = Client()
        assert enter(elsewhere, enrolment).status_code == 409
        enrolled(elsewhere, officer, person("cadre", VILLAGE), "583016")
        assert enter(elsewhere, enrolment).status_code == 409

    def test_the_sign_in_page_offers_the_pin_on_such_a_telephone(self, client, officer, kader):
        enrolled(client, officer, kader)
        client.post("/keluar/")
        assert "Masuk dengan PIN di perangkat ini" in client.get("/masuk/").text

    def test_a_lock_of_the_password_does_not_touch_the_telephone(self, client, officer):
        account = with_password("cadre", VILLAGE)
        enrolment = enrolled(client, officer, account)
        client.post("/keluar/")
        for _try in range(6):
            answer = try_password(client, account.username, "bukan ini kata sandinya")
        assert answer.status_code == 429
        assert enter(client, enrolment).status_code == 302

    def test_no_second_factor_is_kept_from_it(self, client, officer, kader):
        enrolled(client, officer, kader)
        assert client.get("/akun/faktor-kedua/aplikasi").status_code == 403
        assert "perangkat itu sendiri" in client.get("/akun/faktor-kedua").text


@pytest.mark.django_db
class TestWhatADeviceOpens:
    def test_only_the_roles_of_the_front_line_whatever_else_the_person_holds(self, client, officer, kader):
        granted(kader, "family_office", "16.05")
        enrolled(client, officer, kader)
        assert client.get("/akun/").context["request"].actor.role.name == "cadre"
        assert client.post("/akun/topi", {"topi": "family_office"}).status_code == 403
        Grant.objects.filter(account=kader, role="cadre").delete()
        assert client.get("/akun/").status_code == 403
        assert client.get("/akun/").context["request"].actor.role.name == "public"
        assert client.get("/petugas/").status_code == 403

    def test_only_the_regions_of_the_enrolment(self, client, officer, kader):
        enrolled(client, officer, kader)
        granted(kader, "cadre", SIBLING)
        by = client.get("/akun/").context["request"].actor
        assert by.covers(VILLAGE)
        assert not by.covers(SIBLING)
        assert by.device == Device.objects.get().pk


def suspend(account):
    account.suspended_at, account.suspended_by, account.suspended_reason = AT, "operator:test", "Cuti"
    account.save()


@pytest.mark.django_db
class TestRevoking:
    def test_it_holds_from_the_next_request_on(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        desk = signed_in(officer)
        answer = desk.post(f"/petugas/{kader.pk}/perangkat/cabut", {"perangkat": enrolment.pk})
        assert answer["Location"] == f"/petugas/{kader.pk}/perangkat"
        assert client.get("/akun/").status_code == 302
        assert client.post("/akun/topi").status_code == 401
        assert "belum terdaftar" in client.get("/pin").text
        assert AuditEntry.objects.filter(deed="device.revoke").exists()
        assert desk.post(f"/petugas/{kader.pk}/perangkat/cabut", {"perangkat": enrolment.pk}).status_code == 404
        assert "Belum ada ponsel" in desk.get(f"/petugas/{kader.pk}/perangkat").text

    def test_a_session_that_is_left_over_is_refused_with_the_reason(self, client, officer, kader):
        enrolled(client, officer, kader)
        Enrolment.objects.update(revoked_at=AT, revoked_by="operator:test")
        assert client.get("/akun/").status_code == 302
        assert "sudah dicabut" in client.get("/masuk/").text

    def test_a_lost_telephone_is_taken_from_everybody(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        enrolled(client, officer, person("cadre", VILLAGE), "583016")
        assert client.get("/device/status").json() == {"ok": True}
        signed_in(officer).post(f"/petugas/{kader.pk}/perangkat/hilang", {"perangkat": enrolment.pk})
        assert client.get("/akun/").status_code == 302
        assert client.get("/device/status").json() == {"wipe": True}
        assert not Enrolment.objects.filter(revoked_at=None).exists()

    def test_ones_own_telephone_is_given_up_at_once(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        assert "Perangkat dengan PIN" in client.get("/akun/").text
        assert client.post(f"/akun/perangkat/{enrolment.pk}/lepas")["Location"] == "/akun/"
        assert client.get("/akun/").status_code == 302

    def test_nobody_gives_up_the_telephone_of_another(self, client, officer, kader):
        enrolment = enrolled(client, officer, kader)
        other = signed_in(person("cadre", VILLAGE))
        assert other.post(f"/akun/perangkat/{enrolment.pk}/lepas").status_code == 404
        with pytest.raises(NotAllowed):
            actions.revoke(by=actor(person("village_editor", SIBLING)), at=AT, enrolment=enrolment)

    def test_thirty_days_unused_end_it(self, client, officer, kader):
        enrolled(client, officer, kader)
        client.post("/keluar/")
        Device.objects.update(seen_at=now() - timedelta(days=30))
        assert "30 hari" in client.get("/pin").text
        assert client.get("/device/status").json() == {"wipe": True}

    def test_use_moves_the_thirty_days_on(self, client, officer, kader):
        enrolled(client, officer, kader)
        Device.objects.update(seen_at=now() - timedelta(days=20))
        session = client.session
        session["seen_at"] = (now() - timedelta(minutes=2)).isoformat()
        session.save()
        client.get("/akun/")
        assert now() - Device.objects.get().seen_at < timedelta(minutes=1)


@pytest.mark.django_db
class TestTheStatusOfADevice:
    def test_a_token_is_shown_as_bearer_and_no_cookie_comes_of_it(self, client, officer, kader):
        enrolled(client, officer, kader)
        token = client.cookies["perangkat"].value
        answer = Client().get("/device/status", headers={"authorization": f"Bearer {token}"})
        assert answer.json() == {"ok": True}
        assert not answer.cookies
        assert "no-store" in answer["Cache-Control"]

    def test_a_bearer_is_no_way_to_any_page(self, client, officer, kader):
        enrolled(client, officer, kader)
        headers = {"authorization": f"Bearer {client.cookies['perangkat'].value}"}
        answer = Client().get("/akun/", headers=headers)
        assert answer.status_code == 302
        assert not answer.cookies
        assert Client().post("/akun/topi", headers=headers).status_code == 401

    def test_without_a_token_it_is_closed(self, client):
        assert client.get("/device/status").status_code == 401

    def test_an_unknown_token_is_told_to_wipe(self, client):
        assert client.get("/device/status", headers={"authorization": "Bearer x"}).json() == {"wipe": True}

    def test_a_device_whose_people_are_all_suspended_is_told_to_wipe(self, client, officer, kader):
        enrolled(client, officer, kader)
        suspend(kader)
        assert client.get("/device/status").json() == {"wipe": True}
        assert client.get("/akun/").status_code == 403


@pytest.mark.django_db
def test_an_officer_opens_a_locked_password_on_the_same_page(client, tree):
    account = with_password("field_officer", "16.05.02")
    for _try in range(5):
        try_password(client, account.username, "bukan ini kata sandinya")
    assert try_password(client, account.username).status_code == 429
    desk = signed_in(person("family_office", "16.05"))
    assert "dibuka" in desk.post(f"/petugas/{account.pk}/kunci").text
    assert try_password(client, account.username).status_code == 302
