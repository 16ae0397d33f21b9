"""URLs of hazards."""

urlpatterns: list[object] = []
