"""Who may ask, and what everybody else is told. Pure."""

from dataclasses import dataclass

from bot.telegram.telegram_settings import TelegramSettings
from bot.texts.telegram import TelegramTexts


@dataclass(frozen=True, slots=True)
class Access:
    """The allow-list; an empty one lets nobody in. `guests` are those whom the owners let in by a button."""

    open: bool
    owners: frozenset[int]
    allowed: frozenset[int]
    guests: frozenset[int] = frozenset()

    @classmethod
    def of(cls, settings: TelegramSettings) -> "Access":
        """Take the lists from the settings."""
        return cls(settings.open_access, settings.owners, settings.allowed)

    def owner(self, person: int) -> bool:
        """Tell whether a person may give the owner's commands."""
        return person in self.owners

    def may_ask(self, person: int, chat: int | None = None) -> bool:
        """Tell whether a person may ask in a chat; None for inline, which has none."""
        # Someone who writes on behalf of a chat has its number, below 0: then the chat they write in counts.
        let_in = self.allowed | self.guests
        return self.open or (person > 0 and person in self.owners | let_in) or chat in let_in

    def refusal(self, texts: TelegramTexts, person: int, chat: int) -> str:
        """Return what somebody who may not ask is told: their number, and who can let them in."""
        if chat < 0:  # what makes somebody the owner is for nobody else's eyes, nor to be copied by them
            return texts.not_allowed_group.format(chat=chat)
        text = texts.not_allowed if self.owners else texts.no_owner
        return text.format(user=person)
