"""
Where attempts are counted: one store for all workers, which nobody can empty from outside.

A cache with a largest size forgets what it must not: whoever fills it starts everybody's count
anew. So limits are in a place of their own, which is in no backup and has no largest size: a file
beside SQLite, a table without a log in PostgreSQL, or Redis. It is Django's cache called "default",
since allauth counts there; everything else has caches of its own.

Keys are kept as hashes under a random key that is made each UTC day, stored nowhere else, and
destroyed with all that was counted under it. So what a database or a backup holds of an address
cannot be found again by trying all addresses. Times are kept to the minute.

Where the store cannot be reached, counting raises StoreAway: what cannot be counted is not tried.
What others only remember here (Wagtail: the addresses of its sites) is then not remembered.
"""

from portal.web.limit_store.base import DailyKey as DailyKey
from portal.web.limit_store.base import StoreAway as StoreAway
from portal.web.limit_store.postgresql import PostgreSQLStore as PostgreSQLStore
from portal.web.limit_store.redis import RedisStore as RedisStore
from portal.web.limit_store.sqlite import SQLiteStore as SQLiteStore
