# The bot with the light installation: two layers on Python's own image, as a user without rights. All that it writes
# is below /data, so that the rest may be read-only. amd64 and arm64.
FROM python:3.13-slim-bookworm AS built
WORKDIR /src
RUN python -m venv /opt/trichdan
COPY requirements-light.txt ./
RUN /opt/trichdan/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements-light.txt
COPY . .
RUN /opt/trichdan/bin/pip install --no-cache-dir --no-compile --no-deps .

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /data trichdan \
    && install -d -o trichdan -g trichdan -m 0700 /data
COPY --from=built /opt/trichdan /opt/trichdan
ENV PATH=/opt/trichdan/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    TRICHDAN_DATA_DIR=/data \
    TRICHDAN_MONITOR_LISTEN=127.0.0.1:9464
USER 10001:10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=120s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9464/healthz', timeout=5)"]
ENTRYPOINT ["trichdan"]
CMD ["bot"]
