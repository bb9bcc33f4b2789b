"""What is said to a picture, a voice message, a sticker or a file: what of it can be read (dialogue.md, conduct 11)."""

from __future__ import annotations

from bot.actions.scene import Scene

FOLLOW = "follow"
"""No medium: somebody opened the talk without a word, and is greeted."""
_SAID = {
    "picture": "utter_media_picture",
    "voice": "utter_media_voice",
    "video": "utter_media_video",
    "sticker": "utter_media_sticker",
    "location": "utter_media_location",
}


def say_what_can_be_read(scene: Scene) -> None:
    """Answer what came beside the words, where something did; of a kind that nobody named, as of a file."""
    if scene.turn.media and scene.turn.media != FOLLOW:
        scene.say(_SAID.get(scene.turn.media, "utter_media_file"))
