"""A person at a browser without JavaScript, as the test client plays them."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')


@dataclass
class Visitor:
    """Fills in the pages of answering one consultation; hidden fields are sent as they came."""

    page: Any
    client: Client = field(default_factory=Client)
    noted: str = ""  # the code, on paper

    def at(self, name, *args):
        return reverse(f"responses:{name}", args=[self.page.slug, *args])

    def see(self, name, *args, query=""):
        return self.client.get(self.at(name, *args) + query)

    def text(self, name, *args, query=""):
        return self.see(name, *args, query=query).content.decode()

    def send(self, name, data, *args, query="", hidden=True, **extra):
        """Post what was typed on a page, and with it the page's hidden fields."""
        carried = dict(HIDDEN.findall(self.text(name, *args, query=query))) if hidden else {}
        carried.pop("csrfmiddlewaretoken", None)
        return self.client.post(self.at(name, *args) + query, {**carried, **data}, **extra)

    def begin(self, identity="anonymous", **details):
        answer = self.send(
            "identity",
            {
                "identity": identity,
                "name": "",
                "organisation_name": "",
                "submitter_type": "civil-society",
                "place": "",
                "language": "en",
                **details,
            },
        )
        assert answer.status_code == 302, answer.content.decode()
        if answer.url == self.at("code"):
            self.noted = self.code()
        return answer

    def code(self):
        """The code as its page shows it."""
        return re.search(r'code__value"[^>]*>([^<]+)<', self.text("code")).group(1)

    def type_code(self, code, **extra):
        """Type a code: leads on, or to the page that shows it again and says what is wrong."""
        answer = self.send("resume", {"code": code}, **extra)
        again = answer.url.startswith(self.at("resume"))
        return self.client.get(answer.url) if again else answer

    def come_back(self):
        """Type the code that was written down when the answer was begun."""
        return self.type_code(self.noted)

    def answer_all(self, view="Ask who will use it."):
        self.send("part", {"q-exporter": "no"}, 1)
        self.send("part", {"q-view": view}, 2)

    def submit(self):
        return self.send("check", {"declared": "on"})
