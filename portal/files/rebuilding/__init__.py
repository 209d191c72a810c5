"""
Making anew what strangers send: what leaves here was written by us, from what can be seen.

All of it runs in a process of its own (`sandbox.rebuild_apart` starts `child.main`).
"""
