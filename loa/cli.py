"""`loa`: everything operators do, from the command line."""

from __future__ import annotations

import click

from core.uncaught import install_uncaught
from loa.commands import (
    audit,
    campaign,
    campaign_account,
    campaign_control,
    channels,
    crash_test,
    database,
    jobs,
    keys,
    rehearse,
    roster,
    run,
    serve,
    staff,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Loa Phường: giúp người hưởng trợ cấp xã hội chuyển sang nhận qua tài khoản."""
    install_uncaught()


main.add_command(run.run)
main.add_command(serve.serve)
main.add_command(database.db)
main.add_command(roster.roster)
main.add_command(campaign.campaign)
for command in (*campaign_control.COMMANDS, *campaign_account.COMMANDS):
    campaign.campaign.add_command(command)
main.add_command(channels.channels)
main.add_command(staff.staff)
main.add_command(audit.audit)
main.add_command(keys.keys)
main.add_command(jobs.jobs)
main.add_command(rehearse.rehearse)
main.add_command(crash_test.crash_test)

if __name__ == "__main__":
    main()
