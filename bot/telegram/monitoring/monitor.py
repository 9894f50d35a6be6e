"""Health and figures over HTTP, in a separate thread, so that a hanging loop is reported.

/healthz says whether the process is alive: its event loop comes to its turn. /readyz says whether a question
can be answered: the index is open, and finds a sentence of its own again. /metrics has the figures, for
Prometheus; the only module that imports its library.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot.telegram.collection.live import LiveGeneration
from bot.telegram.monitoring.crowded_server import CrowdedServer
from bot.telegram.monitoring.tally import BOUNDS_S, Tally
from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from index.errors import SettingsError, TrichDanError, of_system

if TYPE_CHECKING:
    from prometheus_client import Metric

_LOG: Final = logging.getLogger(__name__)
_LONGEST_SILENCE_S: Final = 30.0
_ASKED_EVERY_S: Final = 10.0
_LONGEST_QUESTION: Final = 200


@dataclass(slots=True, eq=False)
class Monitor:
    """What is reported about a running bot.

    Attributes:
        live: The collection.
        tally: What was counted.
        waiting: How many questions wait for a thread, and updates for their turn.
        clock: Seconds that never run backwards.
    """

    live: LiveGeneration
    tally: Tally
    waiting: Callable[[], int]
    clock: Callable[[], float] = time.monotonic
    _beaten: float = field(init=False)
    _asked: tuple[float, str | None] = (float("-inf"), None)
    _opened: tuple[str, float] = ("", 0.0)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._beaten = self.clock()

    def beat(self) -> None:
        """Note that the event loop came to its turn."""
        self._beaten = self.clock()

    def health(self) -> str | None:
        """Return what is wrong with the process, None where nothing is."""
        silence = self.clock() - self._beaten
        return f"the event loop is silent for {silence:.0f} s" if silence > _LONGEST_SILENCE_S else None

    def readiness(self) -> str | None:
        """Return why no question can be answered; None where the collection finds a sentence of its own."""
        with self._lock:
            at, told = self._asked
            if self.clock() - at > _ASKED_EVERY_S:
                told = self.health() or self._ask()
                self._asked = (self.clock(), told)
            return told

    def _ask(self) -> str | None:
        try:
            with self.live.reading() as live:
                if not live.generation.sentences:
                    return "the collection is empty"
                sentence = live.generation.sentence(0).text[:_LONGEST_QUESTION]
                answer = live.answerer.answer(sentence, top=1, related=1)
        except TrichDanError as error:
            return translate(error, ENGLISH)
        except Exception as error:
            _LOG.exception("asking ourselves failed")
            return type(error).__name__
        return None if answer.quotes or answer.related else "a sentence of the collection is not found"

    def collect(self) -> "Iterator[Metric]":
        """Yield the figures, as the Prometheus library wants them."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

        questions = CounterMetricFamily("trichdan_questions", "By how they ended", labels=["outcome"])
        for outcome, count in dict(self.tally.questions).items():
            questions.add_metric([outcome], count)
        faults = CounterMetricFamily("trichdan_telegram_errors", "Calls that failed", labels=["kind"])
        for kind, count in dict(self.tally.faults).items():
            faults.add_metric([kind], count)
        stages = HistogramMetricFamily("trichdan_stage_seconds", "Of a question", labels=["stage"])
        for stage, durations in self.tally.stages.items():
            below = list(accumulate(durations.counts))
            bounds = [*map(str, BOUNDS_S), "+Inf"]
            stages.add_metric([stage], list(zip(bounds, map(float, below), strict=True)), durations.total_s)
        yield from (questions, faults, stages)
        yield GaugeMetricFamily("trichdan_queue", "Questions that wait for their turn", self.waiting())
        yield from self._collection()

    def _collection(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        if not self.live.loaded:
            return
        with self.live.reading() as live:
            generation = live.generation
            name, documents, sentences = generation.name, generation.documents, generation.sentences
        if self._opened[0] != name:
            self._opened = (name, time.time())
        info = GaugeMetricFamily("trichdan_generation_info", "What answers", labels=["generation"])
        info.add_metric([name], 1)
        yield info
        age = time.time() - self._opened[1]
        yield GaugeMetricFamily("trichdan_generation_age_seconds", "Since it answers", age)
        yield GaugeMetricFamily("trichdan_documents", "Documents of the collection", documents)
        yield GaugeMetricFamily("trichdan_sentences", "Sentences of the collection", sentences)


def serve(monitor: Monitor, host: str, port: int) -> Callable[[], None]:
    """Serve at an address; return what ends it.

    Raises:
        SettingsError: The address cannot be listened on.
    """
    from prometheus_client import (
        CONTENT_TYPE_LATEST,
        CollectorRegistry,
        GCCollector,
        ProcessCollector,
        generate_latest,
    )

    registry = CollectorRegistry()
    registry.register(monitor)
    ProcessCollector(registry=registry)
    GCCollector(registry=registry)

    class HealthRequest(BaseHTTPRequestHandler):
        """One request."""

        timeout = 10

        def do_GET(self) -> None:
            """Answer it."""
            if self.path == "/metrics":
                self._answer(HTTPStatus.OK, generate_latest(registry), CONTENT_TYPE_LATEST)
                return
            asked = {"/healthz": monitor.health, "/readyz": monitor.readiness}.get(self.path)
            if asked is None:
                self._answer(HTTPStatus.NOT_FOUND, b"not found\n")
                return
            wrong = asked()
            status = HTTPStatus.SERVICE_UNAVAILABLE if wrong else HTTPStatus.OK
            self._answer(status, f"{wrong or 'ok'}\n".encode())

        def _answer(self, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Keep the log for what happens to the bot."""

    try:
        server = CrowdedServer((host, port), HealthRequest)
    except OSError as error:
        problem = SettingsError(
            "TRICHDAN_MONITOR_LISTEN={name} cannot be listened on ({why}).",
            name=f"{host}:{port}",
            why=of_system(error),
        )
    else:
        threading.Thread(target=server.serve_forever, name="monitor", daemon=True).start()

        def end() -> None:
            server.shutdown()
            server.server_close()

        return end
    raise problem
