"""SpeedSMS: a domestic gateway for SMS. Contract: `shared/providers.md`, "Domestic brandname gateways"."""
