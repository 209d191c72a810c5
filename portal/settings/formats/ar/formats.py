"""Arabic dates, with digits 0 to 9 as addresses and reference numbers have them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y، H:i"
TIME_FORMAT = "H:i"
