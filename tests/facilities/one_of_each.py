"""One record of every kind the facilities keep, and an account of every role: what each act is tried on."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from kechuang.core import clock
from kechuang.core.acts import SYSTEM
from kechuang.core.models import Organisation, Role
from kechuang.facilities import actions
from kechuang.facilities.engine.pictures import prepared
from kechuang.facilities.models import (
    Agreement,
    Contract,
    ContractIndicator,
    Facility,
    FiveYearPlan,
    Holding,
    Institution,
    PlanMilestone,
    Resource,
    StageDate,
)
from tests.accounts import account


def picture(colour: str = "navy", form: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, form)
    return buffer.getvalue()


def one_of_each() -> dict[str, Any]:
    """One of everything, kept by one organisation in which every role is held once."""
    owner = Organisation.objects.create(name_zh="所")
    firm = Organisation.objects.create(name_zh="公司", kind="enterprise")
    facility = actions.save_facility(
        SYSTEM, Facility(code="f", name_zh="装置", cluster=owner, owner=owner, kind="platform")
    )
    actions.enter_stage(SYSTEM, facility, "planning", date(2020, 1, 1), evidence="x")
    institution = actions.save_institution(SYSTEM, Institution(organisation=owner, kind="national"))
    plan = FiveYearPlan(institution=institution, start_year=2021, end_year=2025, mission_zh="x")
    actions.save_plan(SYSTEM, plan)
    milestone = actions.save_plan_milestone(
        SYSTEM, PlanMilestone(plan=plan, name_zh="m", due=date(2024, 1, 1))
    )
    contract = Contract(
        institution=institution, funder=owner, title_zh="c", start=date(2021, 1, 1), end=date(2025, 1, 1)
    )
    actions.save_contract(SYSTEM, contract)
    indicator = ContractIndicator(contract=contract, name_zh="i", target=5)
    actions.save_contract_indicator(SYSTEM, indicator)
    lab = _resource(owner, "LAB", "joint_lab")
    agreement = actions.save_agreement(SYSTEM, Agreement(resource=lab, title="a", signed_on=date(2020, 1, 1)))
    bank = _resource(owner, "BANK", "sample_bank")
    holding = Holding(resource=bank, disease_zh="d", material="m", consent="research", total=50)
    actions.save_holding(SYSTEM, holding)
    tool = _resource(owner, "TOOL", "instrument")
    ended = clock.now() - timedelta(days=70)
    with clock.at(ended):
        session = actions.start_session(SYSTEM, tool, owner, "internal")
    with clock.at(ended + timedelta(hours=2)):
        session = actions.stop_session(SYSTEM, session)
    correction = actions.ask_correction(
        SYSTEM, session, start=ended, end=ended + timedelta(hours=1), reason="x"
    )
    request = actions.request_samples(SYSTEM, holding, owner, purpose="disease", study="x", wanted=1)
    photo = actions.add_photo(SYSTEM, tool, "p.png", prepared(picture()), shows_zh="电镜")
    users = {role: account(role, organisation=owner, name=f"u-{role}") for role in Role.values}
    users["other"] = account("manager", name="other")
    return {
        "owner": owner,
        "firm": firm,
        "facility": facility,
        "institution": institution,
        "plan": plan,
        "milestone": milestone,
        "contract": contract,
        "indicator": indicator,
        "lab": lab,
        "agreement": agreement,
        "bank": bank,
        "holding": holding,
        "tool": tool,
        "session": session,
        "correction": correction,
        "request": request,
        "photo": photo,
        "users": users,
        "stage": StageDate.objects.get(),
    }


def _resource(owner, code, kind):
    row = Resource(
        code=code,
        kind=kind,
        name_zh=code,
        owner=owner,
        contact="x",
        rate_internal_fen=0,
        rate_enterprise_fen=6000,
    )
    return actions.open_resource(SYSTEM, actions.save_resource(SYSTEM, row))
