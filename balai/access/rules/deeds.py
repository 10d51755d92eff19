"""What the codes of the trail mean to a person who reads it."""

from balai.access.rules.matters import Matter
from balai.access.rules.roles import OPERATOR, PUBLIC, ROLES
from balai.base.words import sentence

DEEDS = {
    "account.correct": sentence("membetulkan data petugas"),
    "account.create": sentence("membuat akun"),
    "account.export": sentence("mengunduh daftar petugas"),
    "account.factor_reset": sentence("menghapus faktor kedua petugas"),
    "account.handover": sentence("menyerahterimakan tugas"),
    "account.import": sentence("memasukkan daftar petugas"),
    "account.invite": sentence("mengundang petugas"),
    "account.lock": sentence("akun terkunci"),
    "account.move": sentence("memindahkan petugas"),
    "account.password": sentence("mengganti kata sandi"),
    "account.resume": sentence("mengaktifkan lagi akun"),
    "account.second_factor": sentence("mengubah faktor kedua"),
    "account.sessions_end": sentence("mengakhiri semua sesi"),
    "account.sign_in": sentence("masuk"),
    "account.sign_out": sentence("keluar"),
    "account.suspend": sentence("menangguhkan akun"),
    "account.unlock": sentence("membuka kunci akun"),
    "activities.record": sentence("mencatat kegiatan instansi"),
    "answers.record": sentence("mencatat jawaban profil"),
    "breach.letter": sentence("membuka draf surat pemberitahuan"),
    "breach.list": sentence("membuka daftar orang terdampak"),
    "classification.run": sentence("menghitung kelas desa"),
    "code.wrong": sentence("salah memasukkan kode"),
    "device.enrol": sentence("mendaftarkan perangkat"),
    "device.invite": sentence("memberi kode pendaftaran perangkat"),
    "device.lock": sentence("PIN perangkat terkunci"),
    "device.lost": sentence("melaporkan perangkat hilang"),
    "device.revoke": sentence("mencabut perangkat"),
    "device.unlock": sentence("membuka kunci perangkat"),
    "family.add": sentence("mencatat keluarga"),
    "family.arrive": sentence("menerima keluarga pindahan"),
    "family.correct": sentence("membetulkan data keluarga"),
    "family.count": sentence("membuka jumlah keluarga"),
    "family.export": sentence("mengunduh daftar keluarga"),
    "family.form": sentence("membuka isian keluarga"),
    "family.leave": sentence("mencatat keluarga keluar"),
    "family.list": sentence("membuka daftar keluarga"),
    "family.move": sentence("memindahkan keluarga"),
    "family.view": sentence("membuka halaman keluarga"),
    "grant.assign": sentence("menugaskan keluarga"),
    "grant.confirm": sentence("memastikan peran"),
    "grant.end": sentence("mengakhiri peran"),
    "grant.give": sentence("memberi peran"),
    "grant.unassign": sentence("mencabut penugasan keluarga"),
    "import.profile": sentence("memasukkan lembar profil"),
    "import.siga": sentence("memasukkan data SIGA"),
    "keys.rotate": sentence("mengganti kunci data"),
    "keys.rotate_index": sentence("mengganti kunci indeks"),
    "keys.rotate_kek": sentence("mengganti kunci induk"),
    "number.reveal": sentence("membuka nomor lengkap"),
    "number.search": sentence("mencari nomor"),
    "person.add": sentence("mencatat orang"),
    "person.correct": sentence("membetulkan data orang"),
    "person.erase": sentence("menghapus data orang"),
    "person.replay": sentence("mengulang penghapusan setelah pemulihan"),
    "person.report": sentence("membuat laporan data orang"),
    "refused": sentence("ditolak"),
    "regions.load": sentence("memuat wilayah"),
    "request.correct": sentence("memperbaiki data atas permintaan warga"),
    "request.follow": sentence("memindahkan permintaan warga yang pindah"),
    "request.form": sentence("membuka isian permintaan warga"),
    "request.grant": sentence("mengabulkan permintaan warga"),
    "request.letter": sentence("membuka surat jawaban warga"),
    "request.lift": sentence("mengangkat pembatasan data"),
    "request.list": sentence("membuka daftar permintaan warga"),
    "request.read": sentence("membuka permintaan warga"),
    "request.receive": sentence("menerima permintaan warga"),
    "request.refuse": sentence("menolak permintaan warga"),
    "request.search": sentence("mencari orang untuk permintaan warga"),
    "request.withdraw": sentence("mencatat pencabutan permintaan warga"),
    "retention.run": sentence("menjalankan jadwal penghapusan"),
    "system.setup": sentence("menyiapkan sistem"),
    "system.setup_code": sentence("membuat kode persiapan"),
    "trail.export": sentence("mengunduh jejak"),
    "trail.forget": sentence("mengosongkan nilai di jejak"),
    "trail.read": sentence("membuka jejak"),
    "trail.seal": sentence("menyegel jejak"),
    "walls.raise": sentence("memasang dinding basis data"),
}

MATTERS = {
    Matter.VILLAGE: sentence("fakta desa"),
    Matter.STAFF: sentence("nama dan telepon petugas"),
    Matter.NAMES: sentence("nama, alamat, tanggal lahir, dan hubungan keluarga"),
    Matter.NUMBER: sentence("nomor NIK atau KK"),
    Matter.CHILD_GROWTH: sentence("pertumbuhan anak"),
    Matter.HEALTH: sentence("kesehatan dan kehamilan"),
    Matter.CONTRACEPTION: sentence("pemakaian kontrasepsi"),
    Matter.POVERTY: sentence("status kemiskinan"),
}
MASKED_NUMBER = sentence("empat angka terakhir nomor NIK atau KK")


def hat_title(hat: str) -> str:
    """The title of the role that was worn."""
    name = hat.partition("@")[0]
    known = {OPERATOR.name: OPERATOR, PUBLIC.name: PUBLIC, **ROLES}
    return known[name].title if name in known else name


def reached_data(matters: set[Matter], deeds: set[str]) -> list[str]:
    """What was open to whoever did these deeds: pages show a number by its last four, its own deeds show all of it."""
    whole = any(deed.split(".")[0] == "number" for deed in deeds)
    return [MASKED_NUMBER if matter is Matter.NUMBER and not whole else MATTERS[matter] for matter in sorted(matters)]
