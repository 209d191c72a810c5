"""The pages of screening in the Wagtail admin."""
