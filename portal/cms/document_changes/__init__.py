"""
A document that readers have is changed by two: one proposes, another one decides.

Readers have what is used by a page that is live, waits for approval or is scheduled. Of such a
document title, collection and file wait for a second person, and it is not deleted.
"""
