"""Moments in the admin's and mails' templates, as the public's pages write them."""

from django import template

from portal.cms.jinja import datetime_in, deadline_in_words

register = template.Library()
# {{ page.deadline|deadline_in:page.timezone }}; for what is no deadline, `datetime_in`.
register.filter("deadline_in", deadline_in_words)
register.filter("datetime_in", datetime_in)
