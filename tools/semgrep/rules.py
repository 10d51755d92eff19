"""Planted examples for rules.yml; never imported. the line after `ruleid:` must fire, after `ok:` not."""


def b2(rows, cursor, year):
    # ruleid: b2-sql-from-text
    rows.raw("SELECT 1")
    # ruleid: b2-sql-from-text
    rows.extra(where=[year])
    # ruleid: b2-sql-from-text
    cursor.execute(f"SELECT * FROM t WHERE y = {year}")
    # ruleid: b2-sql-from-text
    cursor.execute("SELECT * FROM t WHERE y = %s" % year)
    # ruleid: b2-sql-from-text
    cursor.execute("SELECT * FROM t WHERE y = " + year)
    # ok: b2-sql-from-text
    cursor.execute("SELECT * FROM t WHERE y = %s", [year])


def b3(request, rows):
    # ruleid: b3-names-from-the-request
    rows.filter(**request.GET.dict())
    # ruleid: b3-names-from-the-request
    rows.order_by(request.GET["sort"])
    # ruleid: b3-names-from-the-request
    rows.values(request.GET.get("column"))
    # ok: b3-names-from-the-request
    rows.order_by(ORDERS[request.GET["sort"]])
    # ok: b3-names-from-the-request
    ORDERS.get(request.GET.get("sort"))
    # ok: b3-names-from-the-request
    rows.filter(name=request.GET["name"])


def b4(request):
    name = request.GET["file"]
    # ruleid: b4-file-by-a-path-from-the-request
    open("/srv/" + name)
    # ok: b4-file-by-a-path-from-the-request
    open(FILES[UUID(name)])


def b5(text):
    # ruleid: b5-unescaped-html
    return mark_safe(text)


def b8(request):
    # ruleid: b8-identity-from-a-parameter
    request.POST["user"]
    # ruleid: b8-identity-from-a-parameter
    request.GET.get("assurance", 1)
    # ok: b8-identity-from-a-parameter
    request.POST["name"]


# ruleid: b9-csrf-switched-off
@csrf_exempt
def b9(request):
    return None


def b11(response):
    # ruleid: b11-cookie-without-guards
    response.set_cookie("device", "x")
    # ok: b11-cookie-without-guards
    response.set_cookie("device", "x", httponly=True, secure=True, samesite="Strict")


def b13():
    # ruleid: b13-secret-in-the-code
    password = "rahasia123"
    # ok: b13-secret-in-the-code
    password = make()
    return password


# ruleid: b14-xml-without-defusedxml
import xml.etree.ElementTree

# ok: b14-xml-without-defusedxml
import defusedxml.ElementTree

# ruleid: b15-calls-out
import requests


def b15(address):
    # ruleid: b15-calls-out
    return urlopen(address)


def b17(data):
    # ruleid: b17-unsafe-reading
    pickle.loads(data)
    # ruleid: b17-unsafe-reading
    eval(data)
    # ok: b17-unsafe-reading
    json.loads(data)
    # ruleid: b17-shell
    subprocess.run(data, shell=True)
    # ok: b17-shell
    subprocess.run(["ls", data])


# ruleid: b19-cache-of-one-process
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def b20(Family):
    # ruleid: b20-around-the-scope
    Family._base_manager.all()
    # ruleid: b20-around-the-scope
    QuerySet(Family)
    # ok: b20-around-the-scope
    Family.objects.all()


def b21(request, rows):
    # ruleid: b21-regex-from-the-request
    re.search(request.GET["pattern"], "text")
    # ruleid: b21-regex-look-up
    rows.filter(name__iregex="x")
    # ok: b21-regex-look-up
    rows.filter(name__icontains="x")


# ruleid: b22-shared-cache-of-a-page
page = cache_page(60)(view)


def b23(request, response):
    # ruleid: b23-file-name-in-a-header
    response["Content-Disposition"] = "attachment; filename=" + request.GET["name"]


def b23_quoted(request, response):
    # ok: b23-file-name-in-a-header
    response["Content-Disposition"] = content_disposition_header(True, request.GET["name"])
