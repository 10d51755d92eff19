"""The only way in for data in bulk: recognise a file by its columns, stage, check, show, apply in one go.

Nothing that came in is lost: rows in = applied + refused + waiting, and each row that was not applied is kept with
file, line, column, reason and remedy.
"""
