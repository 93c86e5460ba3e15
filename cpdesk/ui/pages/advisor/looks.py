"""How recommendations look: never by colour alone."""

from cpdesk.domain.advice import Recommendation
from cpdesk.ui.widgets.chips import ChipLook, Mark, Tone

_LOOKS = {
    Recommendation.USAGE: (Tone.USAGE, Mark.ROUND),
    Recommendation.PURCHASE: (Tone.PURCHASE, Mark.SQUARE),
    Recommendation.EITHER: (Tone.SOFT, Mark.NONE),
    Recommendation.TOO_SHORT: (Tone.SOFT, Mark.CLOCK),
    Recommendation.UNPRICED: (Tone.PENDING, Mark.CROSS),
}


def recommendation_look(recommended: Recommendation, text: str) -> ChipLook:
    """The chip of a recommendation, with what it says."""
    return ChipLook(text, *_LOOKS[recommended])
