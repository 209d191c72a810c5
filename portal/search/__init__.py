"""
Search over cards, one row for each thing that can be found.

A search has four stages:

1. `listing` reads the address of a page, and `analysis` the text in it, into what is looked for.
2. An engine finds the cards that match and ranks them: the database's (`engines`), or Elasticsearch
   (`elastic`) with the database behind it (`fallback`).
3. `facet_counts` counts by what else the matches could be narrowed.
4. `engines.hits` and `highlights` make hits of the page's cards, and `results` adds what stands
   beside them.
"""
