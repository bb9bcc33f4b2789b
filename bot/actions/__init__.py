"""The action server: what the dialogue does, in the services' environment, on the project's own database."""
