"""eSMS: a domestic gateway for SMS under a brandname. Contract: `shared/providers.md`, "Domestic brandname …"."""
