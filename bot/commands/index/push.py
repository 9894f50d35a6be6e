"""`trichdan index push`."""

from bot.commands.common import DataDir, MisuseError, examples
from bot.commands.index.shared import texts_of

EXAMPLES = examples("trichdan index push")


def push(data_dir: DataDir = None) -> None:
    """Bring the index into the collection of TRICHDAN_COLLECTION, and answer from there.

    What is there already is passed over, so a push that was ended goes on. At the end every row is compared.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.remote.milvus import Milvus
    from index.remote.pushing import push as push_generation
    from index.store import Store

    settings, screen = load(data_dir=data_dir), Screen()
    address = settings.address()
    if address is None:
        raise MisuseError("TRICHDAN_COLLECTION says of no collection where to push; set it.")
    milvus = Milvus.connect(address)
    texts = texts_of(settings)
    try:
        with Store(settings.data_dir).current(spare=True) as generation, screen.progress(texts) as progress:
            pushed = push_generation(generation, milvus, progress)
    finally:
        milvus.close()
    screen.write(f"{generation.name}: {texts.pushed(pushed.sentences, pushed.digest)}\n")
