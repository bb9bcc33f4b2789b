"""`loa`: everything operators do, from the command line."""

from __future__ import annotations

import click

from loa.commands import audit, campaign, database, rehearse, roster, run, serve, staff


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Loa Phường: giúp người hưởng trợ cấp xã hội chuyển sang nhận qua tài khoản."""


main.add_command(run.run)
main.add_command(serve.serve)
main.add_command(database.db)
main.add_command(roster.roster)
main.add_command(campaign.campaign)
main.add_command(staff.staff)
main.add_command(audit.audit)
main.add_command(rehearse.rehearse)

if __name__ == "__main__":
    main()
