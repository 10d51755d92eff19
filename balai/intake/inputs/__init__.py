"""Reads and checks what people send in: text tables, workbooks, SIGA's exports, the profile sheet. Saves nothing."""
