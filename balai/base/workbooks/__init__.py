"""Tables that people send in, XLSX, XLS or CSV, opened so that a hostile or broken one costs nothing but a sentence.

    with read_sheets(path) as sheets:                       # or bytes: read_sheets(content, name="warga.xlsx")
        for sheet in sheets:                                # in the order of the book; each has to be read in turn
            for row in sheet.rows:                          # only rows in which something stands
                row.line                                    # the number of the row that the person sees, from 1
                row[3]                                      # the fourth cell: text, number, date or None; never fails

What comes out
* A cell is `str`, `int`, `float`, `bool`, `date`, `datetime` or `None`. Empty is None. A day without a time is a
  `date`; a time of day or a duration is its text. An error such as #N/A is None: the reader below does not tell.
* A whole number is an `int`. From 10^15 on it stays a `float`, because a spreadsheet keeps 15 digits and the others are
  gone: a NIK that comes as `float` has lost its last digit and must be refused, not mended.
* A CSV file is one sheet of text (`width`, `height` and `merged` unknown); codes keep their zeros there.
* `sheet.merged` are the joined cells; only their first one carries the value, the others are None.
* `sheet.hidden` tells what the person may not have meant to send.

What is refused, each time with a `NotValid` whose Indonesian sentence names the file, the reason and the way out
* before anything is opened (`guard.check`): more than 20 MB, 64 MB unpacked, 200 entries or 200-fold packing; entries
  that overlap, lie outside or are links; another kind of file under this name; a password; macros; links to other
  books, embedded objects, data connections; a DOCTYPE or ENTITY in a part.
* by the child process that reads the cells: more than 1 GB of memory, 60 s of processor or `wall` seconds of waiting.
  The whole book is read before the first row is handed on, so a caller never stops half way through a bad file.
`legacy=True` lets XLS (before 2007) in; without it the sentence asks for XLSX.
"""

from balai.base.workbooks.guard import LARGEST, check
from balai.base.workbooks.reading import Cell, Row, Sheet, read_sheets

__all__ = ["LARGEST", "Cell", "Row", "Sheet", "check", "read_sheets"]
