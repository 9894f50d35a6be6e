"""What the Telegram front end has to be told; read from the environment elsewhere, checked here."""

import ipaddress
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pydantic import SecretStr

from index.errors import SettingsError

_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{32,256}")
_LAST_PORT: Final = 65535
_TELEGRAM: Final = "api.telegram.org"
_PRIVATE_NAMES: Final = (".internal", ".local", ".localhost")
_CALLED_PORTS: Final = (443, 80, 88, 8443)
_TELEGRAM_FILE: Final = 20 << 20  # what getFile of Telegram's own server gives at most
_LOCAL_FILE: Final = 64 << 20  # a server of one's own gives more; a larger document is not read


@dataclass(frozen=True, slots=True)
class Webhook:
    """How updates arrive when Telegram calls us, instead of our asking.

    Attributes:
        url: The public https address that a proxy of yours passes on to `host:port`, path included.
        secret: 32 to 256 of `A-Za-z0-9_-`; Telegram sends it with every update.
        host: Where to listen; the loopback interface, the proxy being on the same machine.
        port: Where to listen.

    """

    url: str
    secret: SecretStr
    host: str = "127.0.0.1"
    port: int = 8443

    def __post_init__(self) -> None:
        if not self.url.lower().startswith("https://"):
            raise SettingsError("TRICHDAN_TELEGRAM_WEBHOOK_URL must begin with https://.")
        if _port(self.url) is None:
            raise SettingsError("TRICHDAN_TELEGRAM_WEBHOOK_URL must name a host, and no port beyond 65535.")
        if not 1 <= self.port <= _LAST_PORT:
            raise SettingsError("TRICHDAN_TELEGRAM_WEBHOOK_LISTEN must name a port from 1 to 65535.")
        if not _SECRET.fullmatch(self.secret.get_secret_value()):
            raise SettingsError(
                "TRICHDAN_TELEGRAM_WEBHOOK_SECRET must have 32 to 256 characters of A-Z, a-z, 0-9, _ and -; "
                "{command} makes one.",
                command="`python -c 'import secrets; print(secrets.token_urlsafe(48))'`",
            )


OF_THE_START: Final = ("token", "folder", "api_url", "proxy", "webhook", "data_dir", "monitor")
"""Fields of `TelegramSettings` that a running bot keeps, whatever the settings say later."""


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """The settings of the front end: those of `bot.settings` with these names, and some of its own.

    Attributes:
        token: From @BotFather; None is refused with a sentence that says how to get one.
        folder: Where the bot keeps its own state: `DATA_DIR/telegram`.
        api_url: The Bot API server; plain http is accepted for one that is not public only.
        proxy: By which it is reached, with its password; None for what the environment names.
        open_access: Whether everybody may ask; otherwise only `owners` and `allowed`, people and groups.
        webhook: None for long polling.
        max_age_s: A question older than this, after an outage, gets no late answer.
        slow_s: After this time the bot says that it takes longer.
        limit_s: After this time the bot gives up a question.
        memory_days: How long the buttons of an answer work.
        data_dir: Where the collection is, for owners who change it; None where they cannot.
        monitor: Host and port at which health and figures are told; None for nowhere.
    """

    token: SecretStr | None
    folder: Path
    api_url: str = "https://api.telegram.org"
    proxy: SecretStr | None = None
    open_access: bool = False
    owners: frozenset[int] = field(default_factory=frozenset)
    allowed: frozenset[int] = field(default_factory=frozenset)
    webhook: Webhook | None = None
    per_minute: int = 20
    max_age_s: float = 3600.0
    slow_s: float = 3.0
    limit_s: float = 60.0
    unanswered_days: int = 90
    unanswered_names: bool = False
    memory_days: int = 30
    data_dir: Path | None = None
    monitor: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        if self.token is None or not self.token.get_secret_value().strip():
            raise SettingsError(
                "There is no Telegram token: ask @BotFather for one (send it /newbot) and put it into "
                "the file .env as TRICHDAN_TELEGRAM_TOKEN=…"
            )
        if not _TOKEN.fullmatch(self.token.get_secret_value()):
            raise SettingsError(
                "TRICHDAN_TELEGRAM_TOKEN does not look like a token: @BotFather gives them as digits, a "
                "colon and about 35 letters."
            )
        if self.webhook is not None and self.webhook.secret == self.token:
            raise SettingsError("TRICHDAN_TELEGRAM_WEBHOOK_SECRET must not be the token.")
        if self.monitor is not None and not 1 <= self.monitor[1] <= _LAST_PORT:
            raise SettingsError("TRICHDAN_MONITOR_LISTEN must name a port from 1 to 65535.")
        if not _usable(self.api_url):
            raise SettingsError(
                "TRICHDAN_TELEGRAM_API_URL must be an https address, or http on this machine or a private "
                "network."
            )
        if self.webhook is not None and not _called(self.webhook.url, self.api_url):
            raise SettingsError(
                "TRICHDAN_TELEGRAM_WEBHOOK_URL must have no port, or one that Telegram calls: 443, 80, "
                "88 or 8443."
            )
        if self.per_minute < 1 or self.limit_s <= 0 or self.unanswered_days < 0 or self.memory_days < 1:
            raise SettingsError("A limit of the Telegram bot is below its least value.")

    @property
    def file_limit(self) -> int:
        """The largest file that may be sent, in bytes."""
        return _TELEGRAM_FILE if urlsplit(self.api_url).hostname == _TELEGRAM else _LOCAL_FILE

    @property
    def secret_token(self) -> str:
        """The token in the clear; for the one place that talks to Telegram."""
        assert self.token is not None  # noqa: S101 - checked at construction
        return self.token.get_secret_value()


def _port(url: str) -> int | None:
    """Return the port of an https address; None for an address that cannot be called."""
    try:
        parts = urlsplit(url)
        return (parts.port or (443 if parts.port is None else None)) if parts.hostname else None
    except ValueError:
        return None


def _called(url: str, api_url: str) -> bool:
    """Tell whether a Bot API server calls the port of an address; one of one's own calls any."""
    return urlsplit(api_url).hostname != _TELEGRAM or _port(url) in _CALLED_PORTS


def _usable(url: str) -> bool:
    """Tell whether an address keeps the token from the open network."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.query or parts.fragment or parts.username or not host:
        return False
    if parts.scheme == "https":
        return True
    if parts.scheme != "http":
        return False
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # A name without a dot is one of this machine or of a network of containers; where it leads is looked
        # at before anything is sent.
        return "." not in host or host.endswith(_PRIVATE_NAMES)
