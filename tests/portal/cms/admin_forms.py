"""What a browser would send from the page editor."""

import json
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
            if field.get("type") == "checkbox":
                value = value or "on"
        data[field["name"]] = value
    for stream in form.select("[data-block]"):
        data |= blocks_of(stream["id"], json.loads(stream["data-w-block-arguments-value"])[0])
    return data


def blocks_of(name: str, blocks: list[dict[str, Any]]) -> dict[str, str]:
    """The fields of a stream whose blocks are plain texts; of others only that there are none."""
    texts = [each for each in blocks if isinstance(each["value"], str)]
    data = {f"{name}-count": str(len(texts))}
    for place, block in enumerate(texts):
        of_one = {"deleted": "", "order": place, "type": block["type"], "id": block["id"] or ""}
        of_one["value"] = block["value"]
        data |= {f"{name}-{place}-{key}": str(value) for key, value in of_one.items()}
    return data


def send(client: Client, page: Page, action: str, **fields: Any):
    """Press a button of the page editor: "action-publish", "action-submit", … ("" saves)."""
    data = filled_in(client, edit_address(page)) | fields
    return client.post(edit_address(page), data | ({action: "1"} if action else {}))
