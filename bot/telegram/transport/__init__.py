"""The Bot API over HTTP: calls, rates, retries, and how updates arrive."""
