"""Hashing of passwords and PINs: Argon2id as OWASP advises, and no more of it at once than the machine can bear."""

import os
from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2  # on the whole machine; `balai serve` tells each process how many there are
_free = BoundedSemaphore(max(1, AT_ONCE // int(os.environ.get("BALAI_WORKERS", "1"))))


class Argon2(Argon2PasswordHasher):
    """Django's own takes 100 MB and up to 0.8 s a time; this takes 19 MB and some 30 ms."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password, salt):
        with _free:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with _free:
            return super().verify(password, encoded)
