"""SpeedSMS: a domestic gateway, as one prepaid account sees it.

Built from the provider's public pages (https://speedsms.vn/sms-api/ and /sms-api-service/, read in 2026).
`/speedsms` stands for the host api.speedsms.vn. The stand-in is `provider.py`; what the pages leave open is marked
(open) in `config.py`. A request has no key of its own: one that is repeated is a second message, and after a lost
answer there is nothing to ask by.
"""
