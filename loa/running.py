"""Running every process of an installation under honcho, its output line by line with the process's name."""

from __future__ import annotations

import shlex

from honcho.manager import Manager

from console.seed import SignIn
from core.settings import ROOT, Settings
from loa.processes import all_processes, process_environment


def run_until_stopped(settings: Settings) -> int:
    """Start everything and wait for Ctrl-C or the first process that ends; gives the exit status."""
    manager = Manager()
    for process in all_processes(settings):
        manager.add_process(
            process.name, shlex.join(process.command), env=process_environment(process), cwd=str(ROOT), quiet=False
        )
    manager.loop()
    return int(manager.returncode or 0)


def print_addresses(settings: Settings, sign_ins: list[SignIn]) -> None:
    """Where everything is, and who may sign in."""
    print(
        f"\n  Trang cán bộ      http://127.0.0.1:{settings.console_port}"
        f"\n  Trò chuyện web    http://127.0.0.1:{settings.public_port}/chat"
        f"\n  Điện thoại        http://127.0.0.1:{settings.simulator_port}/\n",
        flush=True,
    )
    for one in sign_ins:
        print(f"  {one.title:<28}{one.email:<28}{one.password}")
    print("\n  Rasa cần khoảng 15 giây để sẵn sàng. Dừng: Ctrl-C.\n", flush=True)
