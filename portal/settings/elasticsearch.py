"""Where Elasticsearch is, for those who have one; without, the database's full text is searched."""

import environ

env = environ.Env()

# Addresses of its nodes, split at commas: https://one:9200,https://two:9200
ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=[])
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
# A file with the certificate authority that signed the nodes' certificates, where it is your own.
ELASTICSEARCH_CA_CERTS = env.str("ELASTICSEARCH_CA_CERTS", default="")
# The alias that is searched; indices are named for it and the moment at which each was made.
ELASTICSEARCH_INDEX = env.str("ELASTICSEARCH_INDEX", default="portal-cards")
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=1)
# A number, or a range that follows the number of nodes.
ELASTICSEARCH_REPLICAS = env.str("ELASTICSEARCH_REPLICAS", default="0-1")
