import gzip
import json

import pytest

from balai.access.models import AuditEntry
from balai.base.errors import NotValid
from balai.regions import actions, inputs
from balai.regions.models import Boundary
from tests.regions.drawn import rows

SQUARE = [[[119, -3], [119.1, -3], [119.1, -2.9], [119, -2.9], [119, -3]]]
TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.1, 0.1], "translate": [119, -3]},
    "objects": {
        "desa": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"KODE": "7605031001", "NAMA": "Mosso"}},
                {"type": "MultiPolygon", "arcs": [[[-1, 2]]], "properties": {"KODE": "76.05.03.1002"}},
            ],
        },
        "lain": {"type": "Polygon", "arcs": [[0, 1]], "properties": {"code": "76.05.03"}},
    },
    "arcs": [[[0, 0], [0, 10]], [[0, 10], [-10, 0], [0, -10], [10, 0]], [[0, 0], [10, 0], [0, 10], [-10, 0]]],
}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(coordinates):
    return {"type": "Polygon", "coordinates": coordinates}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.fixture
def write(tmp_path):
    def file(content):
        path = tmp_path / "batas.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return file


@pytest.fixture
def load(tree, who, write):
    return lambda content, **more: actions.load_boundaries(**who, path=write(content), **more)


def test_topojson_is_decoded_and_stored_by_code(load):
    report = load(TOPOLOGY, source="BIG")
    assert report == {"matched": 3, "stored": 3, "unchanged": 0, "unmatched": [], "invalid": []}
    outline = Boundary.objects.get(place="76.05.03.1001")
    corners = {tuple(point) for point in outline.rings[0][0]}
    assert corners == {(119, -3), (119, -2), (118, -2), (118, -3)}
    assert outline.source == "BIG"
    east = {tuple(point) for point in Boundary.objects.get(place="76.05.03.1002").rings[0][0]}
    assert east == {(119, -3), (119, -2), (120, -2), (120, -3)}


def test_the_same_file_again_changes_nothing_and_another_replaces(load):
    load(TOPOLOGY)
    assert load(TOPOLOGY)["unchanged"] == 3
    assert AuditEntry.objects.filter(deed="regions.boundaries").count() == 1
    assert load(collection(feature(polygon(SQUARE), code="76.05.03")))["stored"] == 1
    assert Boundary.objects.get(place="76.05.03").rings[0][0][0] == [119.0, -3.0]
    assert Boundary.objects.count() == 3


def test_what_does_not_match_and_what_cannot_be_drawn_is_reported(load):
    metres = [[[9_000_000, 1], [9_000_001, 1], [9_000_001, 2], [9_000_000, 1]]]
    report = load(
        collection(
            feature(polygon(SQUARE), code="76.05.03", name="Sendana"),
            feature(polygon(SQUARE), code="76.99", WADMKK="Entah"),
            feature(polygon(SQUARE), name="Tanpa kode"),
            feature(None, code="76.05.03.1001"),
            feature({"type": "Point", "coordinates": [1, 2]}, code="76.05.03.1002", nama="Titik"),
            feature(polygon(metres), code="76.05.01"),
            feature(polygon([SQUARE[0][:2]]), code="76.05.02"),
            feature(polygon([]), code="76.05.04"),
        )
    )
    assert (report["matched"], report["unmatched"]) == (1, [(2, "76.99", "Entah"), (3, "", "Tanpa kode")])
    assert [(position, name) for position, _code, name in report["invalid"]] == [
        (4, ""), (5, "Titik"), (6, ""), (7, ""), (8, ""),
    ]  # fmt: skip


def test_an_open_ring_is_closed_a_bad_hole_left_out_and_pieces_joined(load):
    bad_hole = [[119.01, -2.99], [119.02, -2.99]]
    load(
        collection(
            feature(polygon([SQUARE[0][:-1], bad_hole]), code="76.05.03"),
            feature(polygon([[[120, -3], [120.1, -3], [120.1, -2.9], [120, -3]]]), code="76.05.03"),
        )
    )
    rings = Boundary.objects.get(place="76.05.03").rings
    assert [len(polygon) for polygon in rings] == [1, 1]
    assert rings[0][0][0] == rings[0][0][-1]


COLUMNS = """
properties                                            | code
------------------------------------------------------+--------------
{"code": "76.05"}                                     | 76.05
{"KODE": 7605031001}                                  | 76.05.03.1001
{"Kode": 7605.0}                                      | 76.05
{"kode_desa": "7605031001"}                           | 76.05.03.1001
{"KDPPUM": "76", "KDPKAB": "76.05", "KDCPUM": "76.05.03", "KDEPUM": "76.05.03.1001"} | 76.05.03.1001
{"KDPPUM": "76", "KDPKAB": "76.05", "KDCPUM": "", "KDEPUM": null}                    | 76.05
{"OBJECTID": 7605, "nama": "Majene"}                  | none
{"code": "Majene"}                                    | none
{"code": ["76"]}                                      | none
"""


@pytest.mark.parametrize("row", rows(COLUMNS), ids=lambda row: row["properties"])
def test_the_code_is_read_from_the_columns_that_offices_use(write, row):
    known = feature(polygon(SQUARE), code="76")
    file = write(collection(known, feature(polygon(SQUARE), **json.loads(row["properties"]))))
    assert (inputs.read_outlines(file)[1].code or "none") == row["code"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("not json", "bukan JSON"),
        ("[1, 2]", "bukan GeoJSON"),
        ({"type": "Feature"}, "bukan GeoJSON"),
        ({"type": "FeatureCollection"}, "rusak"),
        ({"type": "FeatureCollection", "features": [1]}, "rusak"),
        (collection(feature(polygon("abc"), code="76")), "rusak"),
        (collection(feature(polygon([[]]), code="76")), "rusak"),
        ({**TOPOLOGY, "arcs": []}, "rusak"),
        (collection(feature(polygon(SQUARE), nama="Majene")), "Tidak ada kode"),
        (collection(feature(polygon(SQUARE), code="99")), "Tidak satu pun dari 1 bidang"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do_and_changes_nothing(load, content, said):
    with pytest.raises(NotValid) as refusal:
        load(content)
    assert said in str(refusal.value)
    assert not Boundary.objects.exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(NotValid):
        inputs.read_outlines(tmp_path / "none.json")


def test_topojson_without_a_transform_holds_plain_points(write):
    plain = {**TOPOLOGY, "arcs": [[[119, -3], [119, -2]], [[119, -2], [118, -2], [119, -3]], [[119, -3], [120, -2]]]}
    del plain["transform"]
    ring = inputs.read_outlines(write(plain))[0].polygons[0][0]
    assert ring.tolist() == [[119, -3], [119, -2], [118, -2], [119, -3]]


REAL = [("62.13", "desa_62.13_barito_timur", 103), ("61.04", "desa_61.04_ketapang", 262),
        ("16.05", "desa_16.05_musi_rawas", 199), ("81.01", "desa_81.01_maluku_tengah", 192),
        ("81.01", "kecamatan_81.01_maluku_tengah", 18)]  # fmt: skip


@pytest.mark.parametrize(("region", "name", "count"), REAL, ids=[name for _region, name, _count in REAL])
def test_real_outlines_all_match_and_stay_small_on_a_page(tree, who, shared_data, region, name, count):
    file = shared_data / "boundaries" / f"{name}.topojson"
    report = actions.load_boundaries(**who, path=file)
    assert (report["matched"], report["unmatched"], report["invalid"]) == (count, [], [])
    assert actions.load_boundaries(**who, path=file)["unchanged"] == count
    outlines = list(Boundary.objects.filter(place__in=Boundary.objects.values("place")).values_list("rings", flat=True))
    points = [[lon, lat] for rings in outlines for part in rings for ring in part for lon, lat in ring]
    left, top = min(lon for lon, _ in points), max(lat for _, lat in points)
    scale = 1000 / (max(lon for lon, _ in points) - left)
    paths = []
    for rings in outlines:
        last, steps = (0, 0), []
        for ring in (ring for part in rings for ring in part):
            for lon, lat in ring:
                x, y = round((lon - left) * scale), round((top - lat) * scale)
                steps.append(f"{x - last[0]} {y - last[1]}")
                last = (x, y)
        paths.append(f'<path d="m{" ".join(steps)}z"/>')
    assert len(gzip.compress("".join(paths).encode())) < 20_000
