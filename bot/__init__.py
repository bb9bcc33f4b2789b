"""The dialogue: Rasa's data, the action server (actions/) and what runs inside Rasa (components/)."""
