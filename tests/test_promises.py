"""
What the portal says that it does: each sentence, where it stands, and the test of the deed.

`PROMISES` has, for each file that makes promises, each sentence and the test that holds the deed.
A sentence that is changed, and a test that goes, break the list. What no other test holds has a
test of its own below, named as the sentence; its docstring is the sentence. Of the pages that are
nothing but promises every single sentence is listed here, or in `NO_DEED`, where it promises none.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from consultations.publication.models import PublicCopy
from consultations.responses.models import Draft, Identity, Response
from knowledge.guides.facets import TEACHING_TYPES
from portal.management.demo.content import read
from portal.management.library.loading import FOLDER as LIBRARY
from tests.consultations.factories import (
    ConsultationPageFactory,
    asked,
    questionnaire_stream,
    section,
    stream_of,
)
from tests.consultations.moderation.building import accepted, published, screener
from tests.consultations.responses.builders import consultation_that_asks, save
from tests.factories import UserFactory
from tests.knowledge.factories import GuidePageFactory

ROOT = Path(__file__).resolve().parents[1]
# Of the pages that `create_site` makes, and the portal's own sentences on them.
STANDING = "portal/management/site_content/standing_pages.toml"
OWN = "templates/cms/standing/"
PRIVACY, MODERATION = OWN + "privacy.html", OWN + "moderation.html"
ACCESSIBILITY = OWN + "accessibility.html"
TAKE_PART = OWN + "take_part.html"
HOME = "portal/management/site_content/home.toml"
BEFORE = "templates/cms/before_you_answer_page.html"
ANSWERING = "templates/consultations/responses/"
ASSESSMENT = "templates/knowledge/self_assessment/"
DISCUSSION = "templates/consultations/discussion/"
PUBLICATION = "templates/consultations/publication/"

# Where a sentence stands → the sentence → a test of the deed, its folder and "test_" left out.
PROMISES: dict[str, dict[str, str]] = {
    STANDING: {
        "each guide links to its source and names the date on which it was consulted": (
            "guides/test_guide_page::it_shows_what_it_is_and_where_it_comes_from"
        ),
        "It has a date of last review and a date of next review, both shown.": (
            "guides/test_guide_page::it_shows_what_it_is_and_where_it_comes_from"
        ),
        "A second person approves it before it is published.": (
            "cms/test_approval::the_whole_way_through_the_admin"
        ),
        "Its closing time is given with the time zone and in UTC.": (
            "calls/test_pages::the_deadline_is_read_as_its_last_minute_in_its_zone_and_in_utc"
        ),
        "If it is extended, the reason and the first closing date remain visible.": (
            "calls/test_forms::an_extension_is_published_with_its_reason"
        ),
        "a response that was begun in time can still be sent for some hours": (
            "actions/test_sending::grace_is_for_drafts_begun_in_time_to_the_second"
        ),
        "It is then marked as late, unless it has no name.": (
            "actions/test_late::an_answer_without_a_name_is_late_nowhere_and_on_no_day"
        ),
        "entered in a public record that cannot be changed without being noticed": (
            "record/test_single_changes::each_of_two_hundred_single_changes_is_found"
        ),
        "you can prove that your response is in, whole and unchanged, or that we broke our word": (
            "record/test_export::a_portal_that_dropped_an_answer_is_caught_by_its_own_signature"
        ),
        "the portal does not know it": (
            "actions/test_drafting::without_an_account_a_draft_gets_a_code_that_is_kept_as_a_hash"
        ),
        "A correction is dated and noted on the guide.": (
            "guides/test_guide_page::change_notes_come_newest_first"
        ),
        "Our register holds these states, each with its source.": (
            "states/test_register::the_register_is_the_subscribing_states"
        ),
        "Every other state and territory has a page there too.": (
            "states/test_state::every_other_state_or_territory_has_the_same_neutral_page"
        ),
        "This portal accepts no endorsement; it records one from a public source.": (
            "states/test_state::the_page_says_that_no_endorsement_is_taken_and_leads_to_the_form"
        ),
        "A guide whose review is overdue says so.": (
            "guides/test_guide_page::a_passed_review_is_told"
        ),
    },
    PRIVACY: {
        # Years, rights
        "people read responses, publish them, and hide comments": (
            "publication/test_actions::nothing_is_published_where_one_cannot_be"
        ),
        "Two hours after its last use.": "access/test_handles::two_hours_without_use_close_it",
        "Until you stop it, or the outcome is published or the consultation is cancelled": (
            "following/test_news::without_an_outcome_it_ends_two_years_after_the_deadline"
        ),
        "Then nothing of it is left but the day.": (
            "notifications/test_notify::once_sent_nothing_is_left_but_the_day"
        ),
        "Until it is sent.": "notifications/test_notify::once_sent_nothing_is_left_but_the_day",
        "Until you delete it.": "saved_searches/test_privacy::it_goes_with_the_account",
        "Until you sign out there, and %(idle)d days after its last use": (
            "sessions/test_store::members_stay_for_two_weeks_without_a_visit"
        ),
        "or %(most)d days after you signed in at the latest.": (
            "sessions/test_store::members_are_signed_out_ninety_days_after_they_signed_in"
        ),
        "when they signed in, and what was refused to them": (
            "staff_log/test_staff_log::it_is_kept_as_long_as_is_said_and_stays_when_an_account_goes"
        ),
        "Other staff read it.": "staff_log/test_staff_log::administrators_read_it_in_the_admin",
        "The address until 90 days after the round is closed": (
            "fact_checks/test_mail_and_periods::"
            "ninety_days_after_the_round_is_closed_the_address_goes_and_the_name_too"
        ),
        "and one year after its deadline at the latest": (
            "fact_checks/test_mail_and_periods::"
            "a_round_that_nobody_closes_keeps_no_address_for_longer_than_a_year"
        ),
        "The name goes with it, unless the expert agreed to be named": (
            "fact_checks/test_mail_and_periods::"
            "who_agreed_to_be_named_keeps_the_name_until_it_is_taken_away"
        ),
        "Searches that found nothing, without who made them": (
            "curation/test_missed_searches::forgotten_after_ninety_days"
        ),
        "They hold no address, only a number that means nothing when the day has ended.": (
            "web/test_limit_store::the_key_and_all_counted_under_it_are_destroyed_with_the_day"
        ),
        "Once a text is erased, its entry says nothing any more.": (
            "record/test_actions::erasing_forgets_what_was_said_and_keeps_the_leaf"
        ),
        "The response opens, with all that you answered.": (
            "responses/test_expiry::until_then_a_code_opens_what_was_sent_and_what_was_begun"
        ),
        "Directly after sending you can also download it.": (
            "responses/test_pages::the_receipt_and_the_answers_fit_together"
        ),
        "Until the deadline, open the response with the code and change it.": (
            "actions/test_sending::a_change_before_the_deadline_is_another_version"
        ),
        "Open it with the code and choose to withdraw it.": (
            "actions/test_following::withdrawn_before_publication_nothing_of_it_is_left"
        ),
        "Or cut the tie: then the response stays, and nothing leads to you.": (
            "actions/test_untie::the_words_and_files_stay_and_nothing_else"
        ),
        "Open the response with the code and stop it there.": (
            "actions/test_news::turned_off_the_address_is_erased_with_what_waits"
        ),
        "If you have lost the code, nobody can tell any more which response is yours": (
            "access/test_handles::a_stolen_database_opens_nothing"
        ),
        "Questions that are marked “optional” can be left out": (
            "test_promises::you_can_leave_out_the_questions_that_are_marked_optional"
        ),
        (
            "it is published after the consultation has closed, and only when at least five "
            "responses without a name are public with it, unless you allow that it is the only "
            "one."
        ): ("publication/test_batches::whoever_allowed_it_stands_alone_and_no_other"),
        (
            "If you sign a response of others, you type an e-mail address of your own and the "
            "code that we send there."
        ): ("actions/test_signatories::all_links_in_one_hand_confirm_nobody"),
        (
            "The address is stored encrypted until then, for half an hour at most, and the "
            "people who send the response do not see it."
        ): ("actions/test_signatories::no_page_shows_the_address_that_was_typed"),
        "Then a fingerprint of it is kept, so that nobody confirms twice from one address.": (
            "actions/test_signatories::one_mailbox_confirms_one_however_it_is_spelt"
        ),
        (
            "It is erased when the response is published; if it is not, when the outcome is "
            "published, or two years after the deadline."
        ): ("actions/test_signatories::what_is_kept_of_an_address_and_until_when"),
        "If you choose that your name is withheld, it is not published.": (
            "responses/test_joint_publication::"
            "the_others_are_numbers_and_after_publication_nobody_confirms"
        ),
        "You can take your name back at your link at any time.": (
            "responses/test_joint_publication::a_name_taken_back_leaves_everything_at_once"
        ),
        (
            "We store the e-mail address that you confirmed, encrypted, and the language of the "
            "mail; if you follow with your account, that you do."
        ): ("following/test_pages::rows_hold_a_sealed_address_and_no_time"),
        "We do not store when you began.": (
            "following/test_pages::rows_hold_a_sealed_address_and_no_time"
        ),
        (
            "No page shows who follows a consultation or how many do, not even to staff, and "
            "nothing connects a follower with a response."
        ): ("following/test_news::a_visitor_of_the_page_learns_nothing_of_followers"),
        (
            "The address is erased when you stop, when the outcome is published or the "
            "consultation is cancelled and the last mail is written, and two years after the "
            "deadline at the latest."
        ): ("following/test_news::without_an_outcome_it_ends_two_years_after_the_deadline"),
        "No IP address, no name of your browser, and for a response no time of day.": (
            "test_access::no_trace_of_a_visitor_is_kept"
        ),
        "The pages load nothing from third parties": (
            "cms/test_components::shell_asks_nothing_of_other_origins_and_holds_no_inline_code"
        ),
        "The application does not store your IP address or the name of your browser": (
            "test_access::no_trace_of_a_visitor_is_kept"
        ),
        "what you write beside it and the day, until staff have looked at it": (
            "states/test_sources_told::what_is_told_waits_for_staff_and_changes_nothing"
        ),
        "We keep nothing of the person who sent it.": (
            "states/test_sources_told::what_is_told_waits_for_staff_and_changes_nothing"
        ),
        "That last cookie is a random number and never the code.": (
            "access/test_handles::the_cookie_is_for_these_pages_alone_and_is_not_the_code"
        ),
        "After two hours without use it no longer opens the response.": (
            "access/test_handles::two_hours_without_use_close_it"
        ),
        "which is shown as your own statement until a member of staff has verified it": (
            "stakeholders/test_account_pages::the_overview_tells_stated_from_verified"
        ),
        "a sign-in code that expires": "stakeholders/test_signin::a_login_code_expires",
        "the day on which you signed in there, the day of last use": (
            "sessions/test_store::"
            "of_a_member_s_session_the_database_knows_two_days_and_no_finer_time"
        ),
        "We do not store the time of day, and the portal's log has no line about these pages.": (
            "test_confidential_paths::no_answer_at_such_an_address_is_logged_or_kept"
        ),
        "no name, organisation or account is stored with the response, not even if you are": (
            "actions/test_sending::an_anonymous_response_names_nobody"
        ),
        "We keep only a fingerprint of the code, so nobody can tell it to you again.": (
            "actions/test_drafting::without_an_account_a_draft_gets_a_code_that_is_kept_as_a_hash"
        ),
        "with the code you can cut the tie: everything that could link you to the response is": (
            "actions/test_untie::no_byte_of_a_dump_leads_to_the_writer"
        ),
        "it has a number that was drawn at random, is listed in random order": (
            "publication/test_actions::the_order_is_not_the_order_of_coming_in"
        ),
        "Each time one of them opens it, their name is logged.": (
            "admin_views/test_response::"
            "what_is_for_officials_is_masked_until_somebody_cleared_opens_it"
        ),
        "it is stored encrypted and used for nothing else": (
            "notifications/test_notify::a_waiting_row_holds_no_address_and_no_time"
        ),
        "This takes out its name, its author and other data about who made it": (
            "files/test_metadata::a_pdf_is_told_by_every_place"
        ),
        "What was removed is shown to you after you add the file.": (
            "actions/test_leaving_out::the_submitter_sees_what_will_be_read_of_a_file"
        ),
        "The entry has a day and no time, and no name or address.": (
            "record/test_actions::the_day_is_that_of_utc_and_no_time_is_kept"
        ),
        "They see it when the day has ended, among the other entries of that day": (
            "record/test_sequencer::the_order_within_a_day_is_not_that_of_acts"
        ),
        "For a response without a name, no public entry says which of the entries it was before.": (
            "publication/test_actions::"
            "the_record_never_ties_a_nameless_publication_to_its_submission"
        ),
        "it says nothing once the text and the random number that belong to it are erased": (
            "record/test_actions::erasing_forgets_what_was_said_and_keeps_the_leaf"
        ),
        "A draft that you do not send is erased 90 days after the deadline": (
            "actions/test_drafting::old_drafts_are_erased_ninety_days_after_the_deadline"
        ),
        "and at once if you erase it yourself": (
            "actions/test_drafting::a_discarded_draft_is_gone_and_stays_gone"
        ),
        "A response that you withdraw before it is published is erased": (
            "actions/test_following::withdrawn_before_publication_nothing_of_it_is_left"
        ),
        "A response that you withdraw after it was published is taken down, and a page says so.": (
            "publication/test_pages::a_page_in_its_place_says_that_it_is_gone"
        ),
        "12 months, unless its pages say otherwise": (
            "responses/test_expiry::it_counts_from_the_later_of_the_deadline_and_the_outcome"
        ),
        "Then what we keep of the code is erased, and the response stays.": (
            "responses/test_expiry::then_codes_and_what_they_opened_are_erased_and_answers_stay"
        ),
        "what you said before keeps the name that it had": (
            "discussion/test_who_spoke::what_was_said_before_keeps_name_group_and_organisation"
        ),
        "If you edit a comment, the earlier version is kept and can be seen by anyone.": (
            "discussion/test_views::an_author_edits_and_all_see_the_earlier_wording"
        ),
        "Each comment has a link to its entry.": (
            "discussion/test_who_spoke::a_comment_leads_to_its_entry"
        ),
        "the reason is shown and the text is not": (
            "discussion/test_views::a_moderator_hides_with_a_reason_and_shows_again"
        ),
        "We tell you by e-mail, and you can appeal to another moderator.": (
            "discussion/test_appeals::its_author_is_told_by_mail_without_their_words"
        ),
        "until you remove the comment or delete your account": (
            "discussion/test_appeals::what_was_said_in_an_appeal_goes_with_the_comment"
        ),
        "You can remove your comment at any time, whether the discussion is open or not.": (
            "discussion/test_taking_back::it_can_be_removed_whatever_has_become_of_it"
        ),
        "We erase the text, every earlier version, your name, your organisation, your group": (
            "discussion/test_taking_back::nothing_of_a_removed_comment_is_left_in_any_row"
        ),
        "Search engines are asked not to list discussions.": (
            "test_well_known::discussions_are_not_to_be_listed"
        ),
        "takes you away at once": (
            "access/test_handles::the_way_out_is_the_first_thing_on_every_page"
        ),
        "You choose whether your comments are removed, or stay without your name": (
            "discussion/test_departures::the_owner_reads_what_goes_and_chooses"
        ),
        "A response after a person has read it": (
            "publication/test_actions::nothing_is_published_where_one_cannot_be"
        ),
        "An answer for officials only is not published; its public version is.": (
            "publication/test_actions::"
            "officials_answers_stand_with_their_public_version_or_not_at_all"
        ),
        "A response with the records of the consultation, unless you withdraw it before": (
            "actions/test_following::withdrawn_before_publication_nothing_of_it_is_left"
        ),
        "A comment until you remove it.": (
            "discussion/test_taking_back::it_can_be_removed_whatever_has_become_of_it"
        ),
        "An account until you delete it.": (
            "discussion/test_departures::the_owner_reads_what_goes_and_chooses"
        ),
        "moderators and analysts of the portal read responses before they are published": (
            "moderation/test_permissions::who_reads_and_who_screens_is_a_matter_of_role"
        ),
        "What is for officials only is opened by staff who were cleared for it": (
            "moderation/test_permissions::clearing_comes_with_no_role_and_with_no_superuser"
        ),
        "You need no account to read.": (
            "test_access::each_role_reads_what_is_meant_for_it_and_reading_changes_nothing"
        ),
        "At the foot of a guide anybody can say whether it was useful, and what is missing.": (
            "feedback/test_useful::a_reader_says_it_without_an_account_or_a_cookie"
        ),
        "We keep that, the day and, if you came from our own search, what you searched for.": (
            "feedback/test_useful::what_was_searched_for_comes_from_the_portal_s_own_search"
        ),
        "On the page of a state anybody can tell us of a public source.": (
            "states/test_sources_told::the_form_asks_for_the_source_and_needs_no_account"
        ),
        "Cookies are used only where the portal could not work without them": (
            "access/test_handles::the_cookie_is_for_these_pages_alone_and_is_not_the_code"
        ),
        "when they signed in, in which way, and what was refused to them": (
            "staff_log/test_staff_log::how_staff_came_in_and_what_was_wrong_before"
        ),
        "We do not ask for an identity document, a telephone number": (
            "stakeholders/test_signup::the_page_says_what_is_kept"
        ),
        "or, where the consultation allows it, without any name": (
            "responses/test_pages::anonymity_is_hidden_where_it_is_not_offered"
        ),
        "We store what you write, its language, whom you speak as": (
            "actions/test_sending::what_was_written_is_what_is_kept"
        ),
        "What is published: a comment at once, under the name that you chose.": (
            "discussion/test_views::a_member_comments_and_lands_on_the_comment"
        ),
        "What is kept: what you write, the day, and what you say about yourself.": (
            "actions/test_sending::no_row_about_an_answer_has_a_time_of_day"
        ),
        "How long: a draft until 90 days after the deadline.": (
            "actions/test_drafting::old_drafts_are_erased_ninety_days_after_the_deadline"
        ),
        "We keep this until you are signed out there.": (
            "sessions/test_store::sessions_that_have_ended_are_erased"
        ),
        "everything that could link you to the response is erased, and the response stays": (
            "actions/test_untie::the_words_and_files_stay_and_nothing_else"
        ),
        "If you mark an answer for officials only, staff who were cleared for it read it.": (
            "admin_views/test_response::"
            "what_is_for_officials_is_masked_until_somebody_cleared_opens_it"
        ),
        "The public version that you write of it is published.": (
            "publication/test_actions::"
            "officials_answers_stand_with_their_public_version_or_not_at_all"
        ),
        "says how responses are checked and for which reasons a response is not published": (
            "moderation/test_disputes::the_policy_lists_every_reason_and_tells_no_small_number"
        ),
        "We check each file and make it anew.": (
            "files/test_intake::in_its_turn_it_is_made_anew_and_what_was_sent_is_destroyed"
        ),
        "its fingerprint is entered in a public record, with a random number": (
            "actions/test_sending::the_record_states_the_digest_and_opens_it_to_nobody"
        ),
        "others see only a long number in the record": (
            "record/test_views::a_sealed_entry_shows_its_hash_alone"
        ),
        "So nobody can see from the record when within a day somebody responded.": (
            "test_record_tells_no_time::who_comments_all_day_sees_no_answer_come_in_between"
        ),
        "After publication a second entry says what was published.": (
            "publication/test_actions::"
            "publishing_says_so_to_the_record_the_search_and_the_submitter"
        ),
        "The record only grows.": "record/test_tampering::a_deleted_entry",
        "The reference stays, and in the record a mark that something was erased.": (
            "actions/test_following::withdrawn_before_publication_nothing_of_it_is_left"
        ),
        "It stays with the records of the consultation": (
            "actions/test_following::withdrawn_after_publication_the_record_keeps_what_it_was"
        ),
        "we erase at once what we keep of the code, your e-mail address for news": (
            "actions/test_untie::no_byte_of_a_dump_leads_to_the_writer"
        ),
        "and the name, group and organisation under which you posted it": (
            "discussion/test_actions::a_comment_keeps_who_spoke_and_for_whom"
        ),
        "Each wording is entered in the record as well": (
            "discussion/test_recording::"
            "an_edit_keeps_each_wording_with_its_entry_and_names_the_one_that_it_follows"
        ),
        "moderators read it and nobody else": (
            "discussion/test_appeals::who_appeals_and_who_decides"
        ),
        "Its place stays, with the time and the words “Removed by its author”": (
            "discussion/test_taking_back::its_place_and_its_replies_stay"
        ),
        "The record keeps a fingerprint from which nobody can tell what was written.": (
            "discussion/test_taking_back::the_record_keeps_hashes_that_say_nothing_and_still_holds"
        ),
        "you can see and correct your name, your e-mail addresses": (
            "stakeholders/test_account_pages::a_profile_is_changed"
        ),
        "The drafts and the responses that your account holds are there too, and your comments.": (
            "actions/test_organisations::"
            "the_accounts_list_holds_what_the_organisation_writes_and_has_sent"
        ),
        "While a consultation is open you can edit your own comments in it": (
            "discussion/test_permissions::only_its_author_edits_a_comment_and_only_while_open"
        ),
        "You can remove a comment at any time.": (
            "discussion/test_taking_back::it_can_be_removed_whatever_has_become_of_it"
        ),
        "You can withdraw a response for as long as its code opens it": (
            "responses/test_expiry::until_then_a_code_opens_what_was_sent_and_what_was_begun"
        ),
        "You can delete your account there.": (
            "discussion/test_departures::the_owner_reads_what_goes_and_chooses"
        ),
        "Responses that you sent stay as you sent them.": (
            "actions/test_organisations::an_account_deleted_takes_no_shared_draft_along"
        ),
    },
    OWN + "said.html": {
        "Until they do, it opens no consultation.": (
            "cms/test_required_pages::each_field_is_needed"
        ),
    },
    MODERATION: {
        "in its place stands a link to the reason on this page": (
            "discussion/test_appeals::the_place_of_a_hidden_comment_leads_to_the_rule"
        ),
        "Only its author and moderators can still read it.": (
            "discussion/test_appeals::nobody_else_reads_what_is_hidden"
        ),
        "one earlier version can be hidden by itself, for the same reasons": (
            "discussion/test_taking_back::"
            "a_moderator_hides_an_earlier_wording_and_the_present_one_stays"
        ),
        "Moderators can neither read nor show again what an author has removed.": (
            "discussion/test_taking_back::a_removed_comment_is_not_answered_changed_hidden_or_shown"
        ),
        "can hide a comment in its discussion, or close that discussion early": (
            "discussion/test_permissions::nobody_of_the_body_that_consults_hides_what_is_said_to_it"
        ),
        "Nobody can show their own hidden comment again": (
            "discussion/test_appeals::who_appeals_and_who_decides"
        ),
        "the moderator who hid a comment cannot decide on the appeal about it": (
            "discussion/test_appeals::who_appeals_and_who_decides"
        ),
        "A name must have at least one letter and no invisible characters.": (
            "stakeholders/test_names::a_name_has_at_least_one_letter"
        ),
        "It must not present you as the portal, or as an official body": (
            "stakeholders/test_names::no_name_claims_to_be_an_official_body"
        ),
        "We tell you by e-mail, with the reason.": (
            "discussion/test_appeals::its_author_is_told_by_mail_without_their_words"
        ),
        "you can still read it": (
            "discussion/test_appeals::its_author_reads_all_of_it_among_their_own_and_appeals_there"
        ),
        "There you can appeal once, whether the discussion is open or not.": (
            "discussion/test_appeals::one_appeal_against_each_hiding"
        ),
        "Another moderator decides, and tells you the reason either way": (
            "discussion/test_appeals::another_moderator_decides_and_the_author_is_told_why"
        ),
        "Until then it stays hidden.": (
            "discussion/test_appeals::while_an_appeal_waits_nobody_shows_it_again_past_it"
        ),
        "they are hidden afterwards only if one of the five reasons above applies": (
            "discussion/test_appeals::the_page_of_the_rules_tells_each_reason_and_no_small_number"
        ),
        "Responses to a consultation are read before they are published.": (
            "publication/test_actions::nothing_is_published_where_one_cannot_be"
        ),
        "The text itself is no longer shown, and neither is the name of its author.": (
            "discussion/test_who_spoke::a_hidden_comment_tells_no_name"
        ),
        "A hidden comment can be shown again if hiding it was a mistake.": (
            "discussion/test_views::a_moderator_hides_with_a_reason_and_shows_again"
        ),
        "Replies stay where they are.": (
            "browser/test_walk::a_moderator_hides_a_comment_with_a_reason_and_replies_stay"
        ),
        "The present version stays.": (
            "discussion/test_taking_back::"
            "a_moderator_hides_an_earlier_wording_and_the_present_one_stays"
        ),
        "Only the author can remove a comment.": (
            "discussion/test_taking_back::"
            "nobody_removes_what_another_wrote_and_staff_are_led_to_hiding"
        ),
        "Moderators decide, and so may the administrators who run the portal.": (
            "discussion/test_permissions::what_a_person_may_do_is_a_matter_of_role"
        ),
        "we show a sign, the name of the body and the word “verified” beside their name": (
            "discussion/test_views::a_verified_organisation_is_shown_without_remark"
        ),
        "What you say in an appeal is read by moderators alone.": (
            "discussion/test_appeals::who_appeals_and_who_decides"
        ),
        "If you remove the comment, it is erased.": (
            "discussion/test_appeals::what_was_said_in_an_appeal_goes_with_the_comment"
        ),
    },
    ACCESSIBILITY: {
        "Reach and use everything with a keyboard, and see where you are.": (
            "browser/test_pages::the_keyboard_alone_reaches_the_main_text"
        ),
        "Use the portal with scripts switched off.": (
            "browser/test_answering::everything_works_without_javascript"
        ),
        "Take a consultation's questions away as a form to print, as a PDF or as plain text": (
            "offline/test_forms_to_take_away::"
            "the_consultation_leads_to_its_forms_while_it_takes_answers"
        ),
        "the heading of each comment tells its author and how deep in the thread it is": (
            "discussion/test_views::a_reply_tells_what_it_answers_and_how_deep_it_stands"
        ),
        "Tell groups, official answers and deadlines apart without seeing colours.": (
            "cms/test_components::group_mark_is_a_word_and_a_shape"
        ),
    },
    TAKE_PART: {
        "Accepted responses are published together, after the consultation has closed.": (
            "publication/test_batches::nothing_is_published_before_the_second_of_the_close"
        ),
        "Staff say when.": "publication/test_actions::nothing_is_published_where_one_cannot_be",
        "Those that are accepted later follow together as well.": (
            "publication/test_batches::a_fifth_beside_four_that_are_public_does_not_stand_alone"
        ),
        (
            "A consultation that takes no responses without a name may publish while it is open;"
            " then its pages say so."
        ): (
            "publication/test_batches::"
            "where_people_were_told_so_what_has_a_name_is_published_earlier"
        ),
        (
            "A response without a name is published only when at least five of the consultation "
            "are public with it, unless its writer allows that it is the only one."
        ): ("publication/test_batches::without_a_name_five_are_published_together_or_none"),
        "If neither happens, officials read it, and it stays unpublished.": (
            "actions/test_alone::"
            "what_happens_to_one_that_is_held_is_said_once_the_outcome_is_published"
        ),
        "An organisation can write one response with many hands and sign it.": (
            "actions/test_organisations::the_whole_walk"
        ),
        "it takes responses from everybody else too": (
            "responses/test_pages::civil_society_without_a_name"
        ),
        "A person reads every response.": (
            "publication/test_actions::nothing_is_published_where_one_cannot_be"
        ),
        "it is at the foot of each page": (
            "cms/test_before_you_answer::from_the_foot_of_every_page"
        ),
        "Say how you respond: with your name": (
            "responses/test_nameless_lane::each_way_is_asked_what_it_needs"
        ),
        "each consultation lists all of them before you begin": (
            "questionnaires/test_questionnaire::"
            "the_page_shows_every_question_without_a_query_for_it"
        ),
        "Nothing has to be done within minutes.": (
            "responses/test_pages::a_part_open_too_long_keeps_what_was_typed"
        ),
        "Its page shows the deadline, how many days are left, and a calendar file.": (
            "calls/test_pages::what_is_needed_to_answer_stands_before_the_questions"
        ),
        "Responses are published under the name that you chose, or under a number": (
            "publication/test_actions::whose_name_a_copy_bears"
        ),
        "You write a public version of it, which is.": (
            "publication/test_actions::"
            "officials_answers_stand_with_their_public_version_or_not_at_all"
        ),
        "They publish an outcome": "calls/test_pages::an_outcome_says_what_was_said_and_done",
        "The reasons for which one is not published are under": (
            "moderation/test_disputes::the_policy_lists_every_reason_and_tells_no_small_number"
        ),
        "To write in it you need an account": (
            "discussion/test_views::everybody_reads_and_is_invited_to_sign_in"
        ),
        "You need no account, no e-mail address and, where the consultation allows it, no name.": (
            "responses/test_pages::civil_society_without_a_name"
        ),
        "It opens your response again, on any device.": (
            "responses/test_pages::with_the_code_a_draft_goes_on_in_another_browser"
        ),
        "If you lose it, nobody can give it to you again.": (
            "access/test_handles::a_stolen_database_opens_nothing"
        ),
        "Answer the parts in any order.": (
            "actions/test_drafting::a_part_is_saved_and_cleared_by_question"
        ),
        "You can leave out the questions that are marked “optional”.": (
            "actions/test_sending::a_required_answer_left_out_is_named"
        ),
        "which proves that your response is in": (
            "responses/test_pages::the_receipt_and_the_answers_fit_together"
        ),
        "You can also print the form, or fill it in without a connection": (
            "offline/test_uploads::a_form_becomes_a_draft_with_a_code_and_is_sent_as_any_other"
        ),
        "Everything works on a slow phone and with scripts switched off.": (
            "browser/test_answering::everything_works_without_javascript"
        ),
        "what you saved stays until 90 days after the deadline, and your code opens it": (
            "actions/test_drafting::old_drafts_are_erased_ninety_days_after_the_deadline"
        ),
        "A consultation is open for twelve weeks, unless it says why it is shorter.": (
            "calls/test_forms::twelve_weeks_by_the_clock_are_enough_across_summer_time"
        ),
        "You can send your response until the minute that is shown is over.": (
            "actions/test_sending::the_last_second_is_in_time_and_the_next_is_not"
        ),
        "you can ask that your words be published in translation only": (
            "actions/test_translation::it_is_chosen_among_the_details_with_a_sentence_of_why"
        ),
        "A person reads each response before it is published.": (
            "publication/test_actions::nothing_is_published_where_one_cannot_be"
        ),
        "With them stands the day of publication, and no time.": (
            "publication/test_pages::without_a_name_the_day_of_publication_is_all_that_is_told"
        ),
        "An answer that you mark for officials only is not published.": (
            "publication/test_actions::"
            "officials_answers_stand_with_their_public_version_or_not_at_all"
        ),
        "You can change your response until the deadline, or until it is published": (
            "actions/test_sending::a_change_before_the_deadline_is_another_version"
        ),
        "You can withdraw it for as long as your code or your account opens it.": (
            "actions/test_following::only_its_owner_answers_and_withdraws"
        ),
        "We do not publish when you sent your response": (
            "test_record_tells_no_time::nothing_public_changes_because_of_an_anonymous_act"
        ),
        "Each consultation has a feed that tells you of it": (
            "calls/test_feeds::one_consultation_from_its_opening_to_its_outcome"
        ),
        "a search can be saved so that news comes by e-mail": (
            "saved_searches/test_digests::a_mail_says_what_came_in"
        ),
        "What you write there appears at once.": (
            "discussion/test_views::a_member_comments_and_lands_on_the_comment"
        ),
    },
    HOME: {
        "The portal keeps no IP address and loads nothing from other sites.": (
            "test_access::no_trace_of_a_visitor_is_kept"
        ),
    },
    BEFORE: {
        "This portal works without JavaScript.": (
            "browser/test_answering::everything_works_without_javascript"
        ),
        "It does not keep it.": "test_access::no_trace_of_a_visitor_is_kept",
        "The portal takes the author’s name, the place and the like out of a file.": (
            "files/test_take_in::a_photo_is_kept_without_what_it_told"
        ),
        "Then nothing here shows any more that it is yours, not even to you.": (
            "actions/test_untie::nobody_does_anything_as_its_writer_any_more"
        ),
        "Until they do, it opens no consultation.": (
            "cms/test_before_you_answer::nobody_finds_a_button_and_everybody_the_reason"
        ),
    },
    ANSWERING + "code.html": {
        "It is in no account and in no organisation.": (
            "actions/test_drafting::signed_in_and_anonymous_it_has_nothing_to_do_with_the_account"
        ),
        "the portal keeps only a fingerprint of the code": (
            "access/test_handles::a_stolen_database_opens_nothing"
        ),
        "The file has only the code and does not say what it is for": (
            "access/test_handles::files_of_a_nameless_answer_are_called_nothing"
        ),
    },
    ANSWERING + "sent.html": {
        "From now on, the portal shows it only to somebody who types it.": (
            "access/test_handles::the_receipt_is_shown_once_with_the_code"
        ),
        "This browser no longer holds your response, and shows this page only now.": (
            "access/test_handles::until_the_receipt_is_shown_nothing_else_opens"
        ),
        "If the file cannot be taken, you have seven days to attach another.": (
            "actions/test_files::"
            "where_it_cannot_be_rebuilt_the_writer_has_seven_days_to_attach_another"
        ),
        "It is accepted, or two people together decide not to accept it.": (
            "moderation/test_permissions::rejecting_takes_two_and_a_superuser_is_one"
        ),
    },
    ANSWERING + "check.html": {
        "The next page shows your code once more.": (
            "access/test_handles::the_receipt_is_shown_once_with_the_code"
        ),
        "it is in time, and the file is added to it after the check": (
            "actions/test_files::"
            "a_response_sent_with_a_file_in_work_is_in_time_and_entered_without_it"
        ),
        "so this draft can no longer be changed or sent": (
            "responses/test_pages::a_draft_reopened_after_the_deadline_is_read_and_not_sent"
        ),
    },
    ANSWERING + "start.html": {
        "Moderators and analysts of the portal read what you send before it is published.": (
            "moderation/test_permissions::who_reads_and_who_screens_is_a_matter_of_role"
        ),
        "everything you wrote is erased": (
            "actions/test_following::withdrawn_before_publication_nothing_of_it_is_left"
        ),
        "Your entry appears in it when the day has ended.": (
            "record/test_sequencer::the_ended_day_gets_its_places_and_its_root"
        ),
        "This browser then holds nothing of your response, and is signed out.": (
            "access/test_handles::the_way_out_leaves_no_session_behind_whoever_takes_it"
        ),
        "Their titles say nothing, but their addresses name this consultation.": (
            "access/test_handles::titles_say_nothing_of_a_nameless_answer"
        ),
        "You can leave out the questions that are marked “optional”.": (
            "test_promises::you_can_leave_out_the_questions_that_are_marked_optional"
        ),
        "Each question that applies to you must be answered before you can send the response.": (
            "test_promises::you_can_leave_out_the_questions_that_are_marked_optional"
        ),
    },
    ANSWERING + "tasks.html": {
        "Take them in any order. You can save each on its own page.": (
            "browser/test_answering::everything_works_without_javascript"
        ),
        "After two hours without use, your response is closed in this browser.": (
            "access/test_handles::two_hours_without_use_close_it"
        ),
        "What you sent stays as it is until you send the changed version.": (
            "responses/test_pages::a_change_that_is_given_up_leaves_what_was_sent"
        ),
        "Erase these changes": "test_promises::the_response_that_you_sent_stays_as_it_is",
    },
    ANSWERING + "form_notes.html": {
        "before that it cannot be sent": (
            "offline/test_uploads::it_is_not_sent_before_its_notes_are_dealt_with"
        ),
    },
    ANSWERING + "discard.html": {
        "The response that you sent stays as it is.": (
            "test_promises::the_response_that_you_sent_stays_as_it_is"
        ),
    },
    ANSWERING + "untie.html": {
        "nothing that the portal keeps shows this any more": (
            "actions/test_untie::no_byte_of_a_dump_leads_to_the_writer"
        ),
        "From then on your code opens nothing": (
            "actions/test_untie::nobody_does_anything_as_its_writer_any_more"
        ),
        "All of it is checked, and published or held back, as if nothing had happened.": (
            "actions/test_untie::what_is_published_stays_and_what_waits_is_published_as_decided"
        ),
        "nobody can be asked about this response any more, but no day or hour of it": (
            "actions/test_untie::staff_are_not_offered_to_ask_and_are_told_why_without_a_day"
        ),
    },
    ANSWERING + "news.html": {
        "It says only: “There is news. Look where you looked before.”": (
            "actions/test_news::the_mail_with_news_tells_nothing"
        ),
        "Your address is erased when the outcome of the consultation is published": (
            "actions/test_news::with_the_outcome_the_address_is_erased_and_it_is_said"
        ),
        "Your address is erased at once, with every mail that waits to be sent.": (
            "actions/test_news::turned_off_the_address_is_erased_with_what_waits"
        ),
    },
    ANSWERING + "address.html": {
        "We send nothing else until you have typed the code on the next page.": (
            "actions/test_news::nothing_but_the_code_is_sent_before_it_is_typed"
        ),
        "The code works for 30 minutes.": (
            "notifications/test_confirmations::it_holds_for_half_an_hour"
        ),
    },
    ANSWERING + "late_tells.html": {
        "The portal does not keep which token let in which response, or when a token was used.": (
            "actions/test_late::nothing_ties_a_token_to_the_answer_it_let_in"
        ),
        "With a name: the response is marked as late everywhere.": (
            "actions/test_late::with_a_name_it_is_marked_as_late"
        ),
        "Without any name: the response is not marked as late anywhere.": (
            "actions/test_late::an_answer_without_a_name_is_late_nowhere_and_on_no_day"
        ),
    },
    ANSWERING + "ask_for_token.html": {
        "Ask for a token:": "test_promises::ask_for_a_token",
    },
    ANSWERING + "resume.html": {
        "You need no code for it:": "test_promises::you_need_no_code_for_it",
        "A response is closed when you send it, when you cut the tie to it, when you leave": (
            "access/test_handles::leaving_closes_it_everywhere"
        ),
    },
    ANSWERING + "resume_everywhere.html": {
        "It finds the consultation by itself.": (
            "responses/test_resume::a_code_finds_its_draft_among_all_consultations"
        ),
    },
    ANSWERING + "identity.html": {
        "If you choose to give no name, your draft leaves your account at once.": (
            "actions/test_drafting::choosing_to_be_anonymous_leaves_the_account_at_once"
        ),
        "The fields begin with what your profile says.": (
            "test_promises::the_fields_begin_with_what_your_profile_says"
        ),
    },
    ANSWERING + "upload.html": {
        "The form itself is not kept.": "offline/test_uploads::nothing_of_the_file_is_kept",
    },
    ANSWERING + "withdraw.html": {
        "Everything you wrote is erased": (
            "actions/test_following::withdrawn_before_publication_nothing_of_it_is_left"
        ),
    },
    ANSWERING + "file.html": {
        "Until the response is published, you can leave out what should not be published.": (
            "actions/test_leaving_out::"
            "leaving_out_after_sending_is_an_act_of_its_own_with_a_receipt"
        ),
        "readers get only this text, with a mark at each place": (
            "actions/test_leaving_out::"
            "readers_get_the_text_alone_with_marks_where_passages_were_left_out"
        ),
    },
    "consultations/responses/errors.py": {
        "What you typed is still in the form.": (
            "test_promises::what_you_typed_is_still_in_the_form"
        ),
    },
    "consultations/responses/views/drafting.py": {
        "Your file for part %(number)s has arrived.": (
            "test_promises::your_file_for_part_has_arrived"
        ),
    },
    DISCUSSION + "mine.html": {
        "You can remove each comment at any time.": (
            "discussion/test_taking_back::it_can_be_removed_whatever_has_become_of_it"
        ),
        "your account keeps no trace of them": (
            "discussion/test_taking_back::nothing_of_a_removed_comment_is_left_in_any_row"
        ),
        "Only you and moderators can still read it.": (
            "discussion/test_appeals::nobody_else_reads_what_is_hidden"
        ),
    },
    DISCUSSION + "appeal.html": {
        "A moderator who did not hide it decides, and gives you the reason.": (
            "discussion/test_appeals::another_moderator_decides_and_the_author_is_told_why"
        ),
        "Until then your text stays hidden.": (
            "discussion/test_appeals::while_an_appeal_waits_nobody_shows_it_again_past_it"
        ),
        "If you remove the comment, it is erased too.": (
            "discussion/test_appeals::what_was_said_in_an_appeal_goes_with_the_comment"
        ),
    },
    DISCUSSION + "history.html": {
        "Nobody can tell from a hash what was written.": (
            "discussion/test_taking_back::the_record_keeps_hashes_that_say_nothing_and_still_holds"
        ),
    },
    DISCUSSION + "remove.html": {
        "Replies stay where they are, and may quote it.": (
            "discussion/test_taking_back::its_place_and_its_replies_stay"
        ),
    },
    "templates/consultations/moderation/comment_rules.html": {
        "Numbers below 5 are not told exactly.": (
            "discussion/test_appeals::the_page_of_the_rules_tells_each_reason_and_no_small_number"
        ),
    },
    "templates/consultations/moderation/policy.html": {
        "Nobody decides on their own response or on a response of their organisation.": (
            "moderation/test_permissions::nobody_screens_their_own_response_or_their_organisations"
        ),
        "Rejecting takes two people: one proposes it, and another one decides.": (
            "moderation/test_permissions::rejecting_takes_two_and_a_superuser_is_one"
        ),
        "For %(days)s days the rejection can be taken back.": (
            "moderation/test_actions::after_thirty_days_a_rejection_stands"
        ),
        "Only staff who were cleared for it by name can open what is for officials only.": (
            "moderation/test_permissions::clearing_comes_with_no_role_and_with_no_superuser"
        ),
        "What was sent is never changed.": (
            "publication/test_actions::redacting_cuts_the_copy_and_leaves_the_original"
        ),
        "Removing a published response takes two people as well.": (
            "moderation/test_removing::for_any_other_reason_it_stays_until_a_second_confirms"
        ),
        (
            "Where publication puts somebody at risk, one person removes it at once, and a second"
            " one confirms that or publishes it again."
        ): (
            "moderation/test_removing::at_risk_it_is_off_every_page_at_once_and_waits_for_a_second"
        ),
        (
            "A removal can be taken back, also by two people: the response then comes back as it"
            " was."
        ): "moderation/test_removing::taken_back_it_is_everywhere_again_as_it_was",
        (
            "A question to a person without a name is read by a second one of us before it goes."
        ): "moderation/test_questions::another_sends_it_and_it_says_that_nobody_need_answer",
        "Nobody has to answer.": "moderation/test_questions::unanswered_nothing_changes",
        (
            "Whoever sent a response can appeal when it is not accepted and when it is removed:"
            " once against each decision, where they follow the response, with their account or"
            " with their code."
        ): "moderation/test_appeals::with_a_code_it_is_appealed_where_the_response_is_followed",
        "Somebody who took no part in the decision decides and gives the reason.": (
            "moderation/test_appeals::those_who_decided_do_not_decide_again"
        ),
        "a removed response is published again at its old address": (
            "moderation/test_removing::taken_back_it_is_everywhere_again_as_it_was"
        ),
        "and a rejected one is checked again.": (
            "moderation/test_appeals::granted_a_rejected_response_is_screened_anew"
        ),
        "If it is right, a second moderator removes the response.": (
            "moderation/test_removing::upholding_a_report_takes_another_than_whoever_took_it_up"
        ),
        "accepted responses are published together, in a random order, with the day only.": (
            "moderation/test_actions::the_order_of_publication_is_not_the_order_of_arrival"
        ),
        "A report alone hides nothing and marks nothing.": (
            "moderation/test_disputes::a_report_alone_changes_nothing_that_the_public_sees"
        ),
    },
    "templates/consultations/moderation/dispute_sent.html": {
        "We write to it once, when the decision is made, and then erase it.": (
            "moderation/test_disputes::upheld_removes_the_response_and_tells_whoever_disputed"
        ),
    },
    "templates/consultations/moderation/appeal.html": {
        (
            "Somebody who took no part in the decision decides on your appeal, and gives you the"
            " reason on the page of your response."
        ): "moderation/test_appeals::with_a_code_it_is_appealed_where_the_response_is_followed",
        "a response that was removed is published again, and one that was not accepted": (
            "moderation/test_appeals::granted_a_rejected_response_is_screened_anew"
        ),
        "Until then the decision stands.": (
            "moderation/test_appeals::not_granted_the_decision_stands"
        ),
        "If you withdraw the response, what you write here is erased.": (
            "moderation/test_appeals::withdrawing_erases_what_was_said"
        ),
    },
    "templates/consultations/moderation/appeals.html": {
        "You can appeal against the decision once.": (
            "moderation/test_appeals::its_author_alone_appeals_and_once"
        ),
    },
    "consultations/moderation/actions/questions.py": {
        "You need not answer. If you do not, nothing changes.": (
            "moderation/test_questions::unanswered_nothing_changes"
        ),
    },
    "consultations/moderation/actions/removing.py": {
        "A second moderator decides whether it stays removed.": (
            "moderation/test_removing::at_risk_it_is_off_every_page_at_once_and_waits_for_a_second"
        ),
    },
    "consultations/moderation/forms/screening.py": {
        "A second person reads your question before it goes.": (
            "moderation/test_questions::it_is_proposed_and_nobody_outside_learns_of_it"
        ),
    },
    "consultations/moderation/forms/removing.py": {
        "stays published until a second person confirms.": (
            "moderation/test_removing::for_any_other_reason_it_stays_until_a_second_confirms"
        ),
    },
    PUBLICATION + "not_published.html": {
        "This page says the same for both.": "test_promises::this_page_says_the_same_for_both",
    },
    PUBLICATION + "retired.html": {
        "You can appeal where you follow your response, and somebody else decides.": (
            "moderation/test_appeals::the_page_of_a_removed_response_leads_its_author_there"
        ),
        "A second moderator decides whether it stays removed.": (
            "moderation/test_removing::at_risk_it_is_off_every_page_at_once_and_waits_for_a_second"
        ),
        "It does not say what was written.": (
            "publication/test_actions::nor_can_what_is_no_longer_published"
        ),
    },
    PUBLICATION + "rules.html": {
        "The only date shown is the day of publication.": (
            "publication/test_pages::without_a_name_the_day_of_publication_is_all_that_is_told"
        ),
        "So neither a count nor a filter narrows down who somebody is.": (
            "publication/test_small_cells::no_two_filters_together_single_anybody_out"
        ),
        "Neither the words that were written nor files are published.": (
            "publication/test_translations::no_word_of_the_writers_is_in_any_published_byte"
        ),
        "No order tells when a response came in.": (
            "publication/test_actions::the_order_is_not_the_order_of_coming_in"
        ),
        "What was asked only because of such an answer is left out as well.": (
            "publication/test_actions::"
            "what_was_asked_only_because_of_an_officials_answer_is_left_out"
        ),
        "They change no word and add no word, and what was sent stays as it is.": (
            "publication/test_redaction::a_letter_added_is_refused"
        ),
        "A file that its author left out whole is not mentioned.": (
            "actions/test_leaving_out::a_file_left_out_whole_is_not_published_nor_counted"
        ),
    },
    "templates/record/index.html": {
        "You can check that it is the one that was published, to the letter.": (
            "publication/test_pages::what_the_record_covers_can_be_checked_from_the_page"
        ),
        "With its receipt you can prove that it is in, whole and unchanged": (
            "record/test_export::answers_are_held_against_the_receipt"
        ),
        "Whoever keeps a root of one day can show later if something before it was changed": (
            "record/test_comparing::a_portal_that_shows_two_records_is_found_out"
        ),
        "Everybody can read entries about what is public.": (
            "record/test_views::a_public_entry_is_opened_with_its_receipt"
        ),
        "The entries of a day are shown when the day has ended, in a random order.": (
            "record/test_sequencer::the_order_within_a_day_is_not_that_of_acts"
        ),
        "It needs Python 3.8 or newer and nothing else": (
            "record/test_export::an_old_python_reads_the_script"
        ),
        "A published root never changes.": "record/test_tampering::a_changed_root",
    },
    "templates/record/verify.html": {
        "What you show is neither stored nor logged.": (
            "record/test_views::what_is_handed_in_is_logged_nowhere"
        ),
    },
    "templates/knowledge/guides/withdrawn.html": {
        "This guide was withdrawn on %(day)s and is no longer published.": (
            "test_promises::this_guide_was_withdrawn_and_is_no_longer_published"
        ),
        "Your link is right.": (
            "test_promises::this_guide_was_withdrawn_and_is_no_longer_published"
        ),
    },
    "templates/knowledge/learning/learning.html": {
        "“All guides” shows those to laws, reports and public documents too.": (
            "test_promises::all_guides_for_a_step_also_those_to_laws_and_reports"
        ),
    },
    ASSESSMENT + "promise.html": {
        "No account is needed.": "self_assessment/test_pages::a_form_is_taken_without_a_token",
        "Your answers are not stored, not logged and not sent to anybody.": (
            "self_assessment/test_taken_along::nothing_of_an_assessment_is_kept_anywhere"
        ),
    },
    ASSESSMENT + "start.html": {
        "Every state may use it.": (
            "self_assessment/test_pages::no_page_sets_a_cookie_or_may_be_kept"
        ),
        "There is no total and no rank, and nobody is compared with anybody.": (
            "self_assessment/test_pages::the_result_says_level_and_next_statement_and_no_total"
        ),
        "your answers are filled in from it.": (
            "self_assessment/test_pages::a_file_fills_the_answers_in_and_is_compared_with"
        ),
    },
    ASSESSMENT + "result.html": {
        "Their names tell nothing of your answers.": (
            "self_assessment/test_taken_along::"
            "files_are_made_for_whoever_asks_and_their_names_tell_nothing"
        ),
        "You compare your answers with your own of an earlier day, and with nobody else’s.": (
            "self_assessment/test_pages::"
            "the_same_twice_is_the_same_and_another_file_takes_the_place_of_the_first"
        ),
    },
    "templates/knowledge/states/source.html": {
        "Nobody can answer you, for we do not know who you are.": (
            "states/test_sources_told::what_is_told_waits_for_staff_and_changes_nothing"
        ),
    },
    "templates/stakeholders/delete.html": {
        "You are signed out everywhere.": (
            "stakeholders/test_leaving_and_export::an_account_deleted_takes_along_what_is_only_its_owners"
        ),
        "It happens at once: there is no time to come back": (
            "stakeholders/test_leaving_and_export::an_account_deleted_takes_along_what_is_only_its_owners"
        ),
        "Your name, your e-mail address and your ways of signing in are erased.": (
            "discussion/test_departures::the_name_leaves_every_version_and_the_words_stay"
        ),
        "The record keeps hashes from which nobody can tell what was written under which name.": (
            "discussion/test_departures::the_record_forgets_the_name_and_holds_the_words"
        ),
    },
    "templates/stakeholders/export.html": {
        "It holds everything that the portal keeps about your account:": (
            "stakeholders/test_leaving_and_export::each_tie_to_an_account_is_in_the_file_or_it_is_said_why_not"
        ),
        "a text that most programs can open": (
            "stakeholders/test_leaving_and_export::another_program_reads_the_file"
        ),
        "Passwords, codes and keys are not in it.": (
            "stakeholders/test_leaving_and_export::no_secret_is_in_it"
        ),
    },
    "templates/stakeholders/invitation.html": {
        "We send a code to the mailbox to which the invitation was sent.": (
            "stakeholders/test_invitations::a_link_that_was_passed_on_is_of_no_use_in_another_mailbox"
        ),
        "The invitation ends by itself after 7 days.": (
            "stakeholders/test_invitations::it_ends_after_seven_days_and_then_it_can_be_sent_again"
        ),
        "You accept or decline on the next page.": (
            "stakeholders/test_invitations::a_stranger_makes_an_account_and_accepts"
        ),
    },
    "templates/django/stakeholders/mail/invitation.txt": {
        "The link works once": ("stakeholders/test_invitations::an_invitation_works_once"),
        "the link alone is of no use to anybody else": (
            "stakeholders/test_invitations::a_link_that_was_passed_on_is_of_no_use_in_another_mailbox"
        ),
        "Without the code nothing happens, and your address is erased.": (
            "stakeholders/test_invitations::one_that_is_over_is_erased_after_a_month"
        ),
    },
    "templates/django/stakeholders_admin/invite.html": {
        "the roles are added to it; no second account is made.": (
            "stakeholders/test_invitations::an_account_is_offered_the_role_and_no_second_account_is_made"
        ),
    },
    "templates/django/stakeholders_admin/delete_person.html": {
        "Their comments stay, without their name.": (
            "discussion/test_departures::staff_who_delete_an_account_leave_its_comments_without_a_name"
        ),
        "Responses that were sent stay as they were sent, with the name given there.": (
            "stakeholders/test_leaving_and_export::an_account_deleted_takes_along_what_is_only_its_owners"
        ),
    },
    "templates/django/stakeholders_admin/export_person.html": {
        "What no page shows you is not in it": (
            "stakeholders/test_leaving_and_export::an_administrator_gets_nothing_that_no_page_shows"
        ),
    },
    "templates/django/stakeholders_admin/factor_resets.html": {
        "Nobody approves what they asked for, or what is about themselves.": (
            "stakeholders/test_factor_resets::nobody_approves_what_they_asked_for_or_what_is_about_them"
        ),
        "A request that nobody approves ends after 7 days.": (
            "stakeholders/test_factor_resets::a_request_that_counts_no_more"
        ),
    },
    "templates/stakeholders/sessions.html": {
        "We keep the day it began, the day it was last used and the name that you give it": (
            "stakeholders/test_sessions::"
            "everybody_sees_where_they_are_signed_in_and_nothing_of_address_or_agent"
        ),
    },
    "templates/404.html": {
        "Pages that people cite keep their address.": (
            "cms/test_workflow::an_old_address_leads_to_the_new_one"
        ),
    },
    "templates/django/saved_searches/mail/digest.txt": {
        "Stop all mail about saved searches. You do not need to sign in:": (
            "saved_searches/test_stopping::a_page_asks_first_and_one_click_stops_all"
        ),
    },
    "templates/django/moderation/mail/dispute.txt": {
        "We have now deleted your address.": (
            "moderation/test_disputes::upheld_removes_the_response_and_tells_whoever_disputed"
        ),
    },
    "templates/django/discussion/mail/moderated.txt": {
        "Others see that it is hidden and for which reason, and not what you wrote.": (
            "discussion/test_appeals::nobody_else_reads_what_is_hidden"
        ),
        "you can appeal there once. Another moderator decides:": (
            "discussion/test_appeals::one_appeal_against_each_hiding"
        ),
    },
    "templates/django/responses/mail/event.txt": {
        "This is the last message: your address is erased.": (
            "actions/test_news::withdrawn_nothing_more_is_sent"
        ),
    },
    "README.md": {
        "keeps no IP address and no user agent": "test_access::no_trace_of_a_visitor_is_kept",
        "makes no third-party request": (
            "cms/test_components::shell_asks_nothing_of_other_origins_and_holds_no_inline_code"
        ),
        "runs as one process on SQLite until you ask for more": (
            "test_settings::deployment_checks_find_nothing"
        ),
        "comment in threads that can be cited": (
            "discussion/test_views::a_permalink_leads_to_the_comment"
        ),
    },
}


@cache
def said_in(where: str) -> str:
    """The words of a file, with one blank between them; of Python what its strings say."""
    text = (ROOT / where).read_text()
    if where.endswith(".py"):
        text = " ".join(
            each.value
            for each in ast.walk(ast.parse(text))
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        )
    return " ".join(text.replace('\\"', '"').split())


@cache
def names_of_tests(place: str) -> frozenset[str]:
    """The names of the tests in the one file whose path ends so."""
    [found] = ROOT.glob(f"tests/**/{place}.py") if "/" in place else [ROOT / f"tests/{place}.py"]
    whole = ast.walk(ast.parse(found.read_text()))
    return frozenset(each.name for each in whole if isinstance(each, ast.FunctionDef))


@pytest.mark.parametrize(
    ("where", "sentence", "held_by"),
    [
        pytest.param(where, sentence, held_by, id=sentence)
        for where, sentences in PROMISES.items()
        for sentence, held_by in sentences.items()
    ],
)
def test_it_stands_and_a_test_holds_its_deed(where, sentence, held_by):
    assert sentence in said_in(where), f"{where} says it otherwise: change the list with it"
    place, _, name = held_by.partition("::")
    assert f"test_{name}" in names_of_tests(place), f"no test of the deed: {held_by}"


def soup_of(answer, status=200):
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "html.parser")


def text_of(answer, status=200):
    return " ".join(soup_of(answer, status).text.split())


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


ABOUT = {"submitter_type": "academia", "place": "", "language": "en"}


@pytest.fixture
def page(site_tree):
    return consultation_that_asks(slug="signs", contact_email="desk@body.example")


def at(name, *args):
    return reverse(f"responses:{name}", args=["signs", *args])


@pytest.fixture
def writer(page):
    """Somebody signed in, with a draft under their name that lacks nothing."""
    person = UserFactory(name="Ada Vrba")
    client = signed_in(person)
    client.post(at("identity"), {"identity": Identity.NAMED, "name": "Ada Vrba", **ABOUT})
    draft = save(Draft.objects.get(), 1, {"exporter": False}, by=person)
    save(draft, 2, {"view": "Ask."}, by=person)
    client.person = person
    return client


@pytest.mark.django_db
def test_the_response_that_you_sent_stays_as_it_is(writer):
    """The response that you sent stays as it is."""
    assert "Erase this draft" in text_of(writer.get(at("tasks")))
    revision = Draft.objects.get().revision
    writer.post(at("check"), {"declared": "on", "revision": revision})
    assert Response.objects.get().account == writer.person
    writer.post(at("revise"))
    listed = text_of(writer.get(at("tasks")))
    assert "Erase these changes" in listed
    assert "Erase this draft" not in listed
    asked = text_of(writer.get(at("discard")))
    assert "Erase your changes" in asked
    assert "The response that you sent stays as it is." in asked
    assert "draft" not in asked.lower().replace("your draft", "")
    save(Draft.objects.get(), 2, {"view": "Otherwise."}, by=writer.person)
    writer.post(at("discard"), {"sure": "on"})
    assert not Draft.objects.exists()
    kept = Response.objects.get().versions.get()
    assert kept.answers["view"]["value"] == "Ask."


@pytest.mark.django_db
def test_what_you_typed_is_still_in_the_form(writer):
    """What you typed is still in the form."""
    officials = {"value": "Named.", "visibility": "officials"}
    save(Draft.objects.get(), 2, {"view": officials}, by=writer.person)
    form = soup_of(writer.get(at("confidentiality")))
    seen = form.select_one("input[name=seen]")["value"]
    first = {"legal_basis": "other", "justification": "Theirs.", "public-view": "Short."}
    assert writer.post(at("confidentiality"), {**first, "seen": seen}).status_code == 302
    mine = {**first, "justification": "Mine."}
    shown = soup_of(writer.post(at("confidentiality"), {**mine, "seen": seen}), 409)
    assert shown.select_one("textarea[name=justification]").text.strip() == "Mine."
    assert "Theirs." in shown.select_one(".stored").text
    assert "Another ground" in shown.select_one(".stored").text
    again = shown.select_one("input[name=seen]")["value"]
    assert writer.post(at("confidentiality"), {**mine, "seen": again}).status_code == 302


@pytest.mark.django_db
def test_a_button_saves_and_goes_to_the_previous_part(writer):
    """Save and go to the previous part"""
    part = soup_of(writer.get(at("part", 2)))
    button = part.select_one('button[value="previous"]')
    assert button.text.strip() == "Save and go to the previous part"
    assert not soup_of(writer.get(at("part", 1))).select('button[value="previous"]')
    answer = writer.post(at("part", 2), {"q-view": "Kept.", "to": "previous"})
    assert answer.url == at("part", 1)
    assert Draft.objects.get().answers["view"]["value"] == "Kept."


@pytest.mark.django_db
def test_your_file_for_part_has_arrived(site_tree, tmp_path, settings, work_off):
    """Your file for part %(number)s has arrived."""
    settings.MEDIA_ROOT = tmp_path
    consultation_that_asks(slug="signs", questionnaire=questionnaire_stream())
    person = UserFactory()
    client = signed_in(person)
    client.post(at("identity"), {"identity": Identity.NAMED, "name": "Ada Vrba", **ABOUT})
    save(Draft.objects.get(), 1, {"exporter": True}, by=person)
    number = soup_of(client.get(at("part", 3))).select_one("input[type=file]")["name"]
    answer = client.post(at("part", 3), {number: SimpleUploadedFile("note.txt", b"Words.")})
    assert answer.url == f"{at('tasks')}?saved=3"
    assert "Your file for part 3 has arrived. We check it" in text_of(client.get(answer.url))
    for never in ("?saved=1", "?saved=9", "?saved=x"):
        assert "has arrived" not in text_of(client.get(at("tasks") + never))


@pytest.mark.django_db
def test_the_fields_begin_with_what_your_profile_says(page):
    """The fields begin with what your profile says."""
    person = UserFactory(name="Ada Vrba", affiliation="Institute", submitter_type="academia")
    client = signed_in(person)
    chosen = soup_of(client.post(at("identity"), {"identity": Identity.NAMED}, follow=True))
    assert chosen.select_one("input[name=name]")["value"] == "Ada Vrba"
    assert chosen.select_one("input[name=organisation_name]")["value"] == "Institute"
    assert chosen.select_one("option[value=academia]").has_attr("selected")
    assert "The fields begin with what your profile says." in chosen.text
    nameless = client.post(at("identity"), {"identity": Identity.ANONYMOUS}, follow=True)
    assert "Ada Vrba" not in soup_of(nameless).select_one("main form.measure").text
    assert not soup_of(nameless).select("option[value=academia][selected]")
    visitor = soup_of(Client().post(at("identity"), {"identity": Identity.NAMED}, follow=True))
    assert not visitor.select_one("input[name=name]").get("value")
    assert "your profile says" not in visitor.text


@pytest.mark.django_db
def test_you_need_no_code_for_it(writer):
    """You need no code for it:"""
    resume = soup_of(writer.get(at("resume")))
    assert "You need no code for it:" in resume.text
    assert resume.select_one(f'a[href="{at("tasks")}"]')
    assert "No response is open in this browser." not in resume.text
    stranger = text_of(signed_in(UserFactory()).get(at("resume")))
    assert "your account holds no response to this consultation" in stranger
    assert "No response is open in this browser." in text_of(Client().get(at("resume")))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["start", "late"])
def test_ask_for_a_token(site_tree, name):
    """Ask for a token:"""
    closed = ConsultationPageFactory(
        slug="signs", closed=True, questionnaire=True, contact_email="desk@body.example"
    )
    found = soup_of(Client().get(at(name)))
    assert found.select_one('main a[href="mailto:desk@body.example"]')
    closed.contact_email = ""
    closed.save()
    assert "Ask the body that holds this consultation" in text_of(Client().get(at(name)))


@pytest.mark.django_db
@pytest.mark.parametrize("all_required", [True, False])
def test_you_can_leave_out_the_questions_that_are_marked_optional(site_tree, all_required):
    """You can leave out the questions that are marked “optional”."""
    questions = [
        asked("yes-no", "one", "Do you export?", required=True),
        asked("yes-no", "two", "Do you import?", required=all_required),
    ]
    page = ConsultationPageFactory(
        slug="signs", questionnaire=stream_of(section("a", "A", questions))
    )
    start = text_of(Client().get(at("start")))
    assert ("that are marked “optional”" in start) != all_required
    assert ("Each question that applies to you must be answered" in start) == all_required
    marked = [each.required for each in page.questionnaire().questions]
    for form in ("form", "form_text"):
        told = Client().get(reverse(f"calls:{form}", args=["signs"])).content.decode()
        assert told.count("(required)") == sum(marked), form


@pytest.mark.django_db
def test_this_page_says_the_same_for_both(site_tree):
    """This page says the same for both."""
    page = ConsultationPageFactory(slug="signs", questionnaire=True)
    shown = published(page, screener()).reference
    unpublished = accepted(page, screener()).reference
    assert PublicCopy.objects.count() == 2
    never = f"{page.docket}-XXXX"
    address = reverse("publication:index", args=["signs"])
    for at_ in (f"{address}{{}}/", "/r/{}"):
        told = {
            re.sub(
                r'value="[\w-]+"', "", Client().get(at_.format(each), follow=True).content.decode()
            ).replace(each, "")
            for each in (unpublished, never)
        }
        assert len(told) == 1
        [words] = told
        assert "is not published, or the reference was mistyped" in words
        assert Client().get(at_.format(unpublished), follow=True).status_code == 404
        assert Client().get(at_.format(shown), follow=True).status_code == 200


@pytest.mark.django_db
def test_this_guide_was_withdrawn_and_is_no_longer_published(site_tree):
    """This guide was withdrawn on %(day)s and is no longer published."""
    guide = GuidePageFactory(title="Old advice", stages=["licensing", "transit"])
    draft = GuidePageFactory(title="Draftcanary", live=False)
    guide.first_published_at = guide.first_published_at or timezone.now()
    guide.save()
    address = guide.url
    guide.unpublish()
    gone = soup_of(Client().get(address), 410)
    today = timezone.now().date()
    assert f"was withdrawn on {today.day} {today:%B %Y}" in gone.text
    assert "Your link is right." in gone.text
    assert gone.select_one('a[href="/en/guides/?stage=licensing&stage=transit"]')
    assert "may be wrong" not in gone.text.replace("out of date or wrong", "")
    assert Client().get(draft.url or f"/en/guides/{draft.slug}/").status_code == 404
    assert Client().get(f"{address}more/").status_code == 404
    PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert Client().get(address).status_code == 302
    guide.view_restrictions.all().delete()
    guide.save_revision().publish()
    assert Client().get(address).status_code == 200


@pytest.mark.django_db
def test_a_moved_guide_is_found_at_its_old_address(site_tree, django_capture_on_commit_callbacks):
    """Pages that people cite keep their address."""
    guide = GuidePageFactory(title="Moving", slug="moving")
    with django_capture_on_commit_callbacks(execute=True):
        guide.slug = "moved"
        guide.save_revision().publish()
    answer = Client().get("/en/guides/moving/")
    assert (answer.status_code, answer.url) == (301, "/en/guides/moved/")


@pytest.mark.django_db
def test_all_guides_for_a_step_also_those_to_laws_and_reports(site_tree):
    """“All guides” shows those to laws, reports and public documents too."""
    learning = site_tree.learning
    step = {"title": "Ground", "summary": "A map.", "stages": ["legislation"], "levels": ["2"]}
    learning.steps = [("step", step)]
    learning.save_revision().publish()
    GuidePageFactory(title="A statute", document_type="law", stages=["legislation"], level="2")
    shown = soup_of(Client().get("/en/learning/"))
    assert "A statute" not in shown.text
    link = next(each for each in shown.select("a") if "All guides for “Ground”" in each.text)
    assert "A statute" in text_of(Client().get(link["href"]))


# What a step of the demonstration promises by its summary, beyond what teaches by doing.
PROMISED_BY_STEPS = {
    "ground-rules": {"first-law-essential-parts", "eu-dual-use-regulation", "what-a-catch-all-is"},
    "people-outside": {"university-collaboration-screening", "how-to-consult-on-export-controls"},
    "show": {"reading-licensing-reports", "first-annual-report-eight-pages"},
    "share": {"peer-exchange-between-authorities", "emerging-risk-note-template"},
    "decide": {"case-study-cameras-for-a-festival-city", "licence-refusal-reasoning-template"},
    "afterwards": {"case-study-the-maintenance-contract"},
    "ask": {"know-your-customer-red-flags", "end-use-check-checklist"},
    "look-around": {"three-ministries-one-table"},
    "why": {"human-rights-in-a-licence-introduction"},
}


def test_what_each_step_promises_is_behind_its_links():
    """The material for a step, and all guides for it."""
    files = (LIBRARY / "guides").glob("*.en.toml")
    texts = [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]
    guides = {each["slug"]: each for each in texts}
    steps = {each["key"]: each for each in read("learning.toml")["step"]}
    assert len(steps) == 10
    for key, slugs in PROMISED_BY_STEPS.items():
        for slug in slugs:
            guide, step = guides[slug], steps[key]
            assert set(guide["stages"]) & set(step["stages"]), (key, slug)
            assert guide["level"] in step["levels"], (key, slug)
    beyond = {
        key
        for key, slugs in PROMISED_BY_STEPS.items()
        if any(guides[slug]["document_type"] not in TEACHING_TYPES for slug in slugs)
    }
    assert beyond == {"look-around", "ground-rules", "people-outside", "show", "share"}


# -- what stands first -----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "first", "later"),
    [
        (
            "/en/about/privacy/",
            "What is published: a comment at once",
            "You need no account to read.",
        ),
        ("/record/", "What it is good for", "How it works"),
        ("/en/code/", "has no official standing", "The commitments"),
    ],
)
def test_what_matters_most_stands_first(site_tree, address, first, later):
    """In short"""
    text = text_of(Client().get(address))
    assert 0 < text.index(first) < text.index(later)


@pytest.mark.django_db
def test_answering_begins_with_what_is_published_kept_and_seen(page):
    """What is published, what is kept, and who sees it"""
    text = text_of(Client().get(at("start")))
    first = text.index("What is published, what is kept, and who sees it")
    assert first < text.index("What is asked")
    assert first < text.index("How you can respond")


# -- nothing is left out ---------------------------------------------------------------------------

# Sentences of these pages that tell a fact, give advice or ask: no deed of the portal.
NO_DEED = {
    "A table below tells it for everything.",
    (
        "Your rights: with your account or your code you use most of them at once, without asking "
        "anybody and without saying who you are."
    ),
    "Data are not used for advertising, and no profile of you is made.",
    "One day.",
    "For good.",
    (
        "You can see what we keep of you, have a copy, have it corrected or erased, have it left "
        "unused while something is disputed, and object to its use."
    ),
    "If you agreed to something, you can take that back at any time.",
    "It costs nothing.",
    "Choose “I have a code”, at the foot of each page.",
    "News of a consultation has a link in each mail.",
    "Use the link in each mail, or your account.",
    "Write to us and name the reference of the response.",
    "It is beside your answers when you open them with the code.",
    (
        "Your mail then tells us which response is yours: write from an address that does not "
        "name you."
    ),
    "Write to us from the address of your account.",
    "Never send us your code: whoever reads it can open the response.",
    "We do not ask a person who answered without a name who they are.",
    "For anything else write to the address under “Who is responsible”.",
    "You have an answer within a month.",
    "You need not ask us first.",
    "You can complain to: Not said yet No.",
    "No law makes you respond.",
    ("Where to send questions about these rules is under “Contact”, at the foot of each page."),
    "A mail names this portal and the consultation.",
    (
        "If that could harm you, look at the page of the consultation instead, or use its feed, "
        "for which we store nothing."
    ),
    (
        "The page “How an organisation responds”, below this one, says how it gets its account, "
        "who signs, and what is published."
    ),
    "Laws on freedom of information can oblige officials to disclose what they hold.",
    "If you lose it, you have lost access to the response.",
    "Leave it empty if a message in your mailbox could harm you.",
    "We do not examine what the document itself says or shows.",
    "A name in the text, a face in a picture or a letterhead stays.",
    "Backups keep what was erased until the backups are replaced.",
    "At first the portal kept no names with comments.",
    (
        "When it began to, older comments were given the name that their author's profile had "
        "at that time."
    ),
    "Still, comments are public.",
    "They can be copied by anybody before you change your mind.",
    (
        "If being seen here could put you or another person at risk, please do not comment "
        "under a name that leads to you."
    ),
    (
        "A public body may be required by law, for example by a freedom-of-information law, to "
        "release what it holds."
    ),
    (
        "A hosting provider or a network between you and us may see that you visited, even if "
        "we do not record it."
    ),
    "Use a tool that protects your connection if that matters to you.",
    "It does not erase your browser's history.",
    (
        "What you write can tell who you are even without a name: facts that few people know, a "
        "style, the contents of a file."
    ),
    "If one of them is not to stay, withdraw it before you delete the account.",
    "This is a place for disagreement.",
    (
        "A comment is never hidden for what it thinks of a government, a company, an "
        "organisation or this portal."
    ),
    "These rules are for the discussions.",
    "The policy for them is under “How responses are screened” at the foot of each page.",
    "These rules bind them in the same way as the people who comment.",
    "You may write under a pseudonym.",
    "Anything else on a comment is not a mark of ours.",
    (
        "You may post the point again without the part that broke the rule, as long as the "
        "consultation is open."
    ),
    (
        "Anybody, from anywhere: a person, a company, a laboratory, a university, a civil "
        "society organisation, an authority."
    ),
    "Could a response put you or somebody else at risk?",
    "Open a consultation and choose “Respond to this consultation”.",
    "If you are shown a code, write it down.",
    "Check your answers and submit the response.",
    "In any.",
    "Write in the language in which you think best, and say which one it is.",
    "When a consultation has closed, the officials who asked read what came in.",
    "It is due within twelve weeks of the deadline.",
    "Beside most consultations there is a public discussion.",
    "If being seen could harm you, respond without a name instead.",
}


def sentences_of(body: str) -> list[str]:
    """The sentences of a text; points of a list that end in no full stop are one with the next."""
    text = re.sub(r"(?m)^- ", "", body)
    return re.split(r"(?<=[.?!])\s+", " ".join(text.split()))


@pytest.mark.parametrize("where", [PRIVACY, MODERATION, TAKE_PART])
def test_each_sentence_of_the_pages_of_rules_is_listed(where):
    """No sentence of the pages on privacy, on moderation and on taking part is left out."""
    html = re.sub(
        r"<(h2|h3|th|caption|strong)\b.*?</\1>", "", (ROOT / where).read_text(), flags=re.DOTALL
    )
    text = " ".join(re.findall(r'\b_\("((?:[^"\\]|\\.)*)"', html)).replace('\\"', '"')
    left = [
        sentence
        for sentence in sentences_of(text)
        if sentence not in NO_DEED
        and not any(each in sentence or sentence in each for each in PROMISES[where])
    ]
    assert left == [], "hold the deed by a test and list it, or say that it promises none"
