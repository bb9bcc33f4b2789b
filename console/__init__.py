"""The staff's door: pages for commune officers, approvers and campaign managers."""
