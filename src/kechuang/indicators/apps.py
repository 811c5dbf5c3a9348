from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


def _titled(obj) -> dict:
    return {"title": obj.name_zh, "title_en": obj.name_en, "text": obj.definition_zh}


def _public_or_member(user, obj) -> bool:
    return obj.public or user.is_authenticated


class IndicatorsConfig(AppConfig):
    name = "kechuang.indicators"
    label = "indicators"

    def ready(self) -> None:
        from kechuang.core import events, kinds, schedule
        from kechuang.core.roles import signed_in
        from kechuang.core.web import navigation
        from kechuang.indicators import actions, metrics
        from kechuang.indicators.actions.freshness import on_act
        from kechuang.indicators.models import ReturnForm
        from kechuang.indicators.queries.indices import visible_recipes
        from kechuang.indicators.queries.returns import visible_returns

        def among(visible):
            return lambda user, obj: visible(user).filter(pk=obj.pk).exists()

        kinds.register("indicators.metric", _("Indicator"), search=_titled, may_see=_public_or_member)
        kinds.register("indicators.recipe", _("Index"), may_see=among(visible_recipes))
        kinds.register("indicators.returnform", _("Form of returns"))
        kinds.register(
            "indicators.return",
            _("Statistical return"),
            may_see=among(visible_returns),
            field_words=ReturnForm.item_words,
        )
        metrics.register()
        events.listen(on_act)
        navigation.register(
            "indicators",
            _("Indicators"),
            "indicators:tree",
            items=[
                (_("Tree"), "indicators:tree"),
                (_("Targets"), "indicators:targets"),
                (_("Indices"), "indicators:indices"),
                (_("City against city"), "indicators:external"),
                (_("Statistical returns"), "indicators:returns", signed_in),
            ],
            order=20,
        )
        schedule.register("indicators.waiting", timedelta(minutes=1), actions.recompute_dirty)
        schedule.register("indicators.all", timedelta(days=1), metrics.recompute_all)
