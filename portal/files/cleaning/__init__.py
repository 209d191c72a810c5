"""
Reading, judging and rewriting files that strangers made: bytes in, clean bytes out.

Nothing here knows Django: it runs in a process of its own (`child.py`), with limits on time and
memory, so that a file which defeats a reader costs that process and nothing else.
"""
