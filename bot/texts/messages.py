"""What the program says, in the language of the person who is told."""

from bot.texts.catalogue import catalogue
from bot.texts.formats import formats_of
from index.errors import Message, TrichDanError, Value


def translate(said: TrichDanError | Message, language: str) -> str:
    """Return a message in a language of the bot; one that its catalogue lacks stays as it is."""
    message = said.message if isinstance(said, TrichDanError) else said
    known, formats = catalogue(language), formats_of(language)

    def write(value: Value, form: str) -> str:
        if isinstance(value, Message):
            return translate(value, language)
        return formats.written(value, form) if form and not isinstance(value, str) else str(value)

    return message.fill(known.get(message.template, message.template), write)
