"""
Dates and times as the portal writes them, by language (FORMAT_MODULE_PATH).

The long forms of CLDR, with hours of a 24-hour clock everywhere. A language without a module here
has Django's own.
"""
