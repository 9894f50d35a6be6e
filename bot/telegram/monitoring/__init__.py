"""What is told to whoever watches the bot: counts, health, readiness."""
