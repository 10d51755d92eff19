from django.urls import path

from balai.rosters.views import lists, placing, results, rows

app_name = "rosters"
urlpatterns = [
    path("impor/", lists.start, name="start"),
    path("impor/templat.xlsx", lists.template, name="template"),
    path("impor/desa/<code>", lists.upload, name="upload"),
    path("impor/desa/<code>/tanpa-rt", placing.unplaced, name="unplaced"),
    path("impor/<uuid:pk>", results.roster, name="roster"),
    path("impor/<uuid:pk>/kolom", lists.columns, name="columns"),
    path("impor/<uuid:pk>/ditolak.<kind>", results.refused, name="refused"),
    path("impor/<uuid:pk>/terapkan", results.apply, name="apply"),
    path("impor/<uuid:pk>/setujui", results.approve, name="approve"),
    path("impor/<uuid:pk>/batal", results.discard, name="discard"),
    path("impor/<uuid:pk>/urungkan", results.undo, name="undo"),
    path("impor/<uuid:pk>/baris/<uuid:row>", rows.row, name="row"),
    path("impor/<uuid:pk>/baris/<uuid:row>/keputusan", rows.decide, name="decide"),
]
