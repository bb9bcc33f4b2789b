"""A telephone exchange with a hotline: it tells the customer of every call once it is over.

No public contract is followed, as each exchange has its own; this one is plain, and its names can be changed in
`config.py`. One `POST` a call, with a JSON object:

- `call_id`: the exchange's; the same when it is sent again.
- `caller`: 84912345678, landlines too; null when the caller hides the number.
- `hotline`: the number that was called. `at`: when the call came, 2027-01-20T09:30:00+07:00.
- `kind`: `missed` (it rang and nobody took it), `answered`, `hangup_before` (the caller hung up before it could ring
  through: a "nháy máy", the call that costs nothing). `seconds`: how long it rang or was spoken.

Header `X-Timestamp`: Unix seconds of this attempt. Header `X-Signature`: hex of HMAC-SHA256, keyed with the shared
secret, over the timestamp's digits, a full stop and the body's bytes. Wanted in answer: any 2xx; otherwise it is sent
again after each of the waits, with a new timestamp and signature, and later calls may overtake it.
"""
