"""
The portal's vocabularies, in the field's own terms.

Stages follow the guides of export-control outreach programmes and Wassenaar best practices;
technologies follow the control-list entries given as codes (Wassenaar and EU numbering), where an
entry exists. Keys are stored and cited in addresses: a label may change, a key never does.
"""

from django.utils.translation import gettext_lazy as _

from portal.taxonomy.terms import Term, Vocabulary

COMMITMENT = Vocabulary(
    "commitment",
    _("Commitment"),
    (
        Term("licensing", _("Human rights in licensing")),
        Term("consultation", _("Consultation")),
        Term("threat-information", _("Threat information")),
        Term("best-practice", _("Best practice")),
        Term("due-diligence", _("Due diligence")),
        Term("capacity", _("Capacity building")),
    ),
)

STAGE = Vocabulary(
    "stage",
    _("Stage of control"),
    (
        Term("legislation", _("Legislation")),
        Term("control-lists", _("Control lists and classification")),
        Term("licensing", _("Licensing and risk assessment")),
        Term("end-use", _("End-use and end-user checks")),
        Term("catch-all", _("Catch-all controls")),
        Term("intangible", _("Intangible transfers")),
        Term("transit", _("Transit and brokering")),
        Term("post-shipment", _("Post-shipment verification")),
        Term("enforcement", _("Enforcement and customs")),
        Term("outreach", _("Outreach and internal compliance")),
        Term("transparency", _("Transparency reporting")),
        Term("cooperation", _("Interagency and international cooperation")),
    ),
)

TECHNOLOGY = Vocabulary(
    "technology",
    _("Technology"),
    (
        Term(
            "intrusion-software",
            _("Intrusion software and spyware"),
            codes=("4.A.5", "4.D.4", "4.E.1.c"),
        ),
        Term("ip-surveillance", _("IP-network surveillance"), codes=("5.A.1.j",)),
        Term("mobile-interception", _("Mobile interception"), codes=("5.A.1.f",)),
        Term("lawful-intercept", _("Lawful-intercept monitoring"), codes=("5.D.1.e",)),
        Term("forensic-extraction", _("Forensic extraction"), codes=("5.A.4.b",)),
        Term("deep-packet-inspection", _("Deep packet inspection")),
        Term("cryptanalysis", _("Cryptanalysis"), codes=("5.A.4.a",)),
        Term("face-recognition", _("Facial and emotion recognition")),
        Term("other-biometrics", _("Voice, gait and DNA biometrics")),
        Term("location-tracking", _("Location tracking")),
        Term("plate-readers", _("Number-plate readers")),
        Term("video-analytics", _("Video analytics")),
        Term("social-media-analytics", _("Social-media analytics")),
        Term("drones", _("Drones")),
        Term("acoustic-devices", _("Acoustic and crowd-control devices")),
    ),
)

DOCUMENT_TYPE = Vocabulary(
    "type",
    _("Type of document"),
    (
        Term("law", _("Binding law")),
        Term("guidance", _("Guidance")),
        Term("best-practice", _("Best practice")),
        Term("checklist", _("Checklist")),
        Term("template", _("Template")),
        Term("case-study", _("Case study")),
        Term("training", _("Training")),
        Term("report", _("Report")),
    ),
)

AUDIENCE = Vocabulary(
    "audience",
    _("Written for"),
    (
        Term("legislator", _("Legislators")),
        Term("licensing-officer", _("Licensing officers")),
        Term("technical-assessor", _("Technical assessors")),
        Term("customs", _("Customs")),
        Term("prosecutor", _("Prosecutors")),
        Term("exporter", _("Exporters")),
        Term("university", _("Universities")),
        Term("civil-society", _("Civil society")),
    ),
)

# The portal's own scale: what a control system has when a resource becomes useful to it.
LEVEL = Vocabulary(
    "level",
    _("Level"),
    (
        Term("0", _("Starting out"), _("No control system yet")),
        Term("1", _("Initial"), _("First laws or lists, little practice")),
        Term("2", _("Developing"), _("Licensing runs, with gaps")),
        Term("3", _("Established"), _("All stages run routinely")),
        Term("4", _("Advanced"), _("Practice is reviewed, shared and improved")),
    ),
)

RIGHT = Vocabulary(
    "right",
    _("Right affected"),
    (
        Term("privacy", _("Privacy")),
        Term("expression", _("Expression and opinion")),
        Term("assembly", _("Assembly and association")),
        Term("life-security", _("Life, liberty and security")),
        Term("fair-trial", _("Fair trial")),
        Term("non-discrimination", _("Non-discrimination")),
    ),
)

REGION = Vocabulary(
    "region",
    _("UN region"),
    (
        Term("africa", _("Africa")),
        Term("americas", _("Americas")),
        Term("asia", _("Asia")),
        Term("europe", _("Europe")),
        Term("oceania", _("Oceania")),
    ),
)

# Each language under its own name, as its readers look for it.
LANGUAGE = Vocabulary(
    "language",
    _("Language"),
    (
        Term("en", "English"),
        Term("fr", "Français"),
        Term("es", "Español"),
        Term("ru", "Русский"),
        Term("ar", "العربية"),
    ),
)
RIGHT_TO_LEFT = frozenset({"ar"})

SUBMITTER_TYPE = Vocabulary(
    "submitter",
    _("Speaking as"),
    (
        Term("civil-society", _("Civil society organisation")),
        Term("academia", _("Academia")),
        Term("company", _("Company")),
        Term("trade-body", _("Trade body")),
        Term("technical-community", _("Technical community")),
        Term("government", _("Government")),
        Term("intergovernmental", _("Intergovernmental organisation")),
        Term("individual", _("Individual")),
        Term("undisclosed", _("Prefer not to say")),
    ),
)

# The three groups that the Code names first; `government` and `other` hold the rest.
GROUP = Vocabulary(
    "group",
    _("Stakeholder group"),
    (
        Term("industry", _("Industry")),
        Term("academia", _("Academia")),
        Term("civil-society", _("Civil society")),
        Term("government", _("Government")),
        Term("other", _("Other")),
    ),
)
GROUP_OF_SUBMITTER = {
    "company": "industry",
    "trade-body": "industry",
    "academia": "academia",
    "technical-community": "academia",
    "civil-society": "civil-society",
    "government": "government",
    "intergovernmental": "government",
    "individual": "other",
    "undisclosed": "other",
}
