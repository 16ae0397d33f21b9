"""URLs of supervision."""

from django.urls import path

from supervision.views import board, letters, listings, measures, policies

urlpatterns = [
    path("supervision/", board.board, name="supervision-board"),
    path("supervision/letters/", letters.LetterLedger.as_view(), name="letter-list"),
    path("supervision/letters/new/", letters.write, name="letter-new"),
    path("supervision/letters/<int:pk>/", letters.detail, name="letter-detail"),
    path("supervision/letters/<int:pk>/paper.<slug:kind>", letters.paper, name="letter-paper"),
    path("supervision/letters/<int:pk>/<slug:action>/", letters.LetterAction.as_view(), name="letter-action"),
    path("supervision/listings/", listings.ListingLedger.as_view(), name="listing-list"),
    path("supervision/listings/propose/<int:pk>/", listings.propose, name="listing-propose"),
    path("supervision/listings/<int:pk>/", listings.detail, name="listing-detail"),
    path("supervision/listings/<int:pk>/<slug:which>.<slug:kind>", listings.paper, name="listing-paper"),
    path("supervision/listings/<int:pk>/<slug:action>/", listings.ListingAction.as_view(), name="listing-action"),
    path("supervision/batches/new/", listings.open_batch, name="listing-batch-open"),
    path("supervision/batches/<int:pk>/", listings.batch, name="listing-batch"),
    path("supervision/measures/", measures.MeasureLedger.as_view(), name="measure-list"),
    path("supervision/measures/propose/<int:pk>/", measures.propose, name="measure-propose"),
    path("supervision/measures/<int:pk>/", measures.detail, name="measure-detail"),
    path("supervision/measures/<int:pk>/<slug:action>/", measures.MeasureAction.as_view(), name="measure-action"),
    path("supervision/ladder/", policies.ladder, name="ladder-policy"),
]
