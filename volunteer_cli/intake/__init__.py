"""From a spreadsheet as people really have it to checked records.

A file is read (`reading`), its table located (`locating`), its headings mapped to the fields of a
kind (`headings`), its cells parsed (`cells`, `columns`) and its rows handed in batches to the writer
of that kind (`sheet`). `run` is the whole straight line.
"""
