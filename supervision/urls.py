"""URLs of supervision."""

urlpatterns: list[object] = []
