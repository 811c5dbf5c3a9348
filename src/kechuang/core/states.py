"""The five states in words, for records and pages alike."""

from django.utils.translation import gettext_lazy as _

from kechuang.core.kernel import State

LABELS = {
    State.KEPT: _("Kept"),
    State.ON_THE_WAY: _("On the way"),
    State.AT_RISK: _("At risk"),
    State.LATE: _("Late"),
    State.UNMEASURED: _("Not measured"),
}
