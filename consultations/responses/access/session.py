"""An answer as its owner has it in hand: the consultation, the draft, what was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from consultations.calls.models import ConsultationPage
from consultations.calls.phases import Phase
from consultations.questionnaires.parts import Part, Questionnaire
from consultations.responses import expiry
from consultations.responses.access import cookies, handles
from consultations.responses.access.codes import hash_code
from consultations.responses.access.notices import OnPaper
from consultations.responses.access.turns import in_turn
from consultations.responses.models import Channel, Draft, Response
from consultations.responses.permissions import (
    Timing,
    is_open,
    timing_of,
    user_can_enter_answers,
)
from portal.cms.way_out import clear_browser
from portal.confidential import confidential
from portal.stakeholders.models import Organisation
from portal.web.arrival import arrived_at
from portal.web.csrf import FORGED, is_forged

FOLDER = "consultations/responses"
# Pages of one person alone, for whomever they answer.
ALONE = frozenset({"start", "code", "code_text", "resume", "forget", "exit", "untie", "sign"})


@dataclass
class Answering:
    """
    Session of one visitor with one consultation: by the browser's code, else by the account.

    With `for_organisation` it is what the visitor's organisation holds: its pages have addresses
    of their own, so that nobody writes into one answer what they meant for the other. `at` is when
    the first byte of the request came in, by which it is judged. `handle` is what the browser holds
    and `held` what that opens; `code` is the code of an answer that is open. `give_code` is a code
    that the browser gets a handle for with the answer to the request; with `let_go` it has none
    from then on.
    """

    request: HttpRequest
    page: ConsultationPage
    at: datetime
    for_organisation: bool = False
    handle: str = ""
    held: handles.Held | None = None
    code: str = ""
    give_code: str = ""
    let_go: bool = False

    @classmethod
    def or_404(cls, request: HttpRequest, slug: str, for_organisation: bool = False) -> "Answering":
        """Find the published consultation with this slug that asks something; raises Http404."""
        at = arrived_at(request)
        page = ConsultationPage.objects.readable().defer(None).filter(slug=slug).first()
        if page is None or not page.questionnaire() or page.phase(at) is Phase.SCHEDULED:
            raise Http404
        if for_organisation:
            return cls(request, page.in_language(), at, for_organisation)
        handle = cookies.handle_in(request)
        held = handles.read(handle, at)
        code = held.code if held and held.opens == handles.Opens.ANSWER else ""
        if code and expiry.have_ended(page, at):
            code = ""
        return cls(request, page.in_language(), at, for_organisation, handle, held, code)

    @property
    def user(self) -> Any:
        return self.request.user

    @property
    def questionnaire(self) -> Questionnaire:
        return self.page.questionnaire()

    @cached_property
    def is_nameless(self) -> bool:
        """
        Say whether the browser keeps nothing of it: nobody signed in, or a code is in hand.

        Staff who type in what came on paper hold the code for somebody else, in their own account.
        """
        if self.for_organisation:
            return False
        if not self.user.is_authenticated:
            return True
        if self.held is None:
            return False
        in_hand = self.draft or self.response
        on_paper = in_hand is not None and in_hand.channel != Channel.PORTAL
        return not (on_paper and user_can_enter_answers(self.user))

    @cached_property
    def organisation(self) -> Organisation | None:
        """Return the organisation of the visitor, as staff have set it."""
        if not (self.user.is_authenticated and self.user.is_active):
            return None
        return self.user.organisation

    @cached_property
    def shared_draft(self) -> Draft | None:
        """Return what the visitor's organisation is writing."""
        if self.organisation is None:
            return None
        drafts = Draft.objects.of_organisation(self.organisation.pk)
        return drafts.filter(consultation=self.page.pk).first()

    @cached_property
    def draft(self) -> Draft | None:
        """Return what is being written: the organisation's; else by the code, by account."""
        drafts, found = Draft.objects.all(), None
        if self.for_organisation:
            found = self.shared_draft
        elif self.code:
            found = drafts.of_code(self.page.pk, hash_code(self.code)).first()
        if found is None and self.user.is_authenticated and not self.for_organisation:
            found = drafts.of_account(self.user.pk).filter(consultation=self.page.pk).first()
        if found is not None:
            found.consultation = self.page
        return found

    @cached_property
    def response(self) -> Response | None:
        """Return what was sent: one's own that `?of=` names, else the code's, else one's newest."""
        found, mine = None, Response.objects.none()
        if self.for_organisation:
            if self.organisation is not None:
                mine = Response.objects.of_organisation(self.organisation.pk)
        elif self.user.is_authenticated:
            mine = Response.objects.of_account(self.user.pk)
        mine = mine.filter(consultation=self.page.pk)
        if reference := self.request.GET.get("of", "").replace("\0", ""):  # PostgreSQL has no NUL
            found = mine.filter(reference=reference).first()
        if found is None and self.code:
            found = Response.objects.of_code(self.page.pk, hash_code(self.code)).first()
        found = found or mine.first()
        if found is not None:
            found.consultation = self.page
        return found

    @cached_property
    def shared_response(self) -> Response | None:
        """Return what was sent last in the name of the visitor's organisation."""
        if self.organisation is None:
            return None
        sent = Response.objects.of_organisation(self.organisation.pk)
        return sent.filter(consultation=self.page.pk).first()

    def response_or_404(self) -> Response:
        if self.response is None:
            raise Http404
        return self.response

    @cached_property
    def timing(self) -> Timing:
        """Return how this answer stands to the deadline; without a draft, whether one may begin."""
        if self.draft is not None:
            return timing_of(self.draft, self.page, self.at)
        return Timing.IN_TIME if is_open(self.page, self.at) else Timing.CLOSED

    @property
    def code_until(self) -> str:
        """Say until when the code that is open here, else any, opens an answer."""
        return expiry.sentence(self.page, self.at, is_in_hand=bool(self.code))

    @property
    def codes_have_ended(self) -> bool:
        """Say whether no code opens anything here any more."""
        return expiry.have_ended(self.page, self.at)

    def part_or_404(self, number: int) -> Part:
        """Return a part of the questionnaire, whole, whether it applies or not."""
        for part in self.questionnaire.parts:
            if part.number == number and part.questions:
                return part
        raise Http404

    def href(self, name: str, *args: Any) -> str:
        """Return the address of one of the pages of answering, of the same answer."""
        shared = self.for_organisation and name not in ALONE
        space = "responses:organisation" if shared else "responses"
        return reverse(f"{space}:{name}", args=[self.page.slug, *args])

    def go(self, name: str, *args: Any, query: str = "") -> HttpResponse:
        """Lead on to another page of answering."""
        return redirect(self.href(name, *args) + query)

    def own_query(self, response: Response) -> str:
        """Return what makes an address this response's: where no code opens it, its reference."""
        return f"?of={response.reference}" if response.code_hash is None else ""

    def leave(self) -> None:
        """Have the handle open nothing from now on, and the browser lose it."""
        handles.end(self.handle)
        self.let_go = True

    def finish(self, response: HttpResponse) -> HttpResponse:
        """Return the answer to the request, with what becomes of what the browser holds."""
        if self.give_code:
            handles.end(self.handle)
            cookies.give(response, self.page.slug, handles.begin(self.give_code, self.at))
        elif self.let_go:
            cookies.forget(response, self.page.slug)
            if self.is_nameless:
                clear_browser(self.request, response)
        return response

    def lead_back(self) -> HttpResponse:
        """Lead back whoever asks for a page of a draft and has none in hand."""
        if self.response is None and self.for_organisation:
            return self.go("start")
        return self.go("status" if self.response is not None else "resume")

    def turned_away(self) -> HttpResponse | None:
        """
        Turn away a stranger to every organisation from a page of one's; raises Http404.

        Nobody who posts is turned away: nothing typed is lost, and the action refuses it.
        """
        if not self.for_organisation or self.organisation is not None:
            return None
        if self.request.method == "POST":
            return None
        if self.user.is_authenticated:
            raise Http404
        return redirect_to_login(self.request.get_full_path())

    def render(
        self, template: str, title: str, *, folder: str = FOLDER, status: int = 200, **extra: Any
    ) -> HttpResponse:
        """Render a page of answering: templates/<folder>/<template>.html."""
        consultation = self.page
        crumbs = consultation.breadcrumbs_below()
        start = self.href("start")
        if self.request.path != start:
            crumbs.append({"text": _("Respond"), "href": start})
        context = {
            "answering": self,
            "consultation": consultation,
            "title": title,
            "is_nameless": self.is_nameless,
            "breadcrumb_items": [*crumbs, {"text": title}],
            "draft": self.draft,
            "is_taken": self.timing.is_taken,
            "in_grace": self.timing is Timing.GRACE,
            "organisation": self.organisation if self.for_organisation else None,
            "on_paper": OnPaper(self),
            **extra,
        }
        return render(self.request, f"{folder}/{template}.html", context, status=status)


View = Callable[..., HttpResponse]


def answering_page(view: View) -> View:
    """
    Make a page of answering: its view gets an `Answering`, no cache keeps what it shows.

    A forged form leads back to the page with a word on why, and its view does not see it; but for
    those that keep what was typed, or are exempt. What is posted takes a turn.
    """
    sees_forged = getattr(view, "csrf_exempt", False)

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @confidential
    @wraps(view)
    def page(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
        shared = kwargs.pop("for_organisation", False)
        answering = Answering.or_404(request, slug, shared)
        if not sees_forged and is_forged(request):
            messages.error(request, FORGED)
            return redirect(request.get_full_path())
        return in_turn(
            answering,
            lambda: answering.finish(answering.turned_away() or view(answering, **kwargs)),
        )

    return page
