"""Numbers and seeds that must not be readable in the database: sealed with keys that lie outside it (docs/adr/0014).

A NIK is sealed with AES-256-GCM under a data key; a keyed HMAC, its blind index, finds it again. Data keys lie in the
database, wrapped by a key that lies in BALAI_HOME/keys; so does the index key. Every sealed value names the data key
that sealed it, and every blind index the index key that made it, so keys are changed while people work.
"""
