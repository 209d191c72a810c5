#!/usr/bin/env python
"""Django's command line, for the portal that `portal.env` or DJANGO_SETTINGS_MODULE names."""

import sys

from portal.environment import read_for_command

if __name__ == "__main__":
    read_for_command()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
