"""What a browser would send from the page editor."""

from typing import Any

from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def filled_in(client: Client, address: str) -> dict[str, Any]:
    """The fields of the page editor as they stand, with the counts that its scripts would add."""
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    form = soup.select_one("form[data-edit-form]")
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = chosen["value"] if chosen else ""
        else:
            value = field.text.strip("\n") if field.name == "textarea" else field.get("value", "")
        data[field["name"]] = value
    for stream in form.select("[data-block]"):
        data[f"{stream['id']}-count"] = "0"
    return data


def send(client: Client, page: Page, action: str, **fields: Any):
    """Press a button of the page editor: "action-publish", "action-submit", … ("" saves)."""
    data = filled_in(client, edit_address(page)) | fields
    return client.post(edit_address(page), data | ({action: "1"} if action else {}))
