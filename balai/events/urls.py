from django.urls import path

from balai.events.views import arriving, forms, lists, returning

app_name = "events"
urlpatterns = [
    path("keluarga/<uuid:pk>/peristiwa/<kind>", forms.form, name="form"),
    path("keluarga/<uuid:pk>/peristiwa/<uuid:event>/batal", forms.undo, name="undo"),
    path("peristiwa/desa/<code>", lists.village, name="village"),
    path("peristiwa/desa/<code>/datang", arriving.family, name="arriving"),
    path("peristiwa/desa/<code>/kembali", returning.person, name="returning"),
]
