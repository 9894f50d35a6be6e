"""Every setting of the program; the only reader of `.env`, and of settings in the environment."""

import difflib
import io
import os
import re
from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv.parser import parse_stream
from pydantic import BeforeValidator, Field, PrivateAttr, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.system.places import DATA, clone, data_folder, settings_file
from index.errors import Message, SettingsError, of_system
from index.remote.address import Address

PREFIX = "TRICHDAN_"
ENV_FILE = f"{PREFIX}ENV_FILE"
"""Names the file of settings; it cannot stand in that file itself."""

LOG_LEVEL = f"{PREFIX}LOG_LEVEL"

_FILES = ("synonyms_file", "questions_file", "ranker")
ENCODING = "utf-8-sig"  # some editors begin a file with a mark of byte order


def _paths(value: object) -> object:
    if not isinstance(value, str):
        return value
    return tuple(Path(part) for part in value.split(os.pathsep) if part.strip())


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = [part for part in re.split(r"[\s,;]+", value) if part]
    if not all(re.fullmatch(r"-?\d{1,18}", part) for part in parts):
        raise ValueError("should be numeric ids, separated by commas")
    return frozenset(int(part) for part in parts)


Paths = Annotated[tuple[Path, ...], NoDecode, BeforeValidator(_paths)]
Ids = Annotated[frozenset[int], NoDecode, BeforeValidator(_ids)]


class Settings(BaseSettings):
    """The settings of one run; frozen, and handed on as arguments."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file_encoding=ENCODING,
        env_ignore_empty=True,
        extra="ignore",  # unknown names are refused by `load`, with the nearest known one
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Field(
        default=DATA,
        description="Folder of the index and of everything else that is kept between runs. Empty: `.data` in "
        "the clone that the program runs from; of an installed program `~/.local/share/trichdan`, on macOS "
        "`~/Library/Application Support/trichdan`.",
    )
    collection: str | None = Field(
        default=None,
        description="Where questions are answered from instead of the data directory: "
        "`milvus://HOST:PORT/NAME`, with TLS `milvus+tls://HOST:PORT/NAME`, in a database of its own "
        "`…/DATABASE/NAME`; or `milvus-lite:FILE.db/NAME` for small trials. `trichdan index push` "
        "brings the index there; needs `pip install 'trichdan[milvus]'`. Empty: the data directory.",
    )
    collection_token: SecretStr | None = Field(
        default=None,
        description="What opens it: `USER:PASSWORD`, or the key of a managed service. Keep it secret, and "
        "send it by TLS only. Empty: nothing.",
    )
    collection_ca: Path | None = Field(
        default=None,
        description="File of certificates (PEM) that the server's certificate is checked against, where an "
        "authority of your own signed it. Empty: those that come with gRPC.",
    )
    sources: Paths = Field(
        default=(),
        description="Files and folders to build the first index from, separated by `:` (on Windows `;`). "
        "Empty: the sample collection that comes with the program.",
    )
    text_column: str | None = Field(
        default=None,
        description="The column of tables that holds the text, where its name does not say so. Empty: none; "
        "a table without a known one is read by rows.",
    )
    synonyms_file: Path | None = Field(
        default=None,
        description="Your own synonyms, one group per line: `Kiev = Kyiv`. They add to those of the program "
        "and need no new index.",
    )
    encoder: str | None = Field(
        default=None,
        description="A sentence-transformers model, as a name of the Hugging Face hub or a folder. "
        "Empty: the bundled encoder, which needs no download.",
    )
    encoder_revision: str | None = Field(
        default=None,
        description="Commit of the model on the hub, so that it cannot change under the index.",
    )
    questions_file: Path | None = Field(
        default=None,
        description="Questions with known answers, as for `trichdan eval`, that every new index must answer "
        "before it goes live. Empty: none.",
    )
    questions_recall: float = Field(
        default=0.9,
        ge=0,
        le=1,
        description="Share of those questions, 0 to 1, whose right sentence must be among the first "
        "`TRICHDAN_TOP`.",
    )
    most_sentences: int = Field(
        default=2_000_000,
        ge=1,
        description="Most sentences a collection may have, so that none fills disk and memory "
        "unnoticed: a change that would bring more is refused, and the old index stays.",
    )
    exact_up_to: int = Field(
        default=100_000,
        ge=0,
        description="In a collection of more sentences vectors are first scanned by codes of two bits a "
        "value, and only the best of them compared in full: of the hundred nearest at most one is then "
        "another.",
    )
    fetch_private: bool = Field(
        default=False,
        description="Whether `trichdan index add URL` and `refresh` may also fetch from private networks, "
        "your own machine among them.",
    )
    threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Smallest probability, 0 to 1, at which a sentence is quoted as an answer. "
        "Empty: the value that came out of calibration.",
    )
    precision: float | None = Field(
        default=None,
        gt=0,
        lt=1,
        description="Instead of a threshold: how many of the answers are to be right, such as `0.7` for "
        "70 %. The threshold is the one that reached it on questions of which a third has no answer; over "
        "other documents it may give less, and docs/quality.md says how to measure.",
    )
    ranker: Path | None = Field(
        default=None,
        description="File of a ranker fitted to another encoder, made by `python -m training --only ranker`. "
        "Empty: the one that comes with the program.",
    )
    cross_encoder: str | None = Field(
        default=None,
        description="A sentence-transformers cross-encoder, as a name of the Hugging Face hub or a folder, "
        "that reads the first ten candidates again and orders them. Empty: none.",
    )
    reader: Literal["on", "off"] = Field(
        default="on",
        description="Whether the bundled reader reads ten candidates together with the question: "
        "`on`, or `off` for the smallest servers. A cross-encoder or a ranker of your own takes its place.",
    )
    top: int = Field(default=3, ge=1, le=50, description="Most quotes in one answer.")
    language: Literal["auto", "vi", "en"] = Field(
        default="auto",
        description="Language of what the program says itself: `vi`, `en`, or `auto`, the language of the "
        "question; of the system (`LANG`) where there is none. Quotes always stay as the document has them.",
    )
    telegram_token: SecretStr | None = Field(
        default=None,
        description="Token of the Telegram bot, from @BotFather. Keep it secret.",
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://[^\s/]+[^\s]*$",
        description="Bot API server: https, or http to a server of your own on this machine or a private "
        "network.",
    )
    telegram_proxy: SecretStr | None = Field(
        default=None,
        description="Proxy to reach Telegram by: `http://`, `https://`, `socks5://` or `socks4://`, with "
        "user and password where it wants them. Empty: what `HTTPS_PROXY` or `ALL_PROXY` names, if anything.",
    )
    access: Literal["listed", "open"] = Field(
        default="listed",
        description="Who may ask in Telegram: `listed`, the owners, users and groups named below; or "
        "`open`, everybody.",
    )
    owners: Ids = Field(
        default=frozenset(),
        description="Telegram ids of the owners, separated by commas; they may ask, and use the owners' "
        "commands.",
    )
    users: Ids = Field(default=frozenset(), description="Telegram ids of users who may ask.")
    groups: Ids = Field(
        default=frozenset(), description="Telegram ids of groups in which members may ask (negative numbers)."
    )
    questions_per_minute: int = Field(
        default=20, ge=1, le=600, description="How many questions one person may ask in Telegram in a minute."
    )
    unanswered_days: int = Field(
        default=90,
        ge=0,
        le=3650,
        description="For how many days questions without an answer are kept for the owner; 0 keeps none.",
    )
    unanswered_names: bool = Field(
        default=False, description="Whether name and Telegram id of the asker are kept with them."
    )
    telegram_webhook_url: str | None = Field(
        default=None,
        description="Public https address at which Telegram is to deliver messages, passed on by your proxy. "
        "Empty: the bot fetches them itself.",
    )
    telegram_webhook_secret: SecretStr | None = Field(
        default=None,
        description="Secret that Telegram sends along to the webhook: 32 to 256 characters of A-Z, a-z, 0-9, "
        "_ and -.",
    )
    telegram_webhook_listen: str = Field(
        default="127.0.0.1:8443",
        pattern=r"^[^\s:]+:\d{1,5}$",
        description="Address and port at which the bot takes what the proxy passes on.",
    )

    monitor_listen: str | None = Field(
        default=None,
        pattern=r"^[^\s:]+:\d{1,5}$",
        description="Address and port, such as `127.0.0.1:9464`, at which the bot tells whether it is "
        "healthy (`/healthz`), can answer (`/readyz`), and its figures (`/metrics`, for Prometheus). Empty: "
        "nowhere.",
    )

    log_level: Literal["debug", "info", "warning", "error"] | None = Field(
        default=None,
        description="From which level on the log on standard error is written: `debug`, `info`, `warning` or "
        "`error`. Empty: `info` for the bot, `warning` for the other commands.",
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="How an event is logged: `text`, or `json`, an object with `time`, `level`, `logger` and "
        "`message`; both on one line.",
    )

    _takes_sample: bool = PrivateAttr(default=True)

    def takes_sample(self) -> bool:
        """Tell whether a first index may be that of the sample: not where the command line names a folder."""
        return self._takes_sample

    def address(self) -> Address | None:
        """Return where the collection beyond this machine is, None where none is named.

        Raises:
            SettingsError: It cannot be used.
        """
        token = self.collection_token.get_secret_value() if self.collection_token else ""
        return Address.parse(self.collection, token, self.collection_ca) if self.collection else None

    def secrets(self) -> list[str]:
        """List the values that must never be written anywhere."""
        values = (getattr(self, name) for name in type(self).model_fields)
        found = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
        token = self.collection_token.get_secret_value() if self.collection_token else ""
        return [*found, *filter(None, [token.partition(":")[2]])]  # a password of its own is often short


def env_file() -> Path:
    """Return the file of settings: the one that is named, else the one that is found."""
    named = os.environ.get(ENV_FILE)
    return Path(named) if named else settings_file(clone())


def use_env_file(path: Path) -> None:
    """Read this file of settings from now on, in processes that are started here too.

    Raises:
        SettingsError: There is none.
    """
    if not path.is_file():
        raise SettingsError("The file of settings {name} does not exist; check the path.", name=path)
    os.environ[ENV_FILE] = str(path.absolute())


def use_log_level(name: Literal["debug", "error"]) -> None:
    """Log at this level from now on, in processes that are started here too."""
    os.environ[LOG_LEVEL] = name


def load(
    file: Path | None = None, *, data_dir: Path | None = None, text_column: str | None = None
) -> Settings:
    """Read the settings: arguments first, then the environment, then the file, then defaults.

    Paths in a file are relative to its folder.

    Raises:
        SettingsError: A variable with the prefix is unknown, or has a value that cannot be used. The sentence
            names the variable and never its value, which may be a secret.
    """
    file = file or env_file()
    # A pipe or a device would be read for ever; a folder called `.env` is somebody's virtual environment.
    if file.exists() and not file.is_file() and not (file.is_dir() and file.name == ".env"):
        raise SettingsError("The file of settings {name} is no file that can be read; check it.", name=file)
    _refuse_unknown(file)
    # Raised outside the `except`: the context of an error would carry the refused input along.
    try:
        settings = Settings(_env_file=file)
    except ValidationError as error:
        problem = _unusable(error.errors(include_input=False, include_url=False)[0])
    else:
        settings = _placed(settings, file)
        _require_paths(settings)
        if data_dir and data_dir.absolute() != settings.data_dir.absolute():
            settings = settings.model_copy(update={"data_dir": data_dir})
            settings._takes_sample = False
        return settings.model_copy(update={"text_column": text_column}) if text_column else settings
    raise problem


def _require_paths(settings: Settings) -> None:
    """Refuse what no path can be, and files that would be read for ever.

    Raises:
        SettingsError: A path holds NUL, or names a pipe, a device or a folder where a file has to be.
    """
    for field in type(settings).model_fields:
        value = getattr(settings, field)
        for path in value if isinstance(value, tuple) else (value,):
            if not isinstance(path, Path):
                continue
            if "\0" in str(path):
                raise SettingsError("{name} holds a NUL, as no path does; check it.", name=_variable(field))
            if field in _FILES and path.exists() and not path.is_file():
                raise SettingsError(
                    "{name} is {path}, which is no file that can be read; check it.",
                    name=_variable(field),
                    path=path,
                )


def _variable(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def _placed(settings: Settings, file: Path) -> Settings:
    """Return the settings with their folder of data, and with paths of the file that lead from its folder."""
    update: dict[str, Any] = {}
    if "data_dir" not in settings.model_fields_set:
        update["data_dir"] = data_folder(clone())
    if file.parent != Path():
        outside = {name.upper() for name in os.environ if os.environ[name]}
        for field in settings.model_fields_set - {name.removeprefix(PREFIX).lower() for name in outside}:
            value = getattr(settings, field)
            if isinstance(value, Path):
                update[field] = file.parent / value
            elif isinstance(value, tuple):
                update[field] = tuple(file.parent / path for path in value)
    return settings.model_copy(update=update) if update else settings


def names() -> tuple[str, ...]:
    """List every variable that is read, in the order of documentation."""
    return tuple(map(_variable, Settings.model_fields))


def descriptions() -> list[tuple[str, str]]:
    """List every variable with what it does."""
    return [
        (name, str(field.description))
        for name, field in zip(names(), Settings.model_fields.values(), strict=True)
    ]


def table() -> str:
    """Write the table of settings that docs/settings.md carries."""
    rows = ["| variable | default | what it does |", "| --- | --- | --- |"]
    for name, field in zip(names(), Settings.model_fields.values(), strict=True):
        default = "" if field.default in (None, (), frozenset(), DATA) else f"`{field.default}`"
        rows.append(f"| `{name}` | {default} | {field.description} |")
    return "\n".join(rows)


def _refuse_unknown(env_file: Path) -> None:
    known = (*names(), ENV_FILE)
    found: dict[str, Path | None] = dict.fromkeys(os.environ)
    found |= dict.fromkeys(_names_in(env_file), env_file)
    for name, place in sorted(found.items(), key=itemgetter(0)):
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            raise _unknown(name, place)


def _names_in(env_file: Path) -> list[str]:
    try:
        text = env_file.read_text(encoding=ENCODING)
    except (FileNotFoundError, IsADirectoryError):  # some keep a virtual environment in a folder `.env`
        return []
    except UnicodeDecodeError:
        problem = SettingsError("{name} is not UTF-8 text, so no setting can be read from it.", name=env_file)
    except OSError as error:
        problem = SettingsError("{name} cannot be read: {why}.", name=env_file, why=of_system(error))
    else:
        lines = list(parse_stream(io.StringIO(text)))
        for line in lines:
            if line.error:
                # The library would skip it, and a setting that was meant to apply would not.
                raise SettingsError(
                    "Line {number} of {name} is not NAME=value.", number=line.original.line, name=env_file
                )
        return [line.key for line in lines if line.key]
    raise problem


def _unknown(name: str, file: Path | None) -> SettingsError:
    # Without the prefix, which would make all of them look alike.
    known = [known.removeprefix(PREFIX) for known in names()]
    near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), known, n=1, cutoff=0.5)
    if file is None and near:
        return SettingsError(
            "{name} in the environment is not a setting of trichdan; did you mean {near}?",
            name=name,
            near=f"{PREFIX}{near[0]}",
        )
    if file is None:
        return SettingsError("{name} in the environment is not a setting of trichdan.", name=name)
    if near:
        return SettingsError(
            "{name} in {place} is not a setting of trichdan; did you mean {near}?",
            name=name,
            place=file,
            near=f"{PREFIX}{near[0]}",
        )
    return SettingsError("{name} in {place} is not a setting of trichdan.", name=name, place=file)


def _unusable(first: Mapping[str, Any]) -> SettingsError:
    field = str(first["loc"][0]) if first["loc"] else ""
    return SettingsError(
        "{name} has a value that cannot be used: it {why}.",
        name=_variable(field),
        why=refusal(first),
    )


def refusal(first: Mapping[str, Any]) -> Message:
    """Return why a value was refused, as the end of a sentence: it "should be …"."""
    limits = first.get("ctx", {})
    match first["type"]:
        case "less_than_equal":
            return Message("should be less than or equal to {limit:g}", limit=limits["le"])
        case "less_than":
            return Message("should be less than {limit:g}", limit=limits["lt"])
        case "greater_than_equal":
            return Message("should be greater than or equal to {limit:g}", limit=limits["ge"])
        case "greater_than":
            return Message("should be greater than {limit:g}", limit=limits["gt"])
        case "literal_error":
            one, _, other = limits["expected"].rpartition(" or ")
            return Message("should be {one} or {other}", one=one, other=other)
        case "int_parsing":
            return Message("should be a valid integer, unable to parse string as an integer")
        case "float_parsing":
            return Message("should be a valid number, unable to parse string as a number")
        case "bool_parsing":
            return Message("should be a valid boolean, unable to interpret input")
    message = first["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return Message(message[:1].lower() + message[1:])
