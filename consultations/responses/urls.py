"""
Under /<language>/consultations/<slug>/respond/. No address holds a code or a reference.

But for a signatory's private link: it is the only thing that they have. Addresses under here are
kept out of logs, and those pages send theirs nowhere.
"""

from django.urls import include, path

from consultations.responses import offline_urls
from consultations.responses.views import (
    beginning,
    drafting,
    files,
    following,
    news,
    organisations,
    resume,
    sending,
    signatories,
    signatory,
    translation,
    untie,
)

app_name = "responses"
# What there is of every answer, one's own and that of one's organisation.
of_an_answer = [
    path("identity/", beginning.identity, name="identity"),
    path("discard/", beginning.discard, name="discard"),
    path("tasks/", drafting.task_list, name="tasks"),
    path("part/<int:number>/", drafting.part, name="part"),
    path("confidentiality/", drafting.confidentiality, name="confidentiality"),
    path("signatories/", signatories.signatories, name="signatories"),
    path("signatories/links.txt", signatories.links_text, name="links_text"),
    path("signatories/<int:signatory_id>/link/", signatories.renew, name="renew_link"),
    path("signatories/<int:signatory_id>/remove/", signatories.remove, name="remove_signatory"),
    path("check/", sending.check, name="check"),
    path("sent/", sending.sent, name="sent"),
    path("sent/proof/", sending.proof, name="proof"),
    path("sent/receipt.json", sending.receipt_file, name="receipt_file"),
    path("sent/answers.json", sending.answers_file, name="answers_file"),
    path("sent/answers.txt", sending.answers_text, name="answers_text"),
    path("attachment/<uuid:file_id>/", sending.attachment, name="attachment"),
    path("file/<uuid:file_id>/", files.file, name="file"),
    path("status/", following.status, name="status"),
    path("status/file/<uuid:file_id>/", files.sent_file, name="sent_file"),
    path("status/file/<uuid:file_id>/another/", files.another_file, name="another_file"),
    path("status/question/<int:clarification_id>/", following.clarification, name="clarification"),
    path("news/", news.news, name="news"),
    path("news/code/", news.code, name="news_code"),
    path("news/stop/", news.stop, name="news_stop"),
    path("revise/", following.revise, name="revise"),
    path("withdraw/", following.withdraw, name="withdraw"),
]
of_an_organisation = [
    *of_an_answer,
    path("ask/", organisations.ask, name="ask"),
    path("send-back/", organisations.send_back, name="send_back"),
]
urlpatterns = [
    path("", beginning.start, name="start"),
    path("code/", beginning.code, name="code"),
    path("code/code.txt", beginning.code_text, name="code_text"),
    path("resume/", resume.resume, name="resume"),
    path("forget/", beginning.forget, name="forget"),
    path("exit/", beginning.leave, name="exit"),
    path("status/translation/", translation.translation, name="translation"),
    path("status/alone/", translation.alone, name="alone"),
    path("untie/", untie.untie, name="untie"),
    *of_an_answer,
    *offline_urls.urlpatterns,
    path(
        "organisation/",
        include((of_an_organisation, "organisation")),
        {"for_organisation": True},
    ),
    path("sign/<str:token>/", signatory.sign, name="sign"),
    path(
        "sign/<str:token>/attachment/<uuid:file_id>/",
        signatory.sign_attachment,
        name="sign_attachment",
    ),
]
