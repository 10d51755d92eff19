from django.urls import path

from balai.privacy.views import cases, desk, leaving, mine, register

app_name = "privacy"
urlpatterns = [
    path("hak-warga/", desk.requests, name="requests"),
    path("hak-warga/baru", desk.who, name="who"),
    path("hak-warga/baru/<uuid:person>", desk.what, name="what"),
    path("hak-warga/ekspor.csv", desk.export, name="export"),
    path("hak-warga/pemrosesan", register.processing, name="processing"),
    path("hak-warga/pemrosesan.json", register.processing_json, name="processing_json"),
    path("hak-warga/<uuid:pk>", cases.show, name="request"),
    path("hak-warga/<uuid:pk>/putusan", cases.decide, name="decide"),
    path("hak-warga/<uuid:pk>/cabut", cases.withdraw, name="withdraw"),
    path("hak-warga/<uuid:pk>/angkat", cases.lift, name="lift"),
    path("hak-warga/<uuid:pk>/perbaiki", cases.correct, name="correct"),
    path("hak-warga/<uuid:pk>/laporan", cases.report, name="report"),
    path("hak-warga/<uuid:pk>/surat", cases.letter, name="letter"),
    path("akun/data", mine.mine, name="mine"),
    path("petugas/<uuid:pk>/hapus", leaving.leaving, name="erase_account"),
]
