"""Evidence of part after part of the nation; a second process reads the next part while this one stores the present.

It reads what was committed before the run began. A run stores nothing that it reads and SQLite keeps other writers
out meanwhile, so that is all there is to see, except inside a longer transaction: there the run reads for itself.
"""

import gc
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np
from django.db import connection

from balai.classification.actions.evidence import Evidence, gather
from balai.classification.rules import INPUTS

PROGRAM = f"import django; django.setup(); from {__name__} import answer; answer(*__import__('sys').argv[1:])"
OWN = 5  # of so many parts one is read here: storing a part takes less than reading it
LENGTH = 8  # bytes before each part that say how long it is
PACKED = msgspec.msgpack.Decoder(tuple[list[str], bytes, bytes, bytes, list[str]])


def here(parts, periods):
    return (gather(part, periods) for part in parts)


def may_read_beside():
    """Whether another process may read while this one writes: not what a longer transaction wrote, nor past the locks
    of an SQLite without its write-ahead log."""
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode" if connection.vendor == "sqlite" else "SELECT 'wal'")
        return cursor.fetchone()[0] == "wal"


def ahead(parts, periods):
    own = {parts[0], *parts[1::OWN]}  # the first two while the second process starts
    others = [part for part in parts if part not in own]
    asked = msgspec.json.encode([str(connection.settings_dict["NAME"]), others, periods]).decode()
    # The same modules; a session of its own, for Ctrl-C is for this process, which then ends the other.
    with subprocess.Popen(
        [sys.executable, "-P", "-c", PROGRAM, asked], env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True,
    ) as second:  # fmt: skip
        try:
            for part in parts:
                yield gather(part, periods) if part in own else received(second.stdout, part)
            second.wait()
        finally:
            second.terminate()


def received(stream, part):
    head = stream.read(LENGTH)
    length = int.from_bytes(head)
    text = stream.read(length)
    if len(head) < LENGTH or len(text) < length:
        raise ChildProcessError(f"The process that reads ahead ended before it had read {part}: nothing is stored.")
    return unpacked(text)


def answer(asked):
    """What the second process does. While a part is being taken, it reads the next."""
    gc.disable()  # as the run itself does
    name, parts, periods = msgspec.json.decode(asked)
    connection.settings_dict["NAME"] = name
    with ThreadPoolExecutor(max_workers=1) as sending:
        sent = None
        for part in parts:
            text = packed(gather(part, periods))
            if sent:
                sent.result()
            sent = sending.submit(send, text)


def send(text):
    sys.stdout.buffer.write(len(text).to_bytes(LENGTH) + text)
    sys.stdout.buffer.flush()


def packed(found):
    table = np.stack([found.columns[key] for key in INPUTS])
    return msgspec.msgpack.encode(
        (found.codes, found.months.tobytes(), table.tobytes(), found.formed.tobytes(), found.inputs)
    )


def unpacked(text):
    codes, months, table, formed, inputs = PACKED.decode(text)
    columns = np.frombuffer(table).reshape(len(INPUTS), len(codes))
    return Evidence(
        codes=codes, months=np.frombuffer(months, dtype=np.int64), columns=dict(zip(INPUTS, columns, strict=True)),
        formed=np.frombuffer(formed, dtype=np.int8), inputs=inputs,
    )  # fmt: skip
