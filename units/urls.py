"""URLs of people and units."""

urlpatterns: list[object] = []
