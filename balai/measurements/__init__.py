"""Children measured: weight, length or height, arm and head, with the day and the manner.

The row keeps what the scale and the board said; what it means (z-score, class, gain) is worked out by `growth` each
time. A value that cannot be is refused or flagged, never mended silently.
"""
