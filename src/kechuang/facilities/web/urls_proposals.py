"""Addresses of cycles, proposals, panels, allocation and booking."""

from __future__ import annotations

from django.urls import path

from kechuang.facilities.web import (
    booking,
    bookings,
    cycle_terms,
    cycles,
    feed_pages,
    form_builder,
    instrument_rules,
    panels,
    plan_acts,
    plan_hand,
    plan_proof,
    plans,
    proposal_acts,
    proposals,
    qualifications,
    writing,
)

_calls = [
    path("cycles/", cycles.Cycles.as_view(), name="cycles"),
    path("cycles/add/", cycles.EditCycle.as_view(), name="cycle_add"),
    path("cycles/<int:pk>/", cycles.cycle, name="cycle"),
    path("cycles/<int:pk>/edit/", cycles.EditCycle.as_view(), name="cycle_edit"),
    path("cycles/<int:pk>/move/<slug:move>/", cycles.MoveCycle.as_view(), name="cycle_move"),
    path("cycles/<int:pk>/offers/add/", cycle_terms.EditOffer.as_view(), name="offer_add"),
    path("offers/<int:offer>/edit/", cycle_terms.EditOffer.as_view(), name="offer_edit"),
    path("offers/<int:offer>/remove/", cycle_terms.RemoveOffer.as_view(), name="offer_remove"),
    path("cycles/<int:pk>/rules/add/", cycle_terms.AddRule.as_view(), name="rule_add"),
    path("rules/<int:rule>/remove/", cycle_terms.RemoveRule.as_view(), name="rule_remove"),
    path("resources/<int:pk>/closures/add/", cycle_terms.EditClosure.as_view(), name="closure_add"),
    path("closures/<int:closure>/edit/", cycle_terms.EditClosure.as_view(), name="closure_edit"),
    path("closures/<int:closure>/remove/", cycle_terms.RemoveClosure.as_view(), name="closure_remove"),
    path("cycles/<int:pk>/form/", form_builder.form, name="form"),
    path("cycles/<int:pk>/form/add/", form_builder.EditField.as_view(), name="field_add"),
    path("cycles/<int:pk>/form/<int:number>/", form_builder.EditField.as_view(), name="field_edit"),
    path("cycles/<int:pk>/form/<int:number>/shift/", form_builder.shift_field, name="field_shift"),
    path("cycles/<int:pk>/form/publish/", form_builder.PublishForm.as_view(), name="form_publish"),
]
_proposals = [
    path("proposals/", proposals.Proposals.as_view(), name="proposals"),
    path("cycles/<int:pk>/proposals/", proposals.CycleProposals.as_view(), name="cycle_proposals"),
    path("cycles/<int:pk>/propose/", writing.Propose.as_view(), name="propose"),
    path("proposals/<int:pk>/", proposals.proposal, name="proposal"),
    path("proposals/<int:pk>/edit/", writing.EditProposal.as_view(), name="proposal_edit"),
    path("proposals/<int:pk>/write/", writing.WriteProposal.as_view(), name="proposal_write"),
    path("proposals/<int:pk>/autosave/", writing.autosave, name="proposal_autosave"),
    path("proposals/<int:pk>/files/<slug:key>/", writing.file, name="proposal_file"),
    path("proposals/<int:pk>/time/add/", writing.AskTime.as_view(), name="time_ask"),
    path("proposals/<int:pk>/time/<int:time>/drop/", proposal_acts.DropTime.as_view(), name="time_drop"),
    path("proposals/<int:pk>/coauthors/add/", proposal_acts.AddCoAuthor.as_view(), name="coauthor_add"),
    path(
        "proposals/<int:pk>/coauthors/<int:user>/drop/",
        proposal_acts.DropCoAuthor.as_view(),
        name="coauthor_drop",
    ),
    path("proposals/<int:pk>/submit/", proposal_acts.Submit.as_view(), name="proposal_submit"),
    path("proposals/<int:pk>/withdraw/", proposal_acts.Withdraw.as_view(), name="proposal_withdraw"),
    path("proposals/<int:pk>/back/", proposal_acts.SendBack.as_view(), name="proposal_back"),
    path("proposals/<int:pk>/check/<slug:kind>/", proposal_acts.CheckPage.as_view(), name="proposal_check"),
    path("proposals/<int:pk>/complete/", proposal_acts.Complete.as_view(), name="proposal_complete"),
    path("proposals/<int:pk>/rapid/", plan_acts.Rapid.as_view(), name="rapid"),
    path("grants/<int:pk>/give-back/", plan_acts.GiveBack.as_view(), name="give_back"),
]
_panels = [
    path("cycles/<int:pk>/panels/", panels.panels, name="panels"),
    path("cycles/<int:cycle>/panels/add/", panels.EditPanel.as_view(), name="panel_add"),
    path("panels/<int:pk>/", panels.panel, name="panel"),
    path("panels/<int:pk>/ranks/", panels.ranks, name="ranks"),
    path("panels/<int:pk>/edit/", panels.EditPanel.as_view(), name="panel_edit"),
    path("panels/<int:pk>/seat/", panels.Seat.as_view(), name="seat"),
    path("panels/<int:pk>/unseat/<int:user>/", panels.Unseat.as_view(), name="unseat"),
    path("proposals/<int:pk>/grade/", panels.GradePage.as_view(), name="grade"),
    path("proposals/<int:pk>/conflict/", panels.DeclareConflict.as_view(), name="conflict"),
    path("proposals/<int:pk>/panel/", panels.AssignPanel.as_view(), name="assign_panel"),
    path("proposals/<int:pk>/decide/<slug:decision>/", panels.Decide.as_view(), name="decide"),
]
_plans = [
    path("cycles/<int:pk>/plans/", plans.time_plans, name="time_plans"),
    path("cycles/<int:pk>/plans/make/", plan_acts.MakePlan.as_view(), name="plan_make"),
    path("time-plans/<int:pk>/", plans.time_plan, name="time_plan"),
    path("time-plans/<int:pk>/progress/", plans.progress, name="plan_progress"),
    path("time-plans/<int:pk>/stop/", plans.stop, name="plan_stop"),
    path("time-plans/<int:pk>/publish/", plan_acts.PublishPlan.as_view(), name="plan_publish"),
    path("time-plans/<int:pk>/hand/", plan_hand.hand, name="plan_hand"),
    path("time-plans/<int:pk>/repair/", plan_hand.RepairPlan.as_view(), name="plan_repair"),
    path("time-plans/<int:pk>/proof/", plan_proof.proof, name="plan_proof"),
    path(
        "time-plans/<int:pk>/instance.json", plan_proof.download, {"what": "instance"}, name="plan_instance"
    ),
    path("time-plans/<int:pk>/plan.json", plan_proof.download, {"what": "plan"}, name="plan_json"),
    path("hand-rules/<int:pk>/release/", plan_hand.ReleaseRule.as_view(), name="hand_release"),
]
_booking = [
    path("booking/", booking.Instruments.as_view(), name="instruments"),
    path("booking/mine/", bookings.MyBookings.as_view(), name="my_bookings"),
    path("booking/<int:pk>/", booking.calendar, name="calendar"),
    path("booking/<int:pk>/book/", bookings.Book.as_view(), name="book"),
    path("booking/<int:pk>/problem/", instrument_rules.ReportProblem.as_view(), name="problem_report"),
    path("booking/<int:pk>/rules/", instrument_rules.SetPolicy.as_view(), name="policy"),
    path("booking/<int:pk>/feed/", feed_pages.FeedPage.as_view(), name="feed_instrument"),
    path("booking/feed/", feed_pages.FeedPage.as_view(), name="feed_mine"),
    path("feeds/<str:token>.ics", feed_pages.ics, name="ics"),
    path("bookings/<int:pk>/", bookings.booking, name="booking"),
    path("bookings/<int:pk>/cancel/", bookings.CancelBooking.as_view(), name="booking_cancel"),
    path("bookings/<int:pk>/no-show/", bookings.NoShow.as_view(), name="no_show"),
    path("waiting/<int:pk>/leave/", bookings.LeaveWaiting.as_view(), name="leave_waiting"),
    path("problems/<int:pk>/solve/", instrument_rules.SolveProblem.as_view(), name="problem_solve"),
    path("qualifications/", qualifications.Qualifications.as_view(), name="qualifications"),
    path("qualifications/add/", qualifications.EditQualification.as_view(), name="qualification_add"),
    path("qualifications/<int:pk>/", qualifications.qualification, name="qualification"),
    path(
        "qualifications/<int:pk>/edit/", qualifications.EditQualification.as_view(), name="qualification_edit"
    ),
    path(
        "qualifications/<int:pk>/trainings/add/", qualifications.RecordTraining.as_view(), name="training_add"
    ),
    path("trainings/<int:pk>/withdraw/", qualifications.WithdrawTraining.as_view(), name="training_withdraw"),
]
urlpatterns = [*_calls, *_proposals, *_panels, *_plans, *_booking]
