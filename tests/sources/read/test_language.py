import pytest

from sources.read.language import guess_language

SENTENCES = {
    "en": "The ministry said that twelve people were killed and that the search of the hall has ended. "
    "It was the third fire which they have had this year, and the city was told by the mayor.",
    "fr": "Le ministère a annoncé que les douze victimes ont été retrouvées dans la halle, selon le maire. "
    "Plus de trente blessés sont à l'hôpital avec des brûlures, une enquête est ouverte par le parquet pour la ville.",
    "de": "Nach Angaben des Ministeriums wurden zwölf Menschen getötet, und die Suche ist auch nicht beendet. "
    "Der Brand war laut dem Bürgermeister der dritte, den sich die Stadt von einem Jahr merkt, mit vielen Verletzten.",
    "es": "El ministerio dijo que por el incendio murieron doce personas y más de treinta fueron heridas, según el "
    "alcalde de la ciudad. Los bomberos han trabajado con las brigadas del puerto, pero la búsqueda es una de las "
    "más largas. El hospital está lleno, como su director dijo.",
    "ar": "أعلنت وزارة الصحة مقتل اثني عشر شخصًا إلى الآن",
    "fa": "وزارت بهداشت گفت دوازده تن کشته شدند",
    "he": "משרד הבריאות הודיע כי שנים עשר בני אדם נהרגו",
    "ru": "Министерство сообщило, что погибли двенадцать человек, были и раненые",
    "uk": "Міністерство повідомило, що загинули дванадцять осіб",
    "el": "Το υπουργείο ανακοίνωσε δώδεκα νεκρούς",
    "zh": "卫生部表示已有十二人死亡",
    "ja": "保健省は十二人が死亡したと発表した",
    "ko": "보건부는 열두 명이 숨졌다고 밝혔다",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_plain_case_is_told(language: str) -> None:
    assert guess_language(SENTENCES[language]) == language


@pytest.mark.parametrize("text", ["", "12 + 7", "Twelve dead", "ok ok ok ok ok ok ok ok ok ok", "Зима нова", "بيت"])
def test_what_is_not_plain_is_left_open(text: str) -> None:
    assert guess_language(text) is None


def test_a_text_in_two_languages_is_left_open() -> None:
    assert guess_language(SENTENCES["en"] + SENTENCES["fr"] + SENTENCES["es"]) is None
