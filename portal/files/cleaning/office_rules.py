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
# What goes, with the part behind it, and what its removal is called. What is on neither this list
# nor the next goes too: whatever programs will think of, what a document needs is known.
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
    **dict.fromkeys(("origin", "signature", "certificate"), "signatures"),
    **dict.fromkeys(("mailMergeSource", "mailMergeHeaderSource", "recipientData"), "paths"),
    "thumbnail": "thumbnail",
    "printerSettings": "printer",
    "attachedTemplate": "template",
    "hdphoto": "variants",
}
UNKNOWN = "custom"
OF_WORD = (
    "styles stylesWithEffects settings webSettings fontTable font numbering comments footnotes"
    " endnotes header footer glossaryDocument bibliography"
)
OF_EXCEL = (
    "worksheet chartsheet dialogsheet sharedStrings calcChain sheetMetadata table tableSingleCells"
    " queryTable connections xmlMaps volatileDependencies ctrlProp pivotTable pivotCacheDefinition"
    " pivotCacheRecords slicer slicerCache timeline timelineCache externalLink externalLinkPath"
    " externalLinkLongPath xlExternalLinkPath xlPathMissing xlLibrary xlStartup xlAlternateStartup"
)
OF_BOTH = (
    "theme themeOverride image hyperlink drawing vmlDrawing legacyDrawing chart chartEx chartStyle"
    " chartColorStyle chartUserShapes diagramData diagramLayout diagramQuickStyle diagramColors"
    " diagramDrawing frame"
)
KEPT = frozenset(f"{OF_WORD} {OF_EXCEL} {OF_BOTH}".split())
SAFE_LINK = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


def is_safe_link(target: str) -> bool:
    """Whether a link leads to the web; others lead to files, whose paths name their owner."""
    return SAFE_LINK.match(target.strip()) is not None
