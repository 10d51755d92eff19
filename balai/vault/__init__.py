"""Numbers and seeds that must not be readable in the database: sealed with keys that lie outside it.

A NIK is sealed with AES-256-GCM; a keyed HMAC finds it again. Each row's own key version allows rotation while people work.
"""
