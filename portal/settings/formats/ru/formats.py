"""Russian dates: the month in the genitive, and a narrow space that does not break before "г."."""

DATE_FORMAT = "j E Y г."
DATETIME_FORMAT = "j E Y г., H:i"
TIME_FORMAT = "H:i"
