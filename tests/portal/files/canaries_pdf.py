"""
A PDF with a canary in each place where ISO 32000 lets a file tell something, walked by its chapters.

What a reader sees on its one page is "KEEP text", a photograph and the value of a field, "KEEP-value".
"""

import io
import logging
import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from tests.portal.files import samples

BOX = Array([10, 10, 60, 40])
NOTES = (
    "Text", "Link", "FreeText", "Line", "Square", "Circle", "Polygon", "PolyLine", "Highlight",
    "Underline", "Squiggly", "StrikeOut", "Stamp", "Caret", "Ink", "Popup", "FileAttachment",
    "Sound", "Movie", "Screen", "PrinterMark", "TrapNet", "Watermark", "3D", "Redact", "RichMedia",
    "Projection",
)  # fmt: skip
ACTIONS = (
    "GoToR", "GoToE", "Launch", "Thread", "URI", "Sound", "Movie", "Hide", "Named", "SubmitForm",
    "ResetForm", "ImportData", "JavaScript", "Rendition", "RichMediaExecute", "GoTo3DView",
)  # fmt: skip


class Planter:
    """Makes objects that tell, and remembers what each of them tells."""

    def __init__(self) -> None:
        self.document = Pdf.new()
        self.planted: list[str] = []

    def words(self, what: str) -> str:
        """A canary; letters and digits alone, so that it can be a name too."""
        self.planted.append(f"CANARYx{what}x")
        return self.planted[-1]

    def text(self, what: str) -> String:
        return String(self.words(what))

    def name(self, what: str) -> Name:
        return Name("/" + self.words(what))

    def stream(self, what: str, **keys: object) -> Stream:
        return self.document.make_stream(f"% {self.words(what)}\n".encode(), **keys)

    def held(self, found: Object) -> Object:
        return self.document.make_indirect(found)

    def file(self, what: str) -> Object:
        """A file specification, with the file."""
        inside = self.stream(f"file{what}", Type=Name.EmbeddedFile, Params=Dictionary(
            ModDate=self.text(f"params{what}"), Mac=Dictionary(Creator=self.text(f"mac{what}"))
        ))  # fmt: skip
        return self.held(
            Dictionary(
                Type=Name.Filespec, F=self.text(f"f{what}"), UF=self.text(f"uf{what}"),
                DOS=self.text(f"dos{what}"), Unix=self.text(f"unix{what}"),
                Desc=self.text(f"desc{what}"), EF=Dictionary(F=inside), CI=Dictionary(x=self.text(f"ci{what}")),
                ID=Array([self.text(f"id{what}"), self.text(f"idx{what}")]),
            )
        )  # fmt: skip

    def action(self, kind: str, where: str) -> Object:
        """An action of each kind, with what it leads to and the action after it."""
        what = f"{kind}{where}"
        return self.held(
            Dictionary(
                Type=Name.Action, S=Name("/" + kind), F=self.text(f"af{what}"),
                URI=String("http://" + self.words(f"au{what}")), D=self.text(f"ad{what}"),
                JS=self.text(f"aj{what}"), N=self.name(f"an{what}"), T=self.text(f"at{what}"),
                Win=Dictionary(F=self.text(f"aw{what}"), P=self.text(f"ap{what}")),
                Next=Dictionary(S=Name.URI, URI=self.text(f"next{what}")),
            )
        )  # fmt: skip

    def appearance(self, what: str, shown: str = "") -> Dictionary:
        drawing = self.document.make_stream(
            f"% {self.words(f'apcomment{what}')}\nBT /F1 9 Tf 2 2 Td ({shown}) Tj ET".encode(),
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 50, 30]),
            Resources=Dictionary(Font=Dictionary(F1=self.font)),
        )  # fmt: skip
        return Dictionary(N=drawing)

    @property
    def font(self) -> Dictionary:
        return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


def pdf() -> tuple[bytes, list[str]]:
    """The PDF, and every canary that is in it."""
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # of the XMP that is none
    planter = Planter()
    for chapter in (page, catalogue, names, form, structure, layers, trailer, private_keys):
        chapter(planter)
    out = io.BytesIO()
    planter.document.save(out, fix_metadata_version=False, compress_streams=False)
    data = out.getvalue()
    between = planter.words("betweenobjects").encode()
    data = data.replace(b"endobj\n", b"endobj\n% " + between + b"\n", 1)
    data = b"% " + planter.words("beforeheader").encode() + b"\n" + data
    return data + planter.words("afterend").encode(), planter.planted


def page(planter: Planter) -> None:
    """Chapters 7.7, 8, 9, 12 and 14: a page, what it draws, and what lies on it."""
    document = planter.document
    document.add_blank_page(page_size=(300, 200))
    found = document.pages[0].obj
    font, unused = fonts(planter)
    found.Resources = Dictionary(
        Font=Dictionary(F1=font, F2=unused),
        XObject=Dictionary(Im1=photo(planter), Fm1=form_piece(planter)),
        ExtGState=Dictionary(G1=Dictionary(Type=Name.ExtGState, HT=Dictionary(
            Type=Name.Halftone, HalftoneType=1, HalftoneName=planter.text("halftone"),
            Frequency=60, Angle=45, SpotFunction=Name.Round))),
        ColorSpace=Dictionary(C1=Array([Name.Separation, planter.name("separation"), Name.DeviceGray,
            planter.document.make_stream(b"{ % " + planter.words("function").encode() + b"\n }",
                FunctionType=4, Domain=Array([0, 1]), Range=Array([0, 1]))])),
        Properties=Dictionary(P1=Dictionary(ActualText=planter.text("markedproperty"))),
        Pattern=Dictionary(T1=planter.stream("pattern", PatternType=1, PaintType=1, TilingType=1,
            BBox=Array([0, 0, 1, 1]), XStep=1, YStep=1, Resources=Dictionary())),
    )  # fmt: skip
    hidden = [
        planter.words(each) for each in ("mode3", "white", "off", "covered", "tiny", "comment")
    ]
    marks = [
        planter.words(each) for each in ("actual", "alternate", "expansion", "point", "unknown")
    ]
    found.Contents = document.make_stream(
        f"""% {hidden[5]}
        q 60 0 0 45 200 120 cm /Im1 Do Q /Fm1 Do
        BT /F1 18 Tf 20 100 Td /Span <</ActualText ({marks[0]}) /Alt ({marks[1]}) /E ({marks[2]})>> BDC
        (KEEP text) Tj EMC ET
        /M <</x ({marks[3]})>> DP BX ({marks[4]}) CANARYop EX
        BT 3 Tr /F1 9 Tf 20 80 Td ({hidden[0]}) Tj ET
        BT 0 Tr 1 g /F1 9 Tf 20 60 Td ({hidden[1]}) Tj ET
        BT 0 g /F1 9 Tf 400 60 Td ({hidden[2]}) Tj ET
        BT 0 g /F1 9 Tf 20 30 Td ({hidden[3]}) Tj ET 0 g 15 25 120 20 re f
        BT /F1 0.01 Tf 150 30 Td ({hidden[4]}) Tj ET
        /OC /O1 BDC BT /F1 9 Tf 20 10 Td ({planter.words("layeroff")}) Tj ET EMC""".encode()
    )
    found.Metadata = planter.stream("pagexmp", Type=Name.Metadata, Subtype=Name.XML)
    found.PieceInfo = Dictionary(
        App=Dictionary(LastModified=planter.text("piecedate"), Private=planter.text("piece"))
    )
    found.LastModified = planter.text("pagedate")
    found.Thumb = planter.stream(
        "thumb", Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )
    found.ID = planter.text("pageid")
    found.AA = Dictionary(
        O=planter.action("JavaScript", "pageopen"), C=planter.action("URI", "pageclose")
    )
    found.SeparationInfo = Dictionary(DeviceColorant=planter.name("deviceink"), Pages=Array([]))
    found.VP = Array([Dictionary(Type=Name.Viewport, BBox=BOX, Name=planter.text("viewport"))])
    found.AF = Array([planter.file("pageaf")])
    found.Annots = Array([note(planter, kind) for kind in NOTES])


def fonts(planter: Planter) -> tuple[Object, Object]:
    """Chapter 9: a font that is used, with a table of meanings; and one that is not, with a file."""
    meanings = planter.stream("tounicode")
    used = planter.held(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Name=planter.name("fontname"),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([250, planter.name("glyph")])),
        )
    )  # fmt: skip
    unused = planter.held(
        Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=planter.name("basefont"), ToUnicode=meanings,
            FontDescriptor=Dictionary(
                Type=Name.FontDescriptor, FontName=planter.name("descriptor"),
                FontFamily=planter.text("family"), CharSet=planter.text("charset"), Flags=32,
                FontFile2=planter.stream("fontfile", Metadata=planter.stream("fontxmp")),
            ),
        )
    )  # fmt: skip
    return used, unused


def photo(planter: Planter) -> Stream:
    """Chapter 8.9: a photograph as its camera wrote it, with all that an image may carry."""
    data = samples.jpeg(profile=False)
    planter.planted += [
        f"CANARY-{each}" for each in ("maker", "model", "gps", "serial", "comment", "iptc", "xmp")
    ]
    profile = planter.document.make_stream(
        zlib.compress(samples.colour_profile()), Filter=Name.FlateDecode, N=3
    )
    return planter.document.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=64, Height=48, BitsPerComponent=8,
        Filter=Name.DCTDecode, ColorSpace=Array([Name.ICCBased, profile]), Name=planter.name("imagename"),
        ID=planter.text("imageid"), Metadata=planter.stream("imagexmp"),
        OPI=Dictionary(Ver=Dictionary(F=planter.text("opi"), ID=planter.text("opiid"), Comments=planter.text("opicomment"))),
        Alternates=Array([Dictionary(Image=planter.stream("alternateimage", Subtype=Name.Image))]),
        AF=Array([planter.file("imageaf")]), Measure=Dictionary(GCS=Dictionary(WKT=planter.text("place"))),
    )  # fmt: skip


def form_piece(planter: Planter) -> Stream:
    """Chapter 8.10: a form XObject, as pdfLaTeX makes of a picture that is included."""
    inside = Dictionary(
        {"/PTEX.Fullbanner": planter.text("banner"), "/Author": planter.text("ptexauthor")}
    )
    found = planter.stream(
        "formcomment", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]),
        Name=planter.name("formname"), LastModified=planter.text("formdate"),
        PieceInfo=Dictionary(A=Dictionary(Private=planter.text("formpiece"))),
        Ref=Dictionary(F=planter.text("reference"), Page=0, ID=Array([planter.text("refid")])),
        OPI=Dictionary(Ver=Dictionary(F=planter.text("formopi"))), Metadata=planter.stream("formxmp"),
    )  # fmt: skip
    found["/PTEX.FileName"] = planter.text("ptexfile")
    found["/PTEX.InfoDict"] = planter.held(inside)
    return found


def note(planter: Planter, kind: str) -> Object:
    """Chapter 12.5: an annotation of one kind; hidden ones only, as what shows is content."""
    found = Dictionary(
        Type=Name.Annot, Subtype=Name("/" + kind), Rect=BOX, F=2, Contents=planter.text(f"contents{kind}"),
        NM=planter.text(f"nm{kind}"), M=planter.text(f"m{kind}"), T=planter.text(f"t{kind}"),
        RC=planter.text(f"rc{kind}"), Subj=planter.text(f"subj{kind}"), DS=planter.text(f"ds{kind}"),
        CreationDate=planter.text(f"date{kind}"), OverlayText=planter.text(f"overlay{kind}"),
        AP=planter.appearance(kind), A=planter.action(ACTIONS[NOTES.index(kind) % len(ACTIONS)], kind),
        PA=Dictionary(S=Name.URI, URI=planter.text(f"pa{kind}")), FS=planter.file(kind),
        Movie=Dictionary(F=planter.text(f"movie{kind}")), Sound=planter.stream(f"sound{kind}"),
        MK=Dictionary(CA=planter.text(f"mk{kind}")), ExData=Dictionary(x=planter.text(f"ex{kind}")),
        RichMediaContent=Dictionary(Assets=Dictionary(Names=Array([planter.text(f"asset{kind}"), 0]))),
    )  # fmt: skip
    return planter.held(found)


def catalogue(planter: Planter) -> None:
    """Chapters 7.7.2 and 12: what the root says of the whole document."""
    root = planter.document.Root
    outline = planter.held(
        Dictionary(Title=planter.text("bookmark"), A=planter.action("GoToR", "bookmark"))
    )
    root.Outlines = Dictionary(Type=Name.Outlines, First=outline, Last=outline, Count=1)
    root.Lang = planter.text("language")
    root.Metadata = planter.stream("xmp", Type=Name.Metadata, Subtype=Name.XML)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=planter.text("label"))]))
    root.Dests = Dictionary({f"/{planter.words('destination')}": Array([0])})
    root.Threads = Array(
        [Dictionary(I=Dictionary(Author=planter.text("thread"), Title=planter.text("threadtitle")))]
    )
    root.OpenAction = planter.action("JavaScript", "open")
    root.AA = Dictionary(
        {f"/{each}": planter.action("JavaScript", each) for each in ("WC", "WS", "DS", "WP", "DP")}
    )
    root.URI = Dictionary(Base=planter.text("base"))
    root.SpiderInfo = Dictionary(C=Array([Dictionary(URL=planter.text("spider"))]))
    root.OutputIntents = Array([Dictionary(
        S=Name.GTS_PDFX, OutputCondition=planter.text("condition"), Info=planter.text("intent"),
        OutputConditionIdentifier=planter.text("identifier"), RegistryName=planter.text("registry"),
        DestOutputProfile=planter.stream("intentprofile", N=3))])  # fmt: skip
    root.PieceInfo = Dictionary(A=Dictionary(Private=planter.text("rootpiece")))
    root.Legal = Dictionary(Attestation=planter.text("legal"))
    root.Perms = Dictionary(
        DocMDP=Dictionary(Name=planter.text("perms"), Cert=planter.text("certificate"))
    )
    root.DSS = Dictionary(Certs=Array([planter.stream("dss")]))
    root.Requirements = Array([Dictionary(S=planter.name("requirement"))])
    root.Collection = Dictionary(
        D=planter.text("portfolio"), Schema=Dictionary(x=Dictionary(N=planter.text("schema")))
    )
    root.AF = Array([planter.file("af")])
    root.Extensions = Dictionary(XXXX=Dictionary(URL=planter.text("extension")))
    root.DPartRoot = Dictionary(DPM=Dictionary(x=planter.text("dpart")))


def names(planter: Planter) -> None:
    """Chapter 7.7.4: each tree of names."""
    trees: dict[str, Callable[[str], Object]] = {
        "EmbeddedFiles": planter.file,
        "JavaScript": lambda what: planter.action("JavaScript", what),
    }
    for tree in (
        "Dests", "AP", "JavaScript", "Pages", "Templates", "IDS", "URLS", "EmbeddedFiles",
        "AlternatePresentations", "Renditions",
    ):  # fmt: skip
        value = trees.get(tree, lambda what: planter.held(Dictionary(x=planter.text(f"v{what}"))))(
            f"tree{tree}"
        )
        if "/Names" not in planter.document.Root:
            planter.document.Root.Names = Dictionary()
        planter.document.Root.Names[f"/{tree}"] = Dictionary(
            Names=Array([planter.text(f"k{tree}"), value])
        )


def form(planter: Planter) -> None:
    """Chapter 12.7: a field whose value is seen, and a signature."""
    field = planter.held(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, Rect=Array([150, 60, 250, 90]), F=4,
            T=planter.text("field"), TU=planter.text("tooltip"), TM=planter.text("mapping"),
            V=String("KEEP-value"), DV=planter.text("default"), RV=planter.text("richvalue"),
            DA=String("/F1 12 Tf 0 g"), AP=planter.appearance("field", "KEEP-value"),
            AA=Dictionary(K=planter.action("JavaScript", "key")),
        )
    )  # fmt: skip
    signature = planter.held(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, Rect=Array([0, 0, 0, 0]), F=2,
            T=planter.text("sigfield"), Lock=Dictionary(Fields=Array([planter.text("lock")])),
            V=Dictionary(
                Type=Name.Sig, Filter=planter.name("handler"), Name=planter.text("signer"),
                Reason=planter.text("reason"), Location=planter.text("location"), M=planter.text("signed"),
                ContactInfo=planter.text("contact"), Contents=planter.text("pkcs"),
                Prop_Build=Dictionary(App=Dictionary(Name=planter.name("buildapp"))),
            ),
        )
    )  # fmt: skip
    document = planter.document
    document.Root.AcroForm = Dictionary(
        Fields=Array([field, signature]), DA=String("/F1 12 Tf 0 g"), SigFlags=3,
        DR=Dictionary(Font=Dictionary(F1=planter.font)), CO=Array([field]),
    )  # fmt: skip
    document.pages[0].obj.Annots.extend([field, signature])


def structure(planter: Planter) -> None:
    """Chapter 14.7 to 14.10: the tree of structure, attributes, web capture."""
    element = Dictionary(
        Type=Name.StructElem, S=planter.name("role"), ID=planter.text("elementid"), T=planter.text("elementtitle"),
        Alt=planter.text("elementalt"), ActualText=planter.text("elementactual"), E=planter.text("elemente"),
        Lang=planter.text("elementlang"), A=Dictionary(O=Name.UserProperties, P=Array([
            Dictionary(N=planter.text("property"), V=planter.text("propertyvalue"))])),
        AF=Array([planter.file("elementaf")]), Phoneme=planter.text("phoneme"),
    )  # fmt: skip
    planter.document.Root.StructTreeRoot = planter.held(
        Dictionary(
            Type=Name.StructTreeRoot, K=planter.held(element), RoleMap=Dictionary({f"/{planter.words('rolemap')}": Name.P}),
            ClassMap=Dictionary({f"/{planter.words('class')}": Dictionary(O=Name.Layout)}),
            PronunciationLexicon=Array([planter.file("lexicon")]),
        )
    )  # fmt: skip
    planter.document.Root.MarkInfo = Dictionary(Marked=True)


def layers(planter: Planter) -> None:
    """Chapter 8.11: optional content that is off."""
    group = planter.held(
        Dictionary(
            Type=Name.OCG, Name=planter.text("layer"),
            Usage=Dictionary(CreatorInfo=Dictionary(Creator=planter.text("layercreator")),
                Language=Dictionary(Lang=planter.text("layerlang")), User=Dictionary(Type=Name.Ind, Name=planter.text("layeruser"))),
        )
    )  # fmt: skip
    off = Dictionary(
        Name=planter.text("config"),
        Creator=planter.text("configcreator"),
        OFF=Array([group]),
        Order=Array([planter.text("order"), group]),
    )
    planter.document.Root.OCProperties = Dictionary(OCGs=Array([group]), D=off)
    planter.document.pages[0].obj.Resources.Properties.O1 = group


def trailer(planter: Planter) -> None:
    """Chapter 14.3 and 7.5: the information dictionary, and objects that nothing leads to."""
    for key in (
        "Title",
        "Author",
        "Subject",
        "Keywords",
        "Creator",
        "Producer",
        "CreationDate",
        "Company",
        "PTEX.Fullbanner",
    ):
        planter.document.docinfo[f"/{key}"] = planter.words(f"info{key.replace('.', '')}")
    planter.document.trailer[Name.Private] = planter.held(Dictionary(Lost=planter.text("trailer")))


def private_keys(planter: Planter) -> None:
    """Annex E: keys of somebody's own, in every dictionary that there is so far."""
    for number, found in enumerate(list(planter.document.objects)):
        if isinstance(found, Dictionary | Stream) and found.keys() > {"/Length"}:
            found[Name("/XX_Private")] = planter.text(f"private{number}")
