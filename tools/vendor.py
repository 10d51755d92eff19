"""Front-end files of others: verify (`--check`), fetch the pinned ones again, or move to the newest (`--newest`).

Each folder in FOLDERS holds the files and a manifest.toml (package, version, licence, member of the package, file name
here, sha256). `npm pack` fetches from whatever registry npm is set up for; a file whose hash differs is not written.
"""

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    ROOT / "balai" / "reports" / "static" / "vendor",
    ROOT / "balai" / "base" / "data" / "vendor",
    ROOT / "tests" / "vendor",
)
HEADER = "# Files of others, unchanged. Written by tools/vendor.py.\n"
KEYS = ("package", "version", "licence", "member", "file", "sha256")


def manifest(folder):
    return tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))["file"]


def digest(content):
    return hashlib.sha256(content).hexdigest()


def differing(folder):
    """Names in the folder that are missing, changed, or not in the manifest."""
    known = {entry["file"]: entry["sha256"] for entry in manifest(folder)}
    present = {path.name: digest(path.read_bytes()) for path in folder.iterdir() if path.name != "manifest.toml"}
    return sorted(name for name in known.keys() | present.keys() if known.get(name) != present.get(name))


def unpacked(package, version, member, folder):
    """The bytes of one member of an npm package."""
    packed = subprocess.run(
        ["npm", "pack", f"{package}@{version}", "--json", "--pack-destination", folder],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    name = json.loads(packed.stdout)[0]["filename"]
    with tarfile.open(Path(folder) / name) as archive:
        return archive.extractfile(f"package/{member}").read()


def newest(package, version):
    """The newest release of the same major line."""
    line = f"{package}@^{version.split('.')[0]}"
    told = subprocess.run(["npm", "view", line, "version", "--json"], check=True, capture_output=True, text=True)
    versions = json.loads(told.stdout)
    return versions if isinstance(versions, str) else versions[-1]


def refresh(folder, move):
    """Writes every file of the folder's manifest; with `move` the newest version and its hash."""
    entries = manifest(folder)
    with tempfile.TemporaryDirectory() as scratch:
        for entry in entries:
            version = newest(entry["package"], entry["version"]) if move else entry["version"]
            content = unpacked(entry["package"], version, entry["member"], scratch)
            if not move and digest(content) != entry["sha256"]:
                sys.exit(f"{entry['file']}: the registry's file is not the one in the manifest")
            entry |= {"version": version, "sha256": digest(content)}
            (folder / entry["file"]).write_bytes(content)
    tables = ["[[file]]\n" + "".join(f"{key} = {json.dumps(entry[key])}\n" for key in KEYS) for entry in entries]
    (folder / "manifest.toml").write_text("\n".join([HEADER, *tables]), encoding="utf-8")


def main(arguments):
    if "--check" in arguments:
        wrong = [f"{folder.relative_to(ROOT)}/{name}" for folder in FOLDERS for name in differing(folder)]
        sys.exit(f"Not as in the manifest: {', '.join(wrong)}" if wrong else 0)
    for folder in FOLDERS:
        refresh(folder, "--newest" in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
