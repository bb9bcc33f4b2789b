"""`setWebhook`, `deleteWebhook`, `getWebhookInfo`: https://core.telegram.org/bots/api#getting-updates."""

from typing import Any

from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.errors import conflict
from simulator.telegram.parameters import Parameters
from simulator.telegram.polling import Polling
from simulator.telegram.pushing import Pusher
from simulator.telegram.subscription import Subscription, allowed_kinds, keep, load, read_subscription
from simulator.telegram.updates import Status, Updates


class Webhook:
    """How one bot gets its updates, and the methods that say and change it."""

    def __init__(self, world: World, config: TelegramConfig) -> None:
        self._world = world
        self.updates = Updates(world, config)
        self.subscription = load(world, config)
        self.pusher = Pusher(world, config, self.updates, lambda: self.subscription)
        self._polling = Polling(world, self.updates)

    def set(self, parameters: Parameters) -> tuple[bool, str]:
        after = read_subscription(parameters, self.subscription)
        if not after.url:
            return self._change(after, parameters, "Webhook was deleted")
        same = after == self.subscription
        return self._change(after, parameters, "Webhook is already set" if same else "Webhook was set")

    def delete(self, parameters: Parameters) -> tuple[bool, str]:
        gone = Subscription(allowed=self.subscription.allowed)
        was_set = bool(self.subscription.url)
        return self._change(gone, parameters, "Webhook was deleted" if was_set else "Webhook is already deleted")

    def info(self, parameters: Parameters) -> dict[str, Any]:
        found: dict[str, Any] = {
            "url": self.subscription.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.updates.in_line()),
        }
        if self.subscription.url:
            found["max_connections"] = self.subscription.max_connections
        if self.pusher.last_error:
            found["last_error_date"], found["last_error_message"] = self.pusher.last_error
        if self.subscription.allowed:
            found["allowed_updates"] = self.subscription.allowed
        return found

    def get_updates(self, parameters: Parameters) -> list[dict[str, Any]]:
        """TelegramError 409 while a webhook is set."""
        if self.subscription.url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        allowed = allowed_kinds(parameters, self.subscription)
        if allowed != self.subscription.allowed:
            self._keep(Subscription(allowed=allowed))
        return self._polling.get_updates(parameters)

    def _change(self, after: Subscription, parameters: Parameters, words: str) -> tuple[bool, str]:
        if parameters.flag("drop_pending_updates"):
            self.updates.close(self.updates.in_line(), Status.DROPPED)
        self._keep(after)
        if after.url:
            self._polling.end_others("setWebhook request")
        self.pusher.start_over()
        return True, words

    def _keep(self, subscription: Subscription) -> None:
        self.subscription = subscription
        keep(self._world, subscription)
