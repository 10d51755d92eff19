"""Writes the pages that are built from code into docs/generated; `--check` fails when they are not current."""

import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "docs" / "generated"


def pages():
    """File name to text of every generated page."""
    return {}


def main():
    stale = []
    for name, text in pages().items():
        path = TARGET / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"Not current: {', '.join(stale)}. Run `make docs`.")


if __name__ == "__main__":
    main()
