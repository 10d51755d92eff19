from django.urls import path

from balai.exports.views import asking, fetching, judging, lists, tracing

app_name = "exports"
urlpatterns = [
    path("unduhan/", lists.mine, name="mine"),
    path("unduhan/desa/<code>", lists.village, name="village"),
    path("unduhan/baru/<slug:what>", asking.new, name="ask"),
    path("unduhan/persetujuan", judging.desk, name="desk"),
    path("unduhan/asal", tracing.origin, name="origin"),
    path("unduhan/<uuid:pk>", lists.one, name="one"),
    path("unduhan/<uuid:pk>/putusan", judging.judge, name="judge"),
    path("unduhan/<uuid:pk>/sandi", fetching.password, name="password"),
    path("unduhan/<uuid:pk>/berkas", fetching.file, name="file"),
]
