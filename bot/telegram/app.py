"""The bot's life: open, greet, fetch or listen, answer, and end within ten seconds of being told to."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

from bot.logs.logging_setup import LogFormat, install, log_loop_errors
from bot.logs.redaction import Redactor
from bot.system.process import Exit, be_modest
from bot.telegram.access import Access
from bot.telegram.collection.live import LiveGeneration, OpenGeneration
from bot.telegram.dispatch.dispatcher import Dispatcher
from bot.telegram.greeting import publish, say_hello, tell_of_damage
from bot.telegram.handlers.moving import follow_refusals
from bot.telegram.handlers.progress_message import end_left
from bot.telegram.jobs.job_runner import JobRunner
from bot.telegram.memory.alone import alone
from bot.telegram.memory.state import State
from bot.telegram.memory.unanswered import Unanswered
from bot.telegram.monitoring.monitor import Monitor
from bot.telegram.services import Services
from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.api import UPDATES, TelegramApi, connected
from bot.telegram.transport.polling import Conflict, Poller, TokenRefused
from bot.telegram.transport.retry import until_done, who_am_i
from bot.telegram.transport.sender import Sender
from bot.telegram.transport.webhook import Listener
from bot.telegram.updates.values import Me
from bot.telegram.upkeep import keep_up, monitored
from bot.telegram.workers import Workers
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from bot.texts.telegram import languages
from index.errors import TrichDanError
from index.sources.containment.children import be_unreadable

_LOG: Final = logging.getLogger(__name__)

_THREADS: Final = 4
_SWITCH_S: Final = 0.001
_MOST_WAITING: Final = 200
_GRACE_S: Final = 3.0


def run_bot(
    settings: TelegramSettings,
    open_generation: Callable[[], OpenGeneration],
    current: Callable[[], str | None],
    *,
    level: int = logging.INFO,
    log_format: LogFormat = "text",
    stream: TextIO | None = None,
    conflict_s: float = 35.0,
    reread: Callable[[], TelegramSettings] | None = None,
) -> int:
    """Run the bot until a signal ends it; return the exit code of the process.

    `open_generation` opens the current generation and raises a `TrichDanError`; `current` names it, cheaply.
    Logging of the whole process goes to `stream` (standard error), without the token. Another process that
    polls with the same token is put up with for `conflict_s`: after a restart the old poll may linger. SIGHUP
    and an owner's /reload read the settings again by `reread`.

    Raises:
        StoreBusy: Another bot runs on the same folder.
    """
    # The loop has to come to its turn in time while questions are computed; the default is 5 ms a thread.
    sys.setswitchinterval(_SWITCH_S)
    be_modest()
    be_unreadable()  # its environment and memory hold the token
    secrets = [settings.secret_token] + (
        [settings.webhook.secret.get_secret_value()] if settings.webhook else []
    )
    install(Redactor(*secrets), level, stream, log_format)
    with alone(settings.folder):
        live = LiveGeneration(open_generation, current)
        return int(asyncio.run(_Life(settings, live, conflict_s, reread).run()))


@dataclass(slots=True)
class _Life:
    settings: TelegramSettings
    live: LiveGeneration
    conflict_s: float
    reread: Callable[[], TelegramSettings] | None = None
    _ending: asyncio.Event = field(default_factory=asyncio.Event)
    _hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    _exit: Exit = Exit.DONE

    def end(self, code: Exit = Exit.DONE) -> None:
        """Start shutting down; the first reason counts."""
        if not self._ending.is_set():
            self._exit = code
            self._ending.set()

    async def run(self) -> Exit:
        loop = asyncio.get_running_loop()
        log_loop_errors(loop)
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.end)
        loop.add_signal_handler(signal.SIGHUP, self._hung_up.set)
        async with contextlib.AsyncExitStack() as stack:
            api = await stack.enter_async_context(connected(self.settings))
            workers = Workers(_THREADS, _MOST_WAITING)
            stack.callback(workers.close)
            loading = asyncio.create_task(self._load(workers))
            me = await self._unless_ending(self._who_am_i(api))
            await self._unless_ending(loading)
            if me is None or self._ending.is_set():
                return self._exit
            state = State(self.settings.folder / "state.sqlite")
            stack.callback(state.close)
            stack.callback(self.live.close)
            await self._serve(self._services(api, me, workers, state), api)
        return self._exit

    def _services(self, api: TelegramApi, me: Me, workers: Workers, state: State) -> Services:
        settings = self.settings
        sender = Sender(api, stop=lambda: self.end(Exit.MISUSE))
        log = Unanswered(
            settings.folder / "unanswered.jsonl", settings.unanswered_days, settings.unanswered_names
        )
        services = Services(
            settings, Access.of(settings), languages(), sender, state, log, self.live, workers, me
        )
        services.moved = state.guests.moved()
        services.renew_access()
        follow_refusals(services)
        services.reread = self.reread
        if settings.data_dir is not None:
            services.jobs = JobRunner(settings.data_dir, settings.folder)
        return services

    async def _serve(self, services: Services, api: TelegramApi) -> None:
        """Answer until shutdown begins; then end in order."""
        dispatcher = Dispatcher(services)
        say_hello(services)
        tell_of_damage(services)
        monitor = Monitor(self.live, services.sender.tally, lambda: services.workers.waiting)
        tasks = [
            asyncio.create_task(keep_up(services, monitor, self._hung_up)),
            asyncio.create_task(publish(api, services)),
            asyncio.create_task(end_left(services)),
        ]
        with monitored(monitor, self.settings):
            async with self._updates(api, services, dispatcher):
                await self._ending.wait()
                _LOG.info("ending")
        for task in tasks:
            task.cancel()
        if services.jobs is not None:
            await services.jobs.close(_GRACE_S)
        await dispatcher.close(_GRACE_S)
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _updates(
        self, api: TelegramApi, services: Services, dispatcher: Dispatcher
    ) -> AsyncIterator[None]:
        """Let updates arrive while the body runs: those left from the last time first."""
        arrivals = asyncio.create_task(self._arrive(api, services, dispatcher))
        try:
            yield
        finally:
            arrivals.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await arrivals

    async def _arrive(self, api: TelegramApi, services: Services, dispatcher: Dispatcher) -> None:
        try:
            for payload in services.state.inbox.waiting():
                await dispatcher.put(payload)
            if self.settings.webhook is None:
                await until_done(lambda: api.bot.delete_webhook(drop_pending_updates=False))
                await Poller(
                    api, services.state, dispatcher.put, self.conflict_s, services.sender.tally
                ).run()
            else:
                await self._listen(api, services, dispatcher)
        except TokenRefused:
            self._refused()
        except Conflict:
            _LOG.error("another process runs this bot; only one can, so this one ends")
            self.end(Exit.CONFLICT)
        except Exception:
            _LOG.exception("updates can no longer be fetched")
            self.end(Exit.FAULT)

    async def _listen(self, api: TelegramApi, services: Services, dispatcher: Dispatcher) -> None:
        """Take updates from the webhook; they are acknowledged once they are written down."""
        settings = self.settings.webhook
        assert settings is not None  # noqa: S101 - the caller has looked
        line: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=1000)

        async def hand_on(payload: dict[str, Any]) -> bool:
            if line.full():
                return False
            if services.state.inbox.arrived(payload["update_id"], payload):
                line.put_nowait(payload)
            return True

        listener = Listener(settings, hand_on)
        server = await listener.start()
        try:
            await until_done(
                lambda: api.bot.set_webhook(
                    settings.url,
                    secret_token=settings.secret.get_secret_value(),
                    allowed_updates=UPDATES,
                    drop_pending_updates=False,
                )
            )
            _LOG.info("listening on %s:%d", settings.host, settings.port)
            while True:
                await dispatcher.put(await line.get())
        finally:
            server.close()
            await listener.close()

    async def _load(self, workers: Workers) -> None:
        """Open the collection; without one the bot runs on and says so."""
        try:
            await workers.run(self.live.load)
        except TrichDanError as error:
            _LOG.error("%s", translate(error, ENGLISH))

    async def _who_am_i(self, api: TelegramApi) -> Me | None:
        """Ask who we are; None when the token is refused."""
        try:
            return await who_am_i(api)
        except TokenRefused:
            self._refused()
            return None

    def _refused(self) -> None:
        _LOG.error("Telegram does not accept the token; ask @BotFather for the present one")
        self.end(Exit.MISUSE)

    async def _unless_ending(self, work: Any) -> Any:  # noqa: ANN401 - passes the result through
        """Wait for something, but no longer than until shutdown begins."""
        task = asyncio.ensure_future(work)
        ending = asyncio.create_task(self._ending.wait())
        await asyncio.wait((task, ending), return_when=asyncio.FIRST_COMPLETED)
        ending.cancel()
        if task.done():
            return task.result()
        task.cancel()
        return None
