"""
docs/deploy.md followed word by word, on a copy of this machine: `.ci/deploy`.

Nobody but root can do that. Of the machine itself nothing is changed, and nothing is left.
"""
