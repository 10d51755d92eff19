from django.urls import path

from balai.accounts.views import devices, own, setup, signin

app_name = "accounts"

own_account = [
    path("akun/", own.home, name="home"),
    path("akun/topi", own.hat, name="hat"),
    path("akun/kata-sandi", own.password, name="password"),
    path("akun/sesi", own.sessions, name="sessions"),
    path("akun/perangkat/<uuid:pk>/lepas", own.leave_device, name="leave_device"),
    path("akun/faktor-kedua", own.second_factor, name="second_factor"),
]
with_code_or_pin = [
    path("undangan", setup.invitation, name="invitation"),
    path("persiapan", setup.setup, name="setup"),
    path("perangkat/daftar", devices.enrol, name="enrol"),
    path("pin", devices.pin, name="pin"),
    path("device/status", devices.device_status, name="device_status"),
]
ways_in = [
    path("petugas/<uuid:pk>/perangkat", devices.devices, name="devices"),
    path("petugas/<uuid:pk>/perangkat/kode", devices.new_code, name="device_code"),
    path("petugas/<uuid:pk>/perangkat/buka", devices.unlock, name="device_unlock"),
    path("petugas/<uuid:pk>/perangkat/cabut", devices.revoke, name="device_revoke"),
    path("petugas/<uuid:pk>/perangkat/hilang", devices.lost, name="device_lost"),
    path("petugas/<uuid:pk>/kunci", devices.unlock_account, name="unlock"),
    path("petugas/<uuid:pk>/faktor-kedua", devices.factor, name="factor_reset"),
]

urlpatterns = [*own_account, *with_code_or_pin, *ways_in]

# allauth asks for its own names, without the room's before them; `config.urls` takes these apart.
library = [
    path("masuk/", signin.sign_in, name="account_login"),
    path("masuk/kunci-sandi", signin.passkey_sign_in, name="mfa_login_webauthn"),
    path("masuk/faktor-kedua", signin.second_step, name="mfa_authenticate"),
    path("masuk/ditangguhkan", signin.suspended, name="account_inactive"),
    path("keluar/", signin.sign_out, name="account_logout"),
    path("akun/ulang", signin.again, name="account_reauthenticate"),
    path("akun/ulang/kode", signin.again_by_code, name="mfa_reauthenticate"),
    path("akun/ulang/kunci-sandi", signin.again_by_passkey, name="mfa_reauthenticate_webauthn"),
    path("akun/faktor-kedua/semua", signin.all_factors, name="mfa_index"),
    path("akun/faktor-kedua/semua", signin.all_factors, name="mfa_list_webauthn"),
    path("akun/faktor-kedua/aplikasi", signin.add_generator, name="mfa_activate_totp"),
    path("akun/faktor-kedua/aplikasi/hapus", signin.remove_generator, name="mfa_deactivate_totp"),
    path("akun/faktor-kedua/kunci-sandi", signin.add_passkey, name="mfa_add_webauthn"),
    path("akun/faktor-kedua/kunci-sandi/<int:pk>/hapus", signin.remove_passkey, name="mfa_remove_webauthn"),
    path("akun/faktor-kedua/kode-cadangan", signin.recovery_codes, name="mfa_view_recovery_codes"),
    path("akun/faktor-kedua/kode-cadangan/baru", signin.new_recovery_codes, name="mfa_generate_recovery_codes"),
]
