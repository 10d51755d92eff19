from django.urls import path

from balai.staff.views import deeds, handover, lists, people, roles

app_name = "staff"
urlpatterns = [
    path("petugas/", people.people, name="people"),
    path("petugas/daftar.<str:kind>", people.export, name="people_export"),
    path("petugas/baru", deeds.create_person, name="person_new"),
    path("petugas/impor", lists.importing, name="people_import"),
    path("petugas/impor/templat.xlsx", lists.blank, name="people_template"),
    path("petugas/impor/terapkan", lists.apply, name="people_apply"),
    path("petugas/<uuid:pk>", people.person, name="person"),
    path("petugas/<uuid:pk>/ubah", deeds.correction, name="person_correct"),
    path("petugas/<uuid:pk>/undang", deeds.invite, name="person_invite"),
    path("petugas/<uuid:pk>/tangguhkan", deeds.suspend, name="person_suspend"),
    path("petugas/<uuid:pk>/pulihkan", deeds.resume, name="person_resume"),
    path("petugas/<uuid:pk>/penugasan", deeds.grant, name="grant_give"),
    path("petugas/<uuid:pk>/penugasan/akhiri", deeds.end_grant, name="grant_end"),
    path("petugas/<uuid:pk>/penugasan/tinjau", deeds.review, name="grant_review"),
    path("petugas/<uuid:pk>/pindah", deeds.moving, name="person_move"),
    path("petugas/<uuid:pk>/serah-terima", handover.handover, name="handover"),
    path("peran", roles.roles, name="roles"),
]
