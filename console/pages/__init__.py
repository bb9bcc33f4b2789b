"""The pages, one file a blueprint. Every view declares its action (`console.permissions`)."""

from console.pages import (
    accounts,
    approvals,
    attachments,
    audit,
    call_backs,
    campaign_steps,
    campaign_terms,
    campaigns,
    claims,
    history,
    imports,
    lists,
    overview,
    people,
    privacy,
    rehearsals,
    survey_form,
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
        call_backs,
        people,
        survey_form,
        lists,
        imports,
        campaigns,
        campaign_steps,
        campaign_terms,
        rehearsals,
        zalo,
        history,
        privacy,
        audit,
        accounts,
    )
)
