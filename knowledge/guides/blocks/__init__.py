"""What the text of a guide is built from, beyond what every page has: to work with and to learn."""

from knowledge.guides.blocks.body import GuideBodyBlock

__all__ = ["GuideBodyBlock"]
