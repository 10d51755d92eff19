from django.urls import path

from balai.measurements.views import child, recording, sheet, village

app_name = "measurements"
urlpatterns = [
    path("anak/<uuid:pk>/tumbuh", child.child, name="child"),
    path("anak/<uuid:pk>/tumbuh/urungkan", recording.undo, name="undo"),
    path("anak/<uuid:pk>/ukur", recording.record, name="record"),
    path("ukuran/<uuid:pk>/ubah", recording.correct, name="correct"),
    path("ukuran/<uuid:pk>/hapus", recording.remove, name="remove"),
    path("balita/desa/<code>", village.village, name="village"),
    path("balita/desa/<code>/ukur", sheet.sheet, name="sheet"),
]
