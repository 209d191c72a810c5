"""What DOCX and XLSX may refer to: by the last word of a relationship's type."""

import re

CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
XML_SUFFIXES = (".xml", ".rels", ".vml")

# What makes the whole document unwelcome, and the refusal's code.
REFUSED: dict[str, str] = {
    **dict.fromkeys(
        ("vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet", "attachedToolbars"),
        "macros",
    ),
    **dict.fromkeys(("control", "activeXControl", "activeXControlBinary"), "active"),
    **dict.fromkeys(
        ("oleObject", "package", "aFChunk", "video", "audio", "media", "subDocument"), "embedded"
    ),
}
# What goes, with the part behind it, and what its removal is called.
TAKEN_OUT: dict[str, str] = {
    **dict.fromkeys(
        ("core-properties", "extended-properties", "custom-properties", "extendedProperties"),
        "properties",
    ),
    **dict.fromkeys(("customProperties", "classificationlabels", "docMetadata"), "properties"),
    **dict.fromkeys(
        ("people", "person", "persons", "commentsIds", "commentsExtended", "commentsExtensible"),
        "authors",
    ),
    **dict.fromkeys(("threadedComment", "documenttasks"), "authors"),
    **dict.fromkeys(("revisionHeaders", "revisionLog", "usernames"), "history"),
    **dict.fromkeys(("customXml", "customXmlProps", "customProperty"), "custom"),
    **dict.fromkeys(("webextension", "webextensiontaskpanes", "taskpanes"), "custom"),
    **dict.fromkeys(("extensibility", "keyMapCustomizations", "quickAccess"), "custom"),
    **dict.fromkeys(("origin", "signature", "certificate"), "signatures"),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), "paths"),
    "thumbnail": "thumbnail",
    "printerSettings": "printer",
    "attachedTemplate": "template",
    "hdphoto": "variants",
}
SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


def is_safe_link(target: str) -> bool:
    """Whether a link leads to the web; others lead to files, whose paths name their owner."""
    return SAFE_LINK.match(target.strip()) is not None
