"""
Pages for readers without a cookie, kept in memory and correct at once.

A page remembers which tables were read while it was made, and what each table's token was before.
Whoever commits a change of a table renews its token, which ends every page that was made from it,
in every process (docs/decisions/0078-a-front.md).
"""
