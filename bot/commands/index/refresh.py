"""`trichdan index refresh`."""

from functools import partial

from bot.commands.common import AsJson, DataDir, MisuseError, examples
from bot.commands.index.shared import Force, Verbose, addresses_of, change, texts_of

EXAMPLES = examples("trichdan index refresh", "trichdan index refresh --data-dir /srv/trichdan")


def refresh(
    force: Force = False, verbose: Verbose = False, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Ask the addresses that were added again, and take in what is new or has changed.

    What has not changed is not sent again. The document of a page that is gone for good (410) is removed;
    of one that is not found (404) it stays, and the page is named.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.fetch import refresh_all

    settings = load(data_dir=data_dir)
    addresses = addresses_of(settings)
    if not addresses.urls:
        raise MisuseError("No address was added to the index yet; `trichdan index add URL` adds one.")
    unchanged = texts_of(settings).nothing_new(len(addresses.urls))
    change(
        settings,
        Screen(),
        force,
        partial(refresh_all, addresses),
        unchanged,
        as_json=as_json,
        verbose=verbose,
    )
