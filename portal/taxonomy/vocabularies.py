"""
The portal's vocabularies, in the field's own terms.

Stages follow the guides of export-control outreach programmes and Wassenaar best practices;
technologies, where an entry exists, the control-list entries given as codes (Wassenaar numbering).
Keys are stored and cited in addresses: a label may change, a key never does.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.taxonomy import languages
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
        Term(
            "legislation",
            _("Legislation"),
            _("The law that lets a state control exports, transit and brokering."),
        ),
        Term(
            "control-lists",
            _("Control lists and classification"),
            _("Which items are controlled, and telling whether a given item is one of them."),
        ),
        Term(
            "licensing",
            _("Licensing and risk assessment"),
            _("Deciding on an application after weighing what the export may be used for."),
        ),
        Term(
            "end-use",
            _("End-use and end-user checks"),
            _("Finding out who will use an item, where and for what, before it leaves."),
        ),
        Term(
            "catch-all",
            _("Catch-all controls"),
            _("Controlling what no list names, because of its likely use."),
        ),
        Term(
            "intangible",
            _("Intangible transfers"),
            _("Software, technical data and help that cross a border without a parcel."),
        ),
        Term(
            "transit",
            _("Transit and brokering"),
            _("Goods that pass through, and deals arranged between other countries."),
        ),
        Term(
            "post-shipment",
            _("Post-shipment verification"),
            _("Checking after delivery that an item is where it should be and used as stated."),
        ),
        Term("enforcement", _("Enforcement and customs"), _("Finding and penalising breaches.")),
        Term(
            "outreach",
            _("Outreach and internal compliance"),
            _("Helping exporters and universities to know the rules and keep to them."),
        ),
        Term(
            "transparency", _("Transparency reporting"), _("Saying what was licensed or refused.")
        ),
        Term(
            "cooperation",
            _("Interagency and international cooperation"),
            _("Working together between ministries and between states."),
        ),
    ),
)

TECHNOLOGY = Vocabulary(
    "technology",
    _("Technology"),
    (
        Term(
            "intrusion-software",
            _("Intrusion software and spyware"),
            _("Gets into a device unseen, to copy what it holds or to watch through it."),
            codes=("4.A.5", "4.D.4", "4.E.1.c"),
        ),
        Term(
            "ip-surveillance",
            _("IP-network surveillance"),
            _("Searches the traffic of a whole network for people and their contacts."),
            codes=("5.A.1.j",),
        ),
        Term(
            "mobile-interception",
            _("Mobile interception"),
            _("Finds, follows or listens to mobile telephones nearby."),
            codes=("5.A.1.f",),
        ),
        Term(
            "lawful-intercept",
            _("Lawful-intercept monitoring"),
            _("Collects and reads what operators hand over by order."),
            codes=("5.D.1.e",),
        ),
        Term(
            "forensic-extraction",
            _("Forensic extraction"),
            _("Copies the contents of a locked device that is at hand."),
            codes=("5.A.4.b",),
        ),
        Term(
            "deep-packet-inspection",
            _("Deep packet inspection"),
            _("Reads and sorts network traffic, and so can also block or alter it."),
        ),
        Term(
            "cryptanalysis",
            _("Cryptanalysis"),
            _("Breaks the encryption of messages or stored data."),
            codes=("5.A.4.a",),
        ),
        Term(
            "face-recognition",
            _("Facial and emotion recognition"),
            _("Tells from a face who someone is, or claims to tell how they feel."),
        ),
        Term(
            "other-biometrics",
            _("Voice, gait and DNA biometrics"),
            _("Recognise people by the body."),
        ),
        Term(
            "location-tracking",
            _("Location tracking"),
            _("Follows where people or vehicles are and have been."),
        ),
        Term(
            "plate-readers",
            _("Number-plate readers"),
            _("Recognise vehicles and record where they pass."),
        ),
        Term(
            "video-analytics",
            _("Video analytics"),
            _("Searches and interprets camera pictures by itself."),
        ),
        Term(
            "social-media-analytics",
            _("Social-media analytics"),
            _("Gathers and evaluates what people publish and whom they know."),
        ),
        Term(
            "drones",
            _("Drones"),
            _("Aircraft without a pilot that carry cameras or other sensors."),
        ),
        Term(
            "acoustic-devices",
            _("Acoustic and crowd-control devices"),
            _("Disperse crowds by force."),
        ),
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
        # Translators: a kind of document.
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
    # Translators: how far the export controls of a state have come, from 0 to 4.
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
    # Translators: a human right.
    _("Right affected"),
    (
        Term("privacy", pgettext_lazy("a human right", "Privacy")),
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

# Forms offer them grouped and in the reader's order (`languages.choices`).
LANGUAGE = Vocabulary(
    "language",
    _("Language"),
    tuple(Term(code, languages.lazy_name(code)) for code in languages.codes()),
)

SUBMITTER_TYPE = Vocabulary(
    "submitter",
    _("Speaking as"),
    (
        Term("civil-society", _("Civil society organisation")),
        Term("academia", _("Academia")),
        Term("think-tank", _("Think tank")),
        Term("company", _("Company")),
        Term("trade-body", _("Trade body")),
        Term("consultancy", _("Consultancy")),
        Term("law-firm", _("Law firm")),
        Term("technical-community", _("Technical community")),
        Term("government", _("Government")),
        Term("intergovernmental", _("Intergovernmental organisation")),
        # Translators: somebody who speaks for themselves.
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
        Term("other", pgettext_lazy("a stakeholder group", "Other")),
    ),
)
GROUP_OF_SUBMITTER = {
    "company": "industry",
    "trade-body": "industry",
    "consultancy": "industry",
    "law-firm": "industry",
    "think-tank": "academia",
    "academia": "academia",
    "technical-community": "academia",
    "civil-society": "civil-society",
    "government": "government",
    "intergovernmental": "government",
    "individual": "other",
    "undisclosed": "other",
}
