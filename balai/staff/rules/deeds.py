"""What happened to an account, in the words of its history."""

from balai.base.words import sentence

DEEDS = {
    "account.create": sentence("Akun dibuat"),
    "account.correct": sentence("Data akun diperbaiki"),
    "account.invite": sentence("Diundang dengan kode sekali pakai"),
    "account.password": sentence("Kata sandi dibuat atau diganti"),
    "account.second_factor": sentence("Faktor kedua diubah"),
    "account.factor_reset": sentence("Faktor kedua dihapus petugas"),
    "account.sign_in": sentence("Masuk"),
    "account.sign_out": sentence("Keluar"),
    "account.sessions_end": sentence("Sesi lain diakhiri"),
    "account.lock": sentence("Terkunci karena salah sandi berulang"),
    "account.unlock": sentence("Kunci dibuka petugas"),
    "account.suspend": sentence("Ditangguhkan"),
    "account.resume": sentence("Dipulihkan"),
    "account.move": sentence("Dipindahkan"),
    "account.handover": sentence("Penugasan diserahkan"),
    "code.wrong": sentence("Kode undangan keliru"),
    "device.invite": sentence("Diberi kode untuk perangkat"),
    "grant.give": sentence("Diberi penugasan"),
    "grant.end": sentence("Penugasan diakhiri"),
    "grant.confirm": sentence("Penugasan ditinjau dan tetap berlaku"),
    "grant.assign": sentence("Diberi keluarga dampingan"),
    "grant.unassign": sentence("Keluarga dampingan dikurangi"),
}
