"""Zalo: an Official Account with its app, as its owner's software and the citizens' phones see them.

The three hosts of the real service are three prefixes here, so that each base URL can be pointed at one:
oauth.zaloapp.com is /zalo/oauth, openapi.zalo.me is /zalo/openapi, business.openapi.zalo.me is /zalo/business.
Built from the project's page of providers' contracts and, where that is silent, from what public client code shows
of the provider; what neither settles can be switched in `simulator.zalo.config`.

The names of two of its headers, `access_token` and `secret_key`, bear an underscore, which gunicorn and Werkzeug
drop by default: see `simulator.underscores`.
"""
