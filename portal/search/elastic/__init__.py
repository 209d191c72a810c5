"""The engine over Elasticsearch, and how cards get there."""
