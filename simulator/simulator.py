"""The stand-ins of one server together."""

from simulator.config import SimulatorConfig
from simulator.esms.provider import Esms
from simulator.exchange.provider import Exchange
from simulator.ledger import Clock
from simulator.messages import Channel, Phone
from simulator.provider import Provider, World
from simulator.shortcode.provider import Shortcode
from simulator.speedsms.provider import SpeedSms
from simulator.telegram.provider import Telegram
from simulator.twilio import Twilio
from simulator.vietnam import read_phone
from simulator.zalo.provider import Zalo


class Simulator:
    """Every provider with the world they share. A new provider is one line in `providers`."""

    def __init__(self, config: SimulatorConfig, clock: Clock) -> None:
        self.world = World(config, clock)
        shortcode = Shortcode(self.world, config.shortcode)
        self.providers: tuple[Provider, ...] = (
            Twilio(self.world, config.twilio),
            Telegram(self.world, config.telegram),
            Zalo(self.world, config.zalo),
            Esms(self.world, config.esms, shortcode),
            SpeedSms(self.world, config.speedsms, shortcode),
            shortcode,
            Exchange(self.world, config.exchange),
        )
        self._settlers = config.settlers
        if not self.world.ledger.phones_changed(0):
            self._settle()
        for provider in self.providers:
            provider.resume()

    def provider(self, name: str) -> Provider | None:
        return next((provider for provider in self.providers if provider.name == name), None)

    def provider_of(self, channel: Channel, phone: Phone | None) -> Provider:
        """Who carries what a phone's owner writes: whoever last wrote to it, else the channel's first provider."""
        if phone and phone.messages and (found := self.provider(phone.messages[-1].provider)):
            return found
        return next(provider for provider in self.providers if provider.channel is channel)

    def deliver_pending(self, timeout: float = 30.0) -> int:
        """Deliver everything under way now, without its delays, callbacks and webhooks included; the number of steps.

        TimeoutError if that takes more than `timeout` seconds.
        """
        return self.world.clockwork.flush(timeout)

    def reset(self) -> None:
        """Forget messages, phones, faults and deliveries; the handsets that were there from the start are back."""
        self.world.clockwork.clear()
        self.world.faults.clear()
        self.world.let_go()
        self.world.ledger.reset()
        self._settle()

    def _settle(self) -> None:
        """BadAddress for a handset that cannot be."""
        for one in self._settlers:
            provider = self.provider_of(one.channel, None)
            tel = (read_phone(one.tel) or "") if one.tel else None
            self.world.ledger.set_phone(one.channel, provider.address(one.number), name=one.name, tel=tel)

    def close(self) -> None:
        """End the threads and let go of the journal."""
        self.world.let_go()
        self.world.clockwork.stop()
        self.world.journal.close()
