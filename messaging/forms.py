"""The person's own message settings."""

from __future__ import annotations

from typing import Any

from django import forms

from common.forms import KitModelForm
from messaging import channels
from messaging.models import Preference


class PreferenceForm(KitModelForm):
    """Quiet hours, and which of the installation's outside channels not to use."""

    muted = forms.MultipleChoiceField(
        label="不使用的渠道", required=False, widget=forms.CheckboxSelectMultiple, help_text="系统内消息始终可见。"
    )

    class Meta:
        model = Preference
        fields = ("quiet_from", "quiet_until", "muted")
        widgets = {
            name: forms.TimeInput(format="%H:%M", attrs={"type": "time"}) for name in ("quiet_from", "quiet_until")
        }
        help_texts = {"quiet_until": "免打扰时段内不向系统外发送，结束后补发；两个时间相同表示不设免打扰。"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["muted"].choices = [(channel.code, channel.name) for channel in channels.ready()]
        if not channels.ready():
            del self.fields["muted"]
