"""Answering, page by page, without JavaScript."""

from consultations.responses.models import Draft, Response
from tests.consultations.responses.walk import Visitor


def test_an_anonymous_answer_from_start_to_receipt(page):
    visitor = Visitor(page)
    assert "Begin" in visitor.text("start")
    assert visitor.begin().url == visitor.at("code")
    code = visitor.code()
    assert len(code.replace("-", "")) == 20
    visitor.answer_all()
    tasks = visitor.text("tasks")
    assert "Done: 3 of 3" in tasks
    check = visitor.text("check")
    assert "Ask who will use it." in check
    answer = visitor.submit()
    assert answer.url == visitor.at("sent")
    response = Response.objects.get()
    receipt = visitor.text("sent")
    assert response.reference in receipt
    assert code in receipt
    assert not Draft.objects.exists()
    assert response.account is None
    assert "Received" in visitor.text("status")
    assert visitor.see("receipt_file").json()["statement"]["reference"] == response.reference
