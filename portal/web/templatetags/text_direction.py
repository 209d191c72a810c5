"""Codes in right-to-left text, for the templates of the admin."""

from django import template

from portal.web.text_direction import isolate_codes

register = template.Library()
register.filter("isolate_codes", isolate_codes)
