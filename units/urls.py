"""URLs of people and units."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LogoutView
from django.urls import path

from units.views import shell, signing

urlpatterns = [
    path("", signing.home, name="home"),
    path("sign-in/", signing.SignInView.as_view(), name="sign-in"),
    path("sign-out/", login_not_required(LogoutView.as_view()), name="sign-out"),
    path("account/", shell.account, name="account"),
    path("account/password/", signing.change_password, name="change-password"),
    path("account/hat/", shell.switch_hat, name="switch-hat"),
    path("account/large-type/", shell.large_type, name="large-type"),
    path("account/views/", shell.save_view, name="saved-view-save"),
    path("account/views/<int:pk>/delete/", shell.delete_view, name="saved-view-delete"),
]
