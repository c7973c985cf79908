"""Which language a text is in, told only where it is plain: by its letters, or by its commonest words."""

import re
from collections import Counter

# Letters that one language of a script has and its neighbours do not.
SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u03b1-\u03c9\u0391-\u03a9]")),
    ("arabic", re.compile("[\u0621-\u064a]")),
    ("cyrillic", re.compile("[\u0430-\u044f\u0410-\u042f]")),
)
OF_THE_SCRIPT = {
    "arabic": (("ur", "ٹڈڑے"), ("fa", "پچژگ"), ("ar", "ةىأإ")),
    "cyrillic": (("uk", "ієїґІЄЇҐ"), ("ru", "ыэъёЫЭЪЁ")),
}

# The commonest short words of each language, without those that two of them share in the same spelling.
WORDS = {
    "en": "the of and to that was were said from with by has been at which have they their this",
    "fr": "le les des et est une dans du pour qui sur par plus avec sont été aux cette ont selon",
    "de": "der die und das den von mit dem sich des ein nicht auf eine als nach bei wurden laut auch",
    "es": "el los las del y una que por con para según como su fue más pero este han entre sus",
    "it": "il di che è gli della nel sono una dei per non delle con alla anche dopo hanno secondo al",
    "pt": "os do da em não uma dos das no na ao foram mais pelo segundo são à pela também às",
    "tr": "ve bir bu için ile olarak olan göre sonra kadar daha çok ise gibi ancak de da en iki ya",
    "nl": "het een van en de dat zijn niet voor met op aan ook bij door werd maar volgens naar nog",
    "pl": "w i na z się że do nie jest przez oraz po od dla za jak co są ich był",
}
FEWEST_HITS = 8
LEAST_SHARE = 0.08
LEAST_LEAD = 2.0
_LETTERS = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 20_000


def guess_language(text: str) -> str | None:
    """
    The language of a text as its code (ISO 639-1), or None where it is not plain.

    >>> guess_language("Мінохорони повідомило, що їх було 12.")
    'uk'
    >>> guess_language("12 + 7") is None
    True
    """
    sample = text[:_LOOKED_AT]
    letters = sum(len(word) for word in _LETTERS.findall(sample))
    for language, pattern in SCRIPTS:
        if letters and len(pattern.findall(sample)) > letters * (0.2 if language in ("ja", "ko") else 0.5):
            return _of_script(language, sample)
    return _by_words(sample)


def _of_script(script: str, sample: str) -> str | None:
    languages = OF_THE_SCRIPT.get(script)
    if languages is None:
        return script
    return next((name for name, own in languages if any(letter in sample for letter in own)), None)


def _by_words(sample: str) -> str | None:
    words = Counter(word.lower() for word in _LETTERS.findall(sample))
    hits = sorted(((sum(words[word] for word in WORDS[name].split()), name) for name in WORDS), reverse=True)
    (first, language), (second, _) = hits[0], hits[1]
    is_plain = first >= FEWEST_HITS and first >= LEAST_SHARE * words.total() and first >= LEAST_LEAD * second
    return language if is_plain else None
