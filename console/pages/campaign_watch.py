"""Watching a campaign while it runs, and steering it: pause, go on, other hours, call off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.audit_words import line_of, staff_in
from console.desk import current_desk, found, scoped
from console.formats import number
from console.permissions import Action, for_action
from console.reading.campaign_watch import steering_log, watch
from console.reading.staff_names import staff_names
from console.watch_words import SPLITS, STAGES, signs, split_asked, step_name
from console.words import CAMPAIGN_STATES, CHANNELS, category_name
from conversations.thread import Channel
from core.clock import now
from outreach.calendar import LAW_CLOSES, LAW_OPENS
from outreach.campaign_cancel import cancel_campaign
from outreach.campaign_hours import HoursRefused, change_hours, hours_of
from outreach.campaign_pause import NotPossible, pause_by_hand, pause_words, resume_campaign
from outreach.campaign_setup import steps_of
from outreach.funnel import Split
from outreach.watch_settings import watch_settings
from roster.campaign import Campaign, CampaignState
from roster.commune import Commune

blueprint = Blueprint("campaign_watch", __name__, url_prefix="/dot-khao-sat")
LONGEST_REASON = 300
_GOING = (CampaignState.RUNNING, CampaignState.PAUSED)


class FormRefused(ValueError):
    """Something is missing or cannot be; `str()` is Vietnamese."""


@blueprint.get("/<int:campaign_id>/theo-doi")
@for_action(Action.CAMPAIGNS)
def page(campaign_id: int) -> str:
    """The campaign as it stands, and what can be done about it."""
    return _page(campaign_id, "campaigns/watch.html")


@blueprint.get("/<int:campaign_id>/theo-doi/hien-tai")
@for_action(Action.CAMPAIGNS)
def live(campaign_id: int) -> str:
    """The same numbers again, as the page fetches them by itself; and the buttons, where others fit by now."""
    return _page(campaign_id, "parts/campaign_live.html", shown=request.args.get("thay"))


@blueprint.post("/<int:campaign_id>/tam-dung")
@for_action(Action.STEER)
def pause(campaign_id: int) -> Response:
    """Nothing proactive goes out any more; whoever writes is answered as before."""

    def do(session: Session, staff_id: int, at: datetime, why: str) -> str:
        pause_by_hand(session, campaign_id, staff_id, at, why)
        return "Đã tạm dừng. Không tin mời nào đi nữa cho đến khi có người cho chạy tiếp; ai nhắn đến vẫn được trả lời."

    return _steer(campaign_id, do)


@blueprint.post("/<int:campaign_id>/chay-tiep")
@for_action(Action.STEER)
def resume(campaign_id: int) -> Response:
    """It goes on; what was seen before pauses it no more."""

    def do(session: Session, staff_id: int, at: datetime, why: str) -> str:
        resume_campaign(session, campaign_id, staff_id, at, why)
        return "Đã cho chạy tiếp. Tin đi trong khung giờ cho phép."

    return _steer(campaign_id, do)


@blueprint.post("/<int:campaign_id>/huy-dot")
@for_action(Action.STEER)
def cancel(campaign_id: int) -> Response:
    """What has not left never will, and nobody begins the survey any more."""

    def do(session: Session, staff_id: int, at: datetime, why: str) -> str:
        count = cancel_campaign(session, campaign_id, staff_id, at, why)
        return f"Đã hủy đợt khảo sát; {number(count)} tin chưa gửi sẽ không gửi nữa."

    return _steer(campaign_id, do)


@blueprint.post("/<int:campaign_id>/khung-gio")
@for_action(Action.STEER)
def hours(campaign_id: int) -> Response:
    """Other hours from now on, also for a wave that is under way."""

    def do(session: Session, staff_id: int, at: datetime, why: str) -> str:
        wanted = None if request.form.get("chung") else (_time("tu"), _time("den"))
        change_hours(session, campaign_id, wanted, staff_id, at, why)
        return "Đã đổi khung giờ gửi, có hiệu lực ngay." if wanted else "Đã trở lại khung giờ chung."

    return _steer(campaign_id, do)


def _steer(campaign_id: int, do: Callable[[Session, int, datetime, str], str]) -> Response:
    """Do it, with the reason that was given; what may not be is told in its own words."""
    why = request.form.get("reason", "").strip()[:LONGEST_REASON]
    try:
        if not why:
            raise FormRefused("Xin ghi lý do: lý do được giữ trong nhật ký.")
        with scoped() as session:
            found(session, Campaign, campaign_id)
            flash(do(session, current_desk().staff_id, now(), why), "success")
    except (FormRefused, NotPossible, HoursRefused) as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("campaign_watch.page", campaign_id=campaign_id))


def _time(field: str) -> time:
    try:
        return datetime.strptime(request.form.get(field, "").strip(), "%H:%M").time()
    except ValueError:
        raise FormRefused("Xin ghi giờ theo giờ:phút, ví dụ 08:30.") from None


def _page(campaign_id: int, template: str, shown: str | None = None) -> str:
    split, at = split_asked(request.args.get("chia")), now()
    with scoped() as session:
        campaign = found(session, Campaign, campaign_id)
        log = steering_log(session, campaign_id)
        names = staff_names(session, staff_in(log))
        seen = watch(session, campaign, split, at)
        return render_template(
            template,
            campaign=campaign,
            watch=seen,
            at=at,
            split=split,
            splits=SPLITS,
            stages=STAGES,
            lines=_named(session, campaign_id, split, list(seen.lines)),
            signs=signs(seen.seen, watch_settings()) if seen.seen else [],
            paused=pause_words(campaign),
            hours=hours_of(campaign.sending_opens, campaign.sending_closes),
            law=(LAW_OPENS, LAW_CLOSES),
            going=campaign.state in _GOING,
            log=[line_of(entry, names) for entry in log],
            states=CAMPAIGN_STATES,
            shown=shown,
            longest=LONGEST_REASON,
        )


def _named(session: Session, campaign_id: int, split: Split, keys: list[str]) -> dict[str, str]:
    """Key → name of each line, in the order in which a manager reads them."""
    match split:
        case Split.WAVE:
            named = {str(step.id): step_name(step) for step in steps_of(session, campaign_id)}
        case Split.COMMUNE:
            ordered = select(Commune.code, Commune.name).order_by(Commune.folded_name)
            named = dict(session.execute(ordered).all())
        case Split.CATEGORY:
            named = {key: category_name(key) for key in sorted(keys, key=category_name) if key}
        case Split.CHANNEL:
            named = {key: CHANNELS[Channel(key)] for key in sorted(keys)}
    return {key: name for key, name in [*named.items(), ("", "Chưa rõ")] if key in keys}
