"""eSMS: a domestic gateway for messages under a brandname, as one prepaid account sees it.

Built from the provider's public pages (https://developers.esms.vn, "Tin nhắn SMS OTP/CSKH", "Callback Url", "Bảng mã
lỗi", "Hàm kiểm tra tin nhắn theo SMSID", "Hàm lấy số dư tài khoản", read in 2026). `/esms` stands for the host
rest.esms.vn. The stand-in is `provider.py`. What the pages leave open is marked (open) in `config.py`.

Played: customer-care messages (SmsType 2), the balance, the three ways to ask what became of a message, the callback.
A brandname hears nothing: what people answer goes to the short code (`simulator.shortcode`).
"""
