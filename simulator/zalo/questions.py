"""What openapi.zalo.me answers about persons, quotas and the OA itself."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from simulator.messages import Channel
from simulator.provider import World
from simulator.zalo.account import VIETNAM, Account
from simulator.zalo.config import ZaloConfig
from simulator.zalo.errors import OaCode, ZaloError, invalid, success
from simulator.zalo.events import millis
from simulator.zalo.identity import number_of
from simulator.zalo.people import People, Person

_STRANGER = "Người dùng Zalo"


class Questions:
    """View functions; who may ask is `Openapi`'s business."""

    def __init__(self, world: World, config: ZaloConfig, account: Account, people: People) -> None:
        self._world = world
        self._config = config
        self._account = account
        self._people = people

    def user_detail(self) -> Response:
        """?data={"user_id":…}: a person who has had to do with the OA."""
        try:
            asked = json.loads(request.args.get("data", ""))
        except ValueError as error:
            raise invalid("data") from error
        person = self._known(asked.get("user_id") if isinstance(asked, Mapping) else None)
        if person.last_interaction is None:
            raise ZaloError(OaCode.NOT_FOLLOWING)
        return success(_detail(person))

    def quota(self) -> Response:
        """{"user_id"}: a person's windows; {"quota_owner", "product_type", "quota_type"}: the OA's package."""
        body = read_body() if request.method == "POST" else dict(request.args)
        if "user_id" not in body:
            return success([self.package()])
        person = self._known(body["user_id"])
        last = person.last_interaction
        free = person.interacted_within(self._world.clock(), self._config.free_for)
        promotion = {"monthly_remain": 0, "monthly_total": 0, "daily_remain": 0, "daily_total": 0}
        data = {
            "last_interaction": millis(last) if last else None,
            "cs_reply": {"remain": 8 if free else 0, "total": 8},
            "promotion": promotion,
        }
        return success(data)

    def oa(self) -> Response:
        """The OA itself."""
        data = {
            "oa_id": self._config.oa_id,
            "name": self._config.oa_name,
            "description": "",
            "is_verified": True,
            "oa_type": 4,
            "cate_name": "Cơ quan nhà nước",
            "num_follower": self._followers(),
            "package_name": "Nâng cao",
            "package_valid_through_date": "31/12/2099",
            "linked_ZCA": "ZCA-stand-in",
        }
        return success(data)

    def package(self) -> dict[str, Any]:
        """What the OA's package still holds of consultation messages that are not free."""
        return {
            "quota_owner": "OA",
            "product_type": "cs",
            "quota_type": "sub_quota",
            "valid_through": "31/12/2099",
            "total": self._config.consultation_quota,
            "remain": self._account.remaining_consultations,
        }

    def _known(self, user_id: object) -> Person:
        number = number_of(user_id)
        if number is None:
            raise invalid("user_id")
        return self._people.person(number)

    def _followers(self) -> int:
        phones = self._world.ledger.phones_changed(0)
        return sum(phone.channel is Channel.ZALO and bool(phone.details.get("follows")) for phone in phones)


def read_body() -> dict[str, Any]:
    """The JSON object that a request bears. ZaloError if it bears none."""
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise invalid("body")
    return body


def _detail(person: Person) -> dict[str, Any]:
    assert person.last_interaction
    shared = person.shared
    address = {"address": shared.get("address", ""), "city": shared.get("city", ""), "district": ""}
    return {
        "user_id": person.user_id,
        "user_id_by_app": person.user_id_by_app,
        "user_external_id": "",
        "display_name": person.name or _STRANGER,
        "user_alias": person.name or _STRANGER,
        "is_sensitive": False,
        "user_last_interaction_date": person.last_interaction.astimezone(VIETNAM).strftime("%d/%m/%Y"),
        "user_is_follower": person.follows,
        "avatar": "",
        "avatars": {"120": "", "240": ""},
        "dynamic_param": "",
        "tags_and_notes_info": {"notes": [], "tag_names": []},
        "shared_info": {**address, "phone": shared["phone"], "name": shared["name"]} if shared else {},
    }
