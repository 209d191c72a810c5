"""
Files that editors publish: they keep their format and lose what names people.

A file's kind is told by its content. What names its author, its machine or its history is taken
out; what readers can still see in it beside its pages is reported, so that an editor and whoever
approves the page know it (docs/decisions/0022-editors-files.md). Nothing here knows of Wagtail.
"""
