"""What whoever watches the bot is told: counts, health, readiness."""
