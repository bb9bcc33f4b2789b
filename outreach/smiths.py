"""The makers of texts that a process keeps between one batch and the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from outreach.channels.provider import Account
from outreach.channels.zalo.templates import ZaloTemplate
from outreach.step import Step
from outreach.templates import CampaignWords
from outreach.wording import Wordsmith
from roster.campaign import Campaign


def smith_for(step: Step, campaign: Campaign, account: Account, today: date) -> Wordsmith:
    """Makes the texts of `step` for `account` with the campaign's facts as they stand, as of `today`."""
    zalo = step.zalo_template if account.channel == "zalo" else None
    return _smith(step.template, account, campaign.deadline, _key(campaign.facts), _key(zalo), today)


@lru_cache(maxsize=32)
def _smith(template: str, account: Account, deadline: date, facts: str, zalo: str, today: date) -> Wordsmith:
    mapped = json.loads(zalo)
    approved = ZaloTemplate.model_validate(mapped) if mapped else None
    return Wordsmith(template, account, CampaignWords(deadline, json.loads(facts)), today, approved)


def _key(stored: Mapping[str, Any] | None) -> str:
    return json.dumps(stored, sort_keys=True, ensure_ascii=False)
