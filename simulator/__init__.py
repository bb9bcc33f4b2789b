"""Stand-ins for the providers: they accept, deliver, misbehave and answer as the real ones do.

Built from the providers' contracts (`/work/shared/providers.md`, the providers' public documents), not from our
clients, and importing none of our rooms: a stand-in that shared our reading of a contract could not find it wrong.
A provider is one package (`simulator.twilio`) behind `simulator.provider.Provider`.
"""
