"""What matters, rights, levels and permissions are called on the page of roles."""

from balai.access.rules import Matter, Permission, Reach, Right
from balai.base.words import sentence

MATTERS = {
    Matter.VILLAGE: sentence("Profil desa"),
    Matter.STAFF: sentence("Petugas"),
    Matter.NAMES: sentence("Nama dan alamat keluarga"),
    Matter.NUMBER: sentence("NIK dan nomor KK"),
    Matter.CHILD_GROWTH: sentence("Tumbuh kembang anak"),
    Matter.HEALTH: sentence("Kesehatan dan kehamilan"),
    Matter.CONTRACEPTION: sentence("KB"),
    Matter.POVERTY: sentence("Kemiskinan"),
    Matter.WELFARE: sentence("Kehidupan dan bantuan keluarga"),
}
RIGHTS = {
    Right.NONE: sentence("tidak"),
    Right.AGGREGATE: sentence("jumlah saja"),
    Right.MASKED: sentence("tersamar"),
    Right.REASON: sentence("dengan alasan, satu jam"),
    Right.READ: sentence("baca"),
    Right.WRITE: sentence("baca dan tulis"),
}
REACHES = {
    Reach.NATION: sentence("seluruh Indonesia"),
    Reach.PROVINCE: sentence("provinsi"),
    Reach.KABUPATEN: sentence("kabupaten/kota"),
    Reach.KECAMATAN: sentence("kecamatan"),
    Reach.VILLAGE: sentence("desa/kelurahan"),
    Reach.BELOW: sentence("RT, RW, atau posyandu"),
}
# What a permission lets somebody do, in their words: on the page of roles and on one's own account.
PERMISSIONS = {
    Permission.FAMILY_VIEW: sentence("Melihat keluarga"),
    Permission.FAMILY_EDIT: sentence("Mencatat dan mengubah keluarga"),
    Permission.FAMILY_VERIFY: sentence("Memeriksa dan mengesahkan data keluarga"),
    Permission.EXPORT_APPROVE: sentence("Menyetujui unduhan besar atau peka petugas lain"),
    Permission.NUMBER_REVEAL: sentence("Membuka NIK atau nomor KK selama satu jam, dengan alasan"),
    Permission.VILLAGE_EDIT: sentence("Mengisi profil kampung"),
    Permission.IMPORT_APPLY: sentence("Memasukkan berkas data"),
    Permission.CLASSIFY: sentence("Menghitung kelas desa"),
    Permission.REGIONS_LOAD: sentence("Memuat pohon wilayah"),
    Permission.REGIONS_EDIT: sentence("Mengubah wilayah"),
    Permission.ACCOUNT_VIEW: sentence("Melihat daftar petugas"),
    Permission.ACCOUNT_MANAGE: sentence("Mengundang, memindahkan, dan menangguhkan petugas"),
    Permission.DEVICE_ENROL: sentence("Mendaftarkan dan mencabut perangkat kader"),
    Permission.FACTOR_RESET: sentence("Menghapus faktor kedua petugas yang kehilangan ponselnya"),
    Permission.AUDIT_READ: sentence("Membaca jejak perbuatan"),
    Permission.RIGHTS_RECEIVE: sentence("Menerima permintaan warga atas datanya"),
    Permission.RIGHTS_DECIDE: sentence("Memutuskan permintaan warga atas datanya"),
    Permission.KEYS_ROTATE: sentence("Mengganti kunci penyegel"),
    Permission.SYSTEM_SETUP: sentence("Menyiapkan sistem"),
}
