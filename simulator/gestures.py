"""What a citizen can do on a handset besides writing."""

from enum import StrEnum


class Gesture(StrEnum):
    """Each is one POST to the control API; its fields are said at the provider's `act`."""

    PRESS = "press"
    SHARE_CONTACT = "share_contact"
    STICKER = "sticker"
    EDIT = "edit"
    START = "start"
    BLOCK = "block"
    UNBLOCK = "unblock"
    CALL = "call"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SEE = "see"
