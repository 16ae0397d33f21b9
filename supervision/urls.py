"""URLs of supervision."""

from django.urls import path

from supervision.views import (
    batches,
    board,
    letters,
    listings,
    measures,
    paper,
    policies,
    public,
    reply,
    standing,
    unit_rules,
)

urlpatterns = [
    path("supervision/", board.board, name="supervision-board"),
    path("supervision/standing/", standing.StandingLedger.as_view(), name="ladder-standing"),
    path("supervision/letters/", letters.LetterLedger.as_view(), name="letter-list"),
    path("supervision/letters/new/", letters.write, name="letter-new"),
    path("supervision/letters/<int:pk>/", letters.detail, name="letter-detail"),
    path("supervision/letters/<int:pk>/paper.<slug:kind>", letters.paper, name="letter-paper"),
    path("supervision/letters/<int:pk>/link/new/", reply.issue, name="reply-link"),
    path("public/listings/", public.listing_list, name="public-listing-list"),
    path("public/listings/<int:pk>/", public.listing, name="public-listing"),
    path("reply/", reply.start, name="reply-start"),
    path("reply/<str:code>/", reply.reply, name="reply"),
    path("supervision/letters/<int:pk>/<slug:action>/", letters.LetterAction.as_view(), name="letter-action"),
    path("supervision/listings/", listings.ListingLedger.as_view(), name="listing-list"),
    path("supervision/listings/propose/<int:pk>/", listings.propose, name="listing-propose"),
    path("supervision/listings/<int:pk>/", listings.detail, name="listing-detail"),
    path("supervision/listings/<int:pk>/<slug:which>.<slug:kind>", listings.paper, name="listing-paper"),
    path("supervision/listings/<int:pk>/<slug:action>/", listings.ListingAction.as_view(), name="listing-action"),
    path("supervision/batches/new/", batches.open_batch, name="listing-batch-open"),
    path("supervision/batches/<int:pk>/", batches.batch, name="listing-batch"),
    path("supervision/batches/<int:pk>/<slug:which>.<slug:kind>", batches.paper, name="listing-batch-paper"),
    path("supervision/batches/<int:pk>/<slug:action>/", batches.BatchAction.as_view(), name="listing-batch-action"),
    path("supervision/measures/", measures.MeasureLedger.as_view(), name="measure-list"),
    path("supervision/measures/propose/<int:pk>/", measures.propose, name="measure-propose"),
    path("supervision/measures/propose/unit/<int:pk>/", measures.propose_unit, name="measure-propose-unit"),
    path("supervision/measures/<int:pk>/", measures.detail, name="measure-detail"),
    path("supervision/measures/<int:pk>/<slug:which>.<slug:kind>", paper.measure, name="measure-paper"),
    path("supervision/extensions/<int:pk>/form.<slug:kind>", paper.extension, name="extension-paper"),
    path("supervision/measures/<int:pk>/<slug:action>/", measures.MeasureAction.as_view(), name="measure-action"),
    path("supervision/ladder/", policies.ladder, name="ladder-policy"),
    path("supervision/unit-rules/edit/", unit_rules.edit, name="unit-rule-edit"),
    path("supervision/unit-rules/simulations/<int:pk>/", unit_rules.simulation, name="unit-rule-simulation"),
    path("supervision/unit-rules/proposals/<int:pk>/", unit_rules.proposal, name="unit-rule-proposal"),
    path(
        "supervision/unit-rules/proposals/<int:pk>/simulate/",
        unit_rules.simulate_proposal,
        name="unit-rule-proposal-simulate",
    ),
    path("supervision/ladder/edit/", policies.edit, name="ladder-edit"),
    path("supervision/ladder/simulations/<int:pk>/", policies.simulation, name="ladder-simulation"),
    path("supervision/ladder/proposals/<int:pk>/", policies.proposal, name="ladder-proposal"),
    path(
        "supervision/ladder/proposals/<int:pk>/simulate/", policies.simulate_proposal, name="ladder-proposal-simulate"
    ),
]
