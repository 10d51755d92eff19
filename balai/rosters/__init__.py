"""Lists of residents that come in as files: read, compared row by row, applied, undone.

Nothing of a file reaches the register before somebody has seen what it would change.
"""
