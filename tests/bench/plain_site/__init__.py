"""The plain Wagtail site that P7 compares with, as `wagtail start` makes one."""
