"""A whole rehearsal: the policies one after the other, each one's citizens many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from core.clock import now
from core.database import Role, transaction
from core.settings import settings
from loa.rehearsal.cast import (
    Player,
    close_campaign,
    invite_to_chat,
    phone_number,
    put_on_roster,
    start_campaign,
    unknown_wards,
)
from loa.rehearsal.citizen import PLAYABLE, Channel, Citizen
from loa.rehearsal.ending import differences
from loa.rehearsal.handsets import Handset, SmsHandset, WebHandset
from loa.rehearsal.playing import Playing
from loa.rehearsal.report import Result
from roster.campaign import AccountDetails

AT_ONCE = 16
NO_CHANNEL = "channel not available"

Told = Callable[[Result], None]


def rehearse(citizens: Sequence[Citizen], tell: Told) -> list[Result]:
    """Play `citizens` against the stack of the present settings; results in their order, each told as it comes."""
    results: dict[int, Result] = {}
    for place, citizen in enumerate(citizens):
        if citizen.channel not in PLAYABLE:
            results[place] = Result(citizen, skipped=NO_CHANNEL)
            tell(results[place])
    for details in AccountDetails:
        group = [
            (place, citizen)
            for place, citizen in enumerate(citizens)
            if citizen.account_details is details and place not in results
        ]
        if group:
            _play_group(group, details, results, tell)
    return [results[place] for place in range(len(citizens))]


def wards_without_commune(citizens: Sequence[Citizen]) -> list[str]:
    """The wards named in the files that are none of the province's."""
    with transaction(Role.WORKER) as session:
        return unknown_wards(session, citizens)


def _play_group(
    group: Sequence[tuple[int, Citizen]], details: AccountDetails, results: dict[int, Result], tell: Told
) -> None:
    """One policy's citizens, under a campaign that runs as long as they do."""
    handsets = {place: _handset(citizen, place) for place, citizen in group}
    with transaction(Role.WORKER) as session:
        players = {
            place: put_on_roster(session, citizen, place, _address(handsets[place], place), now())
            for place, citizen in group
        }
        campaign_id = start_campaign(session, details, now()).id
        for player in players.values():
            if player.citizen.channel is Channel.WEB and player.citizen.invited:
                invite_to_chat(session, campaign_id, player, now())
    _play_together(players, handsets, campaign_id, results, tell)
    with transaction(Role.WORKER) as session:
        close_campaign(session, campaign_id)


def _play_together(
    players: dict[int, Player], handsets: dict[int, Handset], campaign_id: int, results: dict[int, Result], tell: Told
) -> None:
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="citizen")
    try:
        places = {pool.submit(_play, player, handsets[place], campaign_id): place for place, player in players.items()}
        for done in as_completed(places):
            result = results[places[done]] = done.result()
            tell(result)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # broken off, a rehearsal waits for nobody


def _handset(citizen: Citizen, place: int) -> Handset:
    if citizen.channel is Channel.WEB:
        return WebHandset(settings(), place)
    return SmsHandset(settings(), phone_number(place))


def _address(handset: Handset, place: int) -> str:
    return handset.session if isinstance(handset, WebHandset) else phone_number(place)


def _play(player: Player, handset: Handset, campaign_id: int) -> Result:
    talk = Playing(player, handset, campaign_id).play()
    found = [] if talk.stop.is_a_failure else differences(player.citizen, talk.ending, player.fill)
    return Result(player.citizen, talk, found)
