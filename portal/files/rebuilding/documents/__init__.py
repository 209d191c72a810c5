"""
DOCX and ODT: what a document shows, in a PDF of our own making.

`docx` and `odt` walk through a document once and write what they see as HTML; `content` keeps what
is said of both: headings, notes, pictures, words. `tagged_pdf` lays it out.
"""
