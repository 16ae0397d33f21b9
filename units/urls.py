"""URLs of people and units."""

from django.urls import path

from units.views import areas, dossier, lists, people, policies, queues, security, shell, signing

_signing = [
    path("", signing.home, name="home"),
    path("sign-in/", signing.SignInView.as_view(), name="sign-in"),
    path("sign-out/", signing.SignOutView.as_view(), name="sign-out"),
    path("account/", shell.account, name="account"),
    path("account/password/", signing.change_password, name="change-password"),
    path("account/hat/", shell.switch_hat, name="switch-hat"),
    path("account/large-type/", shell.large_type, name="large-type"),
    path("account/views/", shell.save_view, name="saved-view-save"),
    path("account/views/<int:pk>/delete/", shell.delete_view, name="saved-view-delete"),
]

_units = [
    path("areas/", lists.area_tree, name="area-tree"),
    path("areas/<int:pk>/new/", areas.area_create, name="area-create"),
    path("areas/<int:pk>/edit/", areas.area_edit, name="area-edit"),
    path("units/", lists.UnitList.as_view(), name="unit-list"),
    path("units/new/", dossier.unit_edit, name="unit-create"),
    path("units/options/", lists.unit_options, name="unit-options"),
    path("units/provisional/", queues.ProvisionalList.as_view(), name="provisional-list"),
    path("units/proposals/", queues.UnitProposalList.as_view(), name="unit-proposal-list"),
    path("units/proposals/<int:pk>/", queues.unit_proposal, name="unit-proposal"),
    path("units/<int:pk>/", dossier.unit_detail, name="unit-detail"),
    path("units/<int:pk>/edit/", dossier.unit_edit, name="unit-edit"),
    path("units/<int:pk>/confirm/", dossier.confirm, name="unit-confirm"),
    path("units/<int:pk>/merge/", dossier.merge, name="unit-merge"),
    path("units/<int:pk>/active/", dossier.set_active, name="unit-active"),
    path("enterprises/", lists.EnterpriseList.as_view(), name="enterprise-list"),
    path("enterprises/new/", dossier.enterprise_edit, name="enterprise-create"),
    path("enterprises/<int:pk>/", dossier.enterprise_detail, name="enterprise-detail"),
    path("enterprises/<int:pk>/edit/", dossier.enterprise_edit, name="enterprise-edit"),
    path("enterprises/<int:pk>/profile/", dossier.own_profile, name="enterprise-profile"),
    path("enterprises/<int:pk>/propose/", dossier.propose, name="enterprise-propose"),
]

_people = [
    path("accounts/", people.AccountList.as_view(), name="account-list"),
    path("accounts/new/", people.account_create, name="account-create"),
    path("accounts/<int:pk>/", people.account_detail, name="account-detail"),
    path("accounts/<int:pk>/reset/", people.account_reset, name="account-reset"),
    path("accounts/<int:pk>/active/", people.account_active, name="account-active"),
    path("accounts/<int:pk>/memberships/", people.membership_grant, name="membership-grant"),
    path("accounts/<int:pk>/memberships/<int:membership>/end/", people.membership_end, name="membership-end"),
]

_system = [
    path("system/", security.system, name="system"),
    path("system/matrix/", security.matrix, name="permission-matrix"),
    path("system/lock-outs/", security.lock_outs, name="lock-out-list"),
    path("system/lock-outs/unlock/", security.unlock, name="unlock"),
    path("system/sessions/", security.sessions, name="session-list"),
    path("system/sessions/<int:pk>/end/", security.end_session, name="session-end"),
    path("system/limits/", policies.limit_list, name="limit-list"),
    path("system/calendar/", policies.calendar, name="calendar"),
    path("system/office/", policies.office_settings, name="office-settings"),
    path("system/policies/", policies.proposal_list, name="policy-proposal-list"),
    path("system/policies/new/<slug:kind>/", policies.propose, name="policy-propose"),
    path("system/policies/<int:pk>/", policies.proposal, name="policy-proposal"),
]

urlpatterns = [*_signing, *_units, *_people, *_system]
