"""
Workbooks with a canary in each place where ECMA-376 and OpenDocument let one tell something.

What is seen in them is a sheet "KEEP-sheet" with the cells KEEP-cell, 2 and KEEP-date (a formula's).
"""

import io
import zipfile

from tests.portal.files.samples import (
    APP,
    CORE,
    MS_REL,
    ODF,
    SHEET_MAIN,
    XML,
    R,
    S,
    jpeg,
    packed,
    png,
    rels,
    types,
)

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def in_archive(data: bytes) -> bytes:
    """An archive with what ZIP itself can hold: remarks, fields of one's own, more behind it."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        entry = zipfile.ZipInfo("CANARY-entry.txt", date_time=(2026, 3, 14, 15, 9, 26))
        entry.comment = b"CANARY-remark"
        entry.extra = b"\xfe\xca\x0e\0CANARY-extrafi"
        archive.writestr(entry, "CANARY-unreferenced")
        archive.comment = b"CANARY-zipcomment"
    return out.getvalue()


WORKBOOK = f"""{XML}<workbook xmlns="{S}" xmlns:r="{R}" xmlns:mc="{MC}"
 xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac">
<fileVersion appName="CANARY-app" codeName="{{CANARY-code}}"/><fileSharing userName="CANARY-sharing"/>
<workbookPr codeName="CANARY-bookcode"/>
<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Users\\CANARY-path\\"/></mc:Choice>
</mc:AlternateContent>
<bookViews><workbookView/></bookViews>
<sheets><sheet name="KEEP-sheet" sheetId="1" r:id="rId1"/>
<sheet name="CANARY-hiddensheet" sheetId="2" state="hidden" r:id="rId2"/>
<sheet name="CANARY-veryhidden" sheetId="3" state="veryHidden" r:id="rId2"/></sheets>
<functionGroups><functionGroup name="CANARY-functions"/></functionGroups>
<externalReferences><externalReference r:id="rId3"/></externalReferences>
<definedNames><definedName name="CANARY_name" comment="CANARY-namecomment" hidden="1">"CANARY-namevalue"
</definedName></definedNames>
<customWorkbookViews><customWorkbookView name="CANARY-view" guid="{{0}}" windowWidth="1" windowHeight="1"
 activeSheetId="1"/></customWorkbookViews>
<pivotCaches><pivotCache cacheId="1" r:id="rId4"/></pivotCaches>
<webPublishObjects><webPublishObject id="1" divId="CANARY-div" destinationFile="CANARY-web"/>
</webPublishObjects><extLst><ext uri="CANARY-ext">CANARY-exttext</ext></extLst></workbook>"""

SHEET = f"""{XML}<worksheet xmlns="{S}" xmlns:r="{R}"><sheetPr codeName="CANARY-sheetcode"/>
<sheetViews><sheetView workbookViewId="0"/></sheetViews>
<cols><col min="4" max="5" hidden="1" width="9"/><col min="6" max="6" width="0"/></cols><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>CANARY_formula()</f><v>2</v></c>
<c r="C1" t="str"><f>"CANARY-formulatext"</f><v>KEEP-date</v></c>
<c r="D1" t="inlineStr"><is><t>CANARY-hiddencolumn</t></is></c>
<c r="F1" t="inlineStr"><is><t>CANARY-narrowcolumn</t></is></c></row>
<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>CANARY-hiddenrow</t></is></c></row>
<row r="3" ht="0" customHeight="1"><c r="A3" t="inlineStr"><is><t>CANARY-lowrow</t></is></c></row>
</sheetData>
<sheetProtection algorithmName="CANARY-alg" hashValue="CANARY-hash"/>
<protectedRanges><protectedRange name="CANARY-range" sqref="A1" securityDescriptor="CANARY-sid"/></protectedRanges>
<scenarios><scenario name="CANARY-scenario" user="CANARY-scenariouser" comment="CANARY-scenariocomment"
 count="1"><inputCells r="A1" val="CANARY-input"/></scenario></scenarios>
<autoFilter ref="A1:B1"><filterColumn colId="0"><filters><filter val="CANARY-filter"/></filters>
</filterColumn></autoFilter>
<customSheetViews><customSheetView guid="{{CANARY-guid}}"/></customSheetViews>
<phoneticPr fontId="0"/>
<conditionalFormatting sqref="A1"><cfRule type="containsText" priority="1" text="CANARY-condition">
<formula>"CANARY-cf"</formula></cfRule></conditionalFormatting>
<dataValidations><dataValidation sqref="A1" promptTitle="CANARY-prompttitle" prompt="CANARY-prompt"
 error="CANARY-error" errorTitle="CANARY-errortitle"><formula1>"CANARY-list"</formula1></dataValidation>
</dataValidations>
<hyperlinks><hyperlink ref="A1" r:id="rId9" location="CANARY-location" tooltip="CANARY-tooltip"
 display="CANARY-display"/></hyperlinks>
<pageSetup r:id="rId1"/>
<headerFooter><oddHeader>CANARY-header</oddHeader><oddFooter>CANARY-footer</oddFooter></headerFooter>
<customProperties><customPr name="CANARY-custompr" r:id="rId2"/></customProperties>
<cellWatches><cellWatch r="A1"/></cellWatches>
<smartTags><cellSmartTags r="A1"><cellSmartTag type="0"><cellSmartTagPr key="CANARY-smart"
 val="CANARY-tag"/></cellSmartTag></cellSmartTags></smartTags>
<drawing r:id="rId3"/><legacyDrawing r:id="rId4"/>
<oleObjects><oleObject progId="CANARY.Object" shapeId="1" r:id="rId5" link="CANARY-link"/></oleObjects>
<controls><control shapeId="2" r:id="rId6" name="CANARY-control"/></controls>
<webPublishItems><webPublishItem id="1" divId="CANARY-webdiv" sourceType="sheet"
 destinationFile="CANARY-webfile" title="CANARY-webtitle"/></webPublishItems>
<tableParts count="1"><tablePart r:id="rId7"/></tableParts></worksheet>"""

STRINGS = f"""{XML}<sst xmlns="{S}" count="1" uniqueCount="2"><si><r><t>KEEP</t></r><r><t>-cell</t></r>
<rPh sb="0" eb="1"><t>CANARY-phonetic</t></rPh></si><si><t>CANARY-unusedstring</t></si></sst>"""
STYLES = f"""{XML}<styleSheet xmlns="{S}"><numFmts count="1"><numFmt numFmtId="200"
 formatCode="&quot;CANARY-format&quot;0"/></numFmts><fonts><font><name val="CANARY-font"/></font></fonts>
<fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs>
<cellStyles><cellStyle name="CANARY-style" xfId="0"/></cellStyles></styleSheet>"""

# Every other part that a workbook can have, by its name: nothing of them is a value of a cell.
PARTS = """
    docProps/custom.xml customXml/item1.xml customXml/itemProps1.xml xl/calcChain.xml
    xl/connections.xml xl/metadata.xml xl/volatileDependencies.xml xl/xmlMaps.xml
    xl/revisions/revisionHeaders.xml xl/revisions/revisionLog1.xml
    xl/revisions/userNames.xml xl/comments1.xml xl/persons/person.xml
    xl/threadedComments/threadedComment1.xml xl/drawings/drawing1.xml
    xl/drawings/vmlDrawing1.vml xl/charts/chart1.xml xl/charts/style1.xml
    xl/chartsheets/sheet1.xml xl/dialogsheets/sheet1.xml xl/macrosheets/sheet1.xml
    xl/diagrams/data1.xml xl/tables/table1.xml xl/queryTables/queryTable1.xml
    xl/pivotTables/pivotTable1.xml xl/pivotCache/pivotCacheDefinition1.xml
    xl/pivotCache/pivotCacheRecords1.xml xl/externalLinks/externalLink1.xml
    xl/slicers/slicer1.xml xl/slicerCaches/slicerCache1.xml xl/timelines/timeline1.xml
    xl/ctrlProps/ctrlProp1.xml xl/activeX/activeX1.xml xl/activeX/activeX1.bin
    xl/embeddings/oleObject1.bin xl/vbaProject.bin xl/vbaProjectSignature.bin
    xl/printerSettings/printerSettings1.bin xl/theme/theme1.xml xl/customProperty1.bin
    xl/model/item.data xl/ink/ink1.xml xl/richData/rdrichvalue.xml
    xl/webextensions/webextension1.xml docMetadata/LabelInfo.xml _xmlsignatures/sig1.xml
    _xmlsignatures/origin.sigs CANARY-part.xml
"""


ODS_PARTS = """
    meta.xml settings.xml styles.xml manifest.rdf layout-cache Basic/Standard/Module1.xml
    Configurations2/accelerator/current.xml Configurations2/menubar/CANARY.xml META-
    INF/documentsignatures.xml Scripts/python/a.py Object1/content.xml
    ObjectReplacements/Object1 Dialogs/Standard/dialog.xml
"""


def xlsx() -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": types(
            SHEET_MAIN, "xl/workbook.xml", ("xl/worksheets/sheet1.xml", f"{kind}.worksheet+xml")
        ),
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/thumbnail.jpeg": jpeg(),
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "worksheet", "/xl/worksheets/sheet2.xml"),
            ("rId3", "externalLink", "externalLinks/externalLink1.xml"),
            ("rId5", "sharedStrings", "sharedStrings.xml"),
            ("rId6", "styles", "styles.xml"),
            ("rId7", f"{MS_REL}/2017/10/relationships/person", "file:///C:\\CANARY-rel\\x.xml"),
        ),
        "xl/worksheets/sheet1.xml": SHEET,
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("rId9", "hyperlink", "https://host.example/CANARY-address")
        ),
        "xl/worksheets/sheet2.xml": f'{XML}<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1"'
        ' t="inlineStr"><is><t>CANARY-onhidden</t></is></c></row></sheetData></worksheet>',
        "xl/sharedStrings.xml": STRINGS,
        "xl/styles.xml": STYLES,
        "xl/media/image1.jpeg": jpeg(),
        "xl/media/image2.png": png(),
    }
    for name in PARTS.split():
        files[name] = f"{XML}<x author='CANARY-author of {name}'>CANARY-text of {name}</x>"
    return in_archive(packed(files))


def ods() -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="{ODF}:{whole}:1.0"'
        for name, whole in (
            ("office", "office"), ("text", "text"), ("meta", "meta"), ("config", "config"),
            ("draw", "drawing"), ("script", "script"), ("style", "style"), ("table", "table"),
            ("form", "form"), ("number", "datastyle"), ("presentation", "presentation"),
        )
    ) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'  # fmt: skip
    who = "<dc:creator>CANARY-creator</dc:creator><dc:date>2026-03-14T15:09:26</dc:date>"
    text = 'office:value-type="string"'
    content = f"""{XML}<office:document-content {spaces} office:version="1.3">
<office:scripts><office:script script:language="CANARY-script"/></office:scripts>
<office:automatic-styles>
<style:style style:name="hid" style:family="table"><style:table-properties table:display="false"/></style:style>
<style:style style:name="CANARY-style" style:family="table-cell"/></office:automatic-styles>
<office:body><office:spreadsheet>
<table:tracked-changes><table:cell-content-change table:id="ct1"><table:cell-address table:column="0"
 table:row="0" table:table="0"/><office:change-info>{who}</office:change-info><table:previous>
<table:change-track-table-cell {text}><text:p>CANARY-before</text:p></table:change-track-table-cell>
</table:previous></table:cell-content-change></table:tracked-changes>
<table:content-validations><table:content-validation table:name="v" table:condition="CANARY-cond">
<table:help-message table:title="CANARY-help"><text:p>CANARY-helptext</text:p></table:help-message>
</table:content-validation></table:content-validations>
<table:calculation-settings/>
<table:table table:name="KEEP-sheet" table:protection-key="CANARY-key">
<office:forms><form:form form:name="CANARY-form" xlink:href="http://host.example/CANARY-post"/></office:forms>
<table:title>CANARY-tabletitle</table:title><table:desc>CANARY-tabledesc</table:desc>
<table:scenario table:scenario-ranges="KEEP-sheet.A1" table:is-active="false" table:comment="CANARY-scenario"/>
<table:shapes><draw:frame draw:name="CANARY-frame"><draw:text-box><text:p>CANARY-box</text:p></draw:text-box>
</draw:frame></table:shapes>
<table:table-column table:number-columns-repeated="3"/>
<table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>
<table:table-column/>
<table:table-row><table:table-cell {text}><office:annotation office:name="CANARY-annot">{who}
<meta:creator-initials>CANARY-initials</meta:creator-initials><text:p>CANARY-remark</text:p></office:annotation>
<text:p>KEEP-cell</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="2" table:formula="of:=CANARY-formula()"><text:p>2</text:p>
<draw:frame draw:name="CANARY-cellframe"><draw:image xlink:href="Pictures/one.jpg"/></draw:frame></table:table-cell>
<table:table-cell {text} table:content-validation-name="v"><text:p>KEEP-date</text:p></table:table-cell>
<table:table-cell {text}><text:p>CANARY-hiddencolumn</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="collapse"><table:table-cell {text}><text:p>CANARY-hiddenrow</text:p>
</table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell {text}><text:p>CANARY-filtered</text:p>
</table:table-cell></table:table-row></table:table>
<table:table table:name="CANARY-hiddensheet" table:style-name="hid"><table:table-row><table:table-cell {text}>
<text:p>CANARY-onhidden</text:p></table:table-cell></table:table-row></table:table>
<table:named-expressions><table:named-expression table:name="CANARY-name" table:expression="CANARY-expr"/>
</table:named-expressions>
<table:database-ranges><table:database-range table:name="CANARY-range"/></table:database-ranges>
<table:dde-links><table:dde-link><office:dde-source office:dde-application="CANARY-dde"/></table:dde-link>
</table:dde-links></office:spreadsheet></office:body></office:document-content>"""
    files: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "Pictures/one.jpg": jpeg(),
        "Thumbnails/thumbnail.png": png(),
        "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.'
        'opendocument.spreadsheet"/></manifest:manifest>',
    }
    for name in ODS_PARTS.split():
        files[name] = f"{XML}<x author='CANARY-author of {name}'>CANARY-text of {name}</x>"
    return in_archive(packed(files, stored=("mimetype",)))
