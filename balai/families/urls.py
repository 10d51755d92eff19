from django.urls import path

from balai.families.views import assigning, editing, family, lists, numbers, past, search

app_name = "families"
urlpatterns = [
    path("keluarga/", lists.villages, name="villages"),
    path("keluarga/cari", search.search, name="search"),
    path("keluarga/cari-nomor", numbers.look_up, name="look_up"),
    path("keluarga/desa/<code>", lists.village, name="village"),
    path("keluarga/desa/<code>/tambah", editing.add, name="add"),
    path("keluarga/<uuid:pk>", family.family, name="family"),
    path("keluarga/<uuid:pk>/ubah", editing.correct, name="correct"),
    path("keluarga/<uuid:pk>/anggota", editing.member, name="member"),
    path("keluarga/<uuid:pk>/anggota/<uuid:person>", editing.person, name="person"),
    path("petugas/<uuid:pk>/keluarga", assigning.assigned, name="assigned"),
    path("keluarga/<uuid:pk>/pada", past.on_day, name="on_day"),
    path("keluarga/<uuid:pk>/nomor/<uuid:number>", family.reveal, name="reveal"),
]
