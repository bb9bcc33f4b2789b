"""A domestic short code: what people write to it reaches the customer's webhook. It sends nothing.

There is no one public contract: each aggregator has its own, agreed with the customer. So the stand-in plays a plain
one, whose names and places can be changed in `config.py`, and as a second the public one of eSMS
(https://developers.esms.vn, "Kết nối đầu số ngắn"), which is weaker: its signature has no secret time.

**The plain contract.** One HTTP request a message:

- `POST` with a JSON object, `POST` with a form, or `GET` with a query (`method`, `body` in the configuration). Fields:
  `message_id` (the aggregator's; the same when it is sent again), `phone` (84912345678), `shortcode`, `text` (as
  written, with the keyword), `time` (2027-01-20T09:30:00+07:00: when the person sent it).
- Header `X-Timestamp`: Unix seconds of this attempt. Header `X-Signature`: hex of HMAC-SHA256, keyed with the shared
  secret, over the timestamp's digits, a full stop and the payload: the body's bytes, or for GET the query as it stands
  in the URL after the question mark.
- Wanted in answer: HTTP 200 and the body `OK`. Anything else, or nothing within the time, and it is sent again after
  each of the waits, with a new timestamp and signature. Messages that wait may be overtaken by later ones.

**What it costs.** The person pays `price` đồng for each message. With a `keyword` the code is shared with other
customers: what does not begin with it is not ours, and the aggregator itself tells the person so.
"""
