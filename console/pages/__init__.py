"""The pages, one file a blueprint. Every view declares its action (`console.permissions`)."""

from console.pages import (
    accounts,
    approvals,
    attachments,
    campaign_steps,
    campaign_terms,
    campaigns,
    claims,
    imports,
    lists,
    overview,
    people,
    rehearsals,
    threads,
    zalo,
)

BLUEPRINTS = tuple(
    page.blueprint
    for page in (
        overview,
        claims,
        approvals,
        threads,
        attachments,
        people,
        lists,
        imports,
        campaigns,
        campaign_steps,
        campaign_terms,
        rehearsals,
        zalo,
        accounts,
    )
)
