"""
What editors upload: Wagtail's documents and pictures, as the portal keeps and serves them.

`storage` lets nothing in that was not prepared, `forms` says why beside the field, `findings` and
`panels` show what readers can see in a file, and `privacy` asks who may see a picture.
"""
