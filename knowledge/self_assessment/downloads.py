"""What is made of answers to be taken along; each is asked for by the name of a button."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knowledge.self_assessment.answers import taken
from knowledge.self_assessment.criteria import COMPANIES, STATES, subject
from knowledge.self_assessment.formats import pdf, word
from knowledge.self_assessment.rendering import sheet_of
from portal.made.registry import Made, register

PDF, PLAN = "self-assessment-pdf", "self-assessment-plan"
ACTS = {STATES: {"pdf": PDF, "plan": PLAN}, COMPANIES: {"pdf": PDF}}
# Names that tell nothing: neither who answered nor what.
PDF_NAMES = {STATES: "self-assessment.pdf", COMPANIES: "due-diligence-check.pdf"}
PLAN_NAME = "draft-action-plan.docx"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def register_makers() -> None:
    """Say how the files are made."""
    register(PDF, _result, _printed)
    register(PLAN, _plan)


def _result(data: dict[str, Any]) -> Made:
    asked = subject(data["about"])
    content = pdf.result(asked, taken(asked, data["answers"]))
    return Made(content, PDF_NAMES[asked.key], "application/pdf")


def _plan(data: dict[str, Any]) -> Made:
    asked = subject(data["about"])
    return Made(word.plan(asked, taken(asked, data["answers"])), PLAN_NAME, DOCX)


def _printed(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    asked = subject(data["about"])
    context = sheet_of(asked, taken(asked, data["answers"]))
    return render(request, "knowledge/self_assessment/printed.html", context)
