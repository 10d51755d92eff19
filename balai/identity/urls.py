from django.urls import path

from balai.identity.views import doubles, papers, twins

app_name = "identity"
urlpatterns = [
    path("keluarga/<uuid:pk>/keluar", doubles.double, name="double"),
    path("keluarga/<uuid:pk>/keluar/batal", doubles.undo, name="undo_double"),
    path("keluarga/<uuid:pk>/anggota/<uuid:person>/dokumen", papers.papers, name="papers"),
    path("keluarga/<uuid:pk>/anggota/<uuid:person>/kembar", twins.twin, name="twin"),
    path("keluarga/<uuid:pk>/anggota/<uuid:person>/pisah", twins.part, name="part"),
]
