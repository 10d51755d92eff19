from django.urls import path

from balai.facilities.views import editing, importing, lists

app_name = "facilities"
urlpatterns = [
    path("fasilitas/desa/<code>", lists.village, name="village"),
    path("fasilitas/desa/<code>/ekspor.<kind>", lists.export, name="export"),
    path("fasilitas/desa/<code>/tambah", editing.add, name="add"),
    path("fasilitas/desa/<code>/impor", importing.importing, name="import"),
    path("fasilitas/desa/<code>/impor/terapkan", importing.apply, name="apply"),
    path("fasilitas/<uuid:pk>/ubah", editing.correct, name="correct"),
    path("fasilitas/<uuid:pk>/tutup", editing.close, name="close"),
    path("fasilitas/<uuid:pk>/buka-lagi", editing.reopen, name="reopen"),
]
