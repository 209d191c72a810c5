"""Under /<language>/consultations/<slug>/respond/. No address holds a code or a reference."""

from django.urls import path

from consultations.responses.views import beginning, following, sending, writing

app_name = "responses"
urlpatterns = [
    path("", beginning.start, name="start"),
    path("identity/", beginning.identity, name="identity"),
    path("code/", beginning.code, name="code"),
    path("code/code.txt", beginning.code_text, name="code_text"),
    path("resume/", beginning.resume, name="resume"),
    path("forget/", beginning.forget, name="forget"),
    path("exit/", beginning.leave, name="exit"),
    path("discard/", beginning.discard, name="discard"),
    path("tasks/", writing.task_list, name="tasks"),
    path("part/<int:number>/", writing.part, name="part"),
    path("confidentiality/", writing.confidentiality, name="confidentiality"),
    path("check/", sending.check, name="check"),
    path("sent/", sending.sent, name="sent"),
    path("sent/receipt.json", sending.receipt_file, name="receipt_file"),
    path("sent/answers.json", sending.answers_file, name="answers_file"),
    path("sent/answers.txt", sending.answers_text, name="answers_text"),
    path("attachment/<uuid:file_id>/", sending.attachment, name="attachment"),
    path("status/", following.status, name="status"),
    path("status/question/<int:clarification_id>/", following.clarification, name="clarification"),
    path("revise/", following.revise, name="revise"),
    path("withdraw/", following.withdraw, name="withdraw"),
]
