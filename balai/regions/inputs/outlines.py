"""Outlines of places from GeoJSON or TopoJSON files."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from balai.base.errors import NotValid
from balai.regions.rules import dotted

# Column names in files of ministries and offices, the lowest level first: a village's row also holds the codes above.
CODE_NAMES = (
    "code", "kode", "kode_wilayah", "kode_desa", "kode_kel", "kode_kelurahan", "kdepum", "kode_kec", "kode_kecamatan",
    "kdcpum", "kode_kab", "kode_kabupaten", "kdpkab", "kode_prov", "kode_provinsi", "kdppum",
)  # fmt: skip
PLACE_NAMES = ("name", "nama", "namobj", "nama_desa", "wadmkd", "wadmkc", "wadmkk", "wadmpr")
FEWEST = 4
LIMITS = np.array([180.0, 90.0])


@dataclass(frozen=True)
class Outline:
    """One feature: `code` is None where no property held one, `polygons` where its geometry cannot be drawn."""

    position: int
    code: str | None
    name: str
    polygons: list | None


def read_outlines(path):
    """The features of a file, or NotValid with what to do about it."""
    name = Path(path).name
    content = _json(path, name)
    kind = content.get("type") if isinstance(content, dict) else None
    try:
        if kind == "Topology":
            features = list(_topology_features(content))
        elif kind == "FeatureCollection":
            features = [(feature["properties"], feature["geometry"], None) for feature in content["features"]]
        else:
            raise NotValid(
                "Berkas %(file)s bukan GeoJSON (FeatureCollection) atau TopoJSON (Topology). Simpan ulang dari QGIS "
                "sebagai GeoJSON, proyeksi EPSG:4326.", file=name,
            )  # fmt: skip
        outlines = [_outline(position, *feature) for position, feature in enumerate(features, start=1)]
    except (KeyError, TypeError, AttributeError, IndexError, ValueError) as why:
        raise NotValid(
            "Susunan berkas %(file)s rusak (%(why)s). Simpan ulang dari QGIS sebagai GeoJSON.",
            file=name, why=f"{type(why).__name__}: {why}",
        ) from why  # fmt: skip
    if not any(outline.code for outline in outlines):
        raise NotValid(
            "Tidak ada kode wilayah di %(file)s. Setiap bidang harus punya atribut code atau KODE, misalnya 76.05.03.",
            file=name,
        )
    return outlines


def _json(path, name):
    try:
        return json.loads(Path(path).read_bytes())
    except OSError as why:
        raise NotValid("Berkas %(file)s tidak dapat dibaca: %(why)s.", file=name, why=why.strerror) from why
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as why:
        raise NotValid(
            "Berkas %(file)s bukan JSON. Ubah dahulu (misalnya SHP dengan QGIS) menjadi GeoJSON atau TopoJSON.",
            file=name,
        ) from why


def _topology_features(topology):
    """(properties, geometry, arcs) of every object; arcs are decoded once."""
    arcs = [_arc(points, topology.get("transform")) for points in topology["arcs"]]
    for thing in topology["objects"].values():
        for geometry in thing["geometries"] if thing["type"] == "GeometryCollection" else [thing]:
            yield geometry.get("properties"), geometry, arcs


def _arc(points, transform):
    arc = np.array(points, dtype=float)[:, :2]
    if transform is None:
        return arc
    return np.cumsum(arc, axis=0) * np.array(transform["scale"]) + np.array(transform["translate"])


def _outline(position, properties, geometry, arcs):
    known = {key.lower(): value for key, value in (properties or {}).items()}
    codes = (_code(known[column]) for column in CODE_NAMES if column in known)
    name = next((str(known[column]) for column in PLACE_NAMES if known.get(column)), "")
    return Outline(position, next(filter(None, codes), None), name, _polygons(geometry, arcs))


def _code(value):
    return dotted(str(value).removesuffix(".0")) if isinstance(value, str | int | float) else None


def _polygons(geometry, arcs):
    kind = (geometry or {}).get("type")
    if kind not in {"Polygon", "MultiPolygon"}:
        return None
    parts = geometry["coordinates"] if arcs is None else geometry["arcs"]
    polygons = [[_ring(ring, arcs) for ring in polygon] for polygon in (parts if kind == "MultiPolygon" else [parts])]
    sound = [
        [polygon[0], *(hole for hole in polygon[1:] if hole is not None)]
        for polygon in polygons
        if polygon and polygon[0] is not None
    ]
    return sound if len(sound) == len(polygons) and sound else None


def _ring(ring, arcs):
    """The ring, closed; None where it cannot be one. Metres of a projection show as degrees beyond the globe."""
    points = np.array(ring, dtype=float)[:, :2] if arcs is None else _joined(ring, arcs)
    if (points[0] != points[-1]).any():
        points = np.concatenate([points, points[:1]])
    moved = np.concatenate([[True], (np.diff(points, axis=0) != 0).any(axis=1)])
    points = points[moved]
    sound = len(points) >= FEWEST and np.isfinite(points).all() and (np.abs(points) <= LIMITS).all()
    return points if sound else None


def _joined(indices, arcs):
    """Arcs one after the other; ~i is arc i walked backwards; each begins where the one before it ended."""
    parts = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in indices]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])
