from django.urls import path

from balai.aid.views import importing, lists, recording, village

app_name = "aid"
urlpatterns = [
    path("bantuan/desa/<code>", village.village, name="village"),
    path("bantuan/desa/<code>/impor", importing.importing, name="import"),
    path("bantuan/desa/<code>/impor/terapkan", importing.apply, name="apply"),
    path("bantuan/desa/<code>/impor/cabut", importing.undo, name="undo_file"),
    path("bantuan/desa/<code>/berkas/<uuid:pk>", importing.file, name="file"),
    path("bantuan/keluarga/<uuid:pk>/catat", recording.record, name="record"),
    path("bantuan/<uuid:pk>/ubah", recording.correct, name="correct"),
    path("bantuan/<uuid:pk>/akhiri", recording.end, name="end"),
    path("bantuan/<uuid:pk>/urungkan", recording.undo, name="undo"),
    path("daftar-lain/", lists.history, name="lists"),
    path("daftar-lain/bawa", lists.bring, name="bring"),
    path("daftar-lain/<uuid:pk>", lists.version, name="list"),
    path("daftar-lain/<uuid:pk>/terapkan", lists.apply, name="list_apply"),
    path("daftar-lain/<uuid:pk>/cabut", lists.remove, name="list_remove"),
    path("daftar-lain/<uuid:pk>/cocokkan", lists.matching, name="desk"),
    path("daftar-lain/<uuid:pk>/cocokkan-lagi", lists.again, name="again"),
]
