"""
Arabic words of official bulletins: what happened, who, how long, how surely.

Gathered from the usage of ministries of health and civil defence bodies; spelt as `folded` (bulletins.py) spells
them: without vowel marks and lengthening, alef and yeh in their plain forms.
"""

from db.vocabulary import Qualifier
from sources.extract.english import listed

OUTCOMES: dict[str, str] = {
    **dict.fromkeys(
        listed(
            "شهيد شهيدا شهيده شهداء شهيدات قتيل قتيلا قتلي قتيله وفاه وفيات متوفي متوفين جثه جثث جثمان جثامين انتشال"
            " استشهاد مقتل استشهد استشهدوا استشهدت ارتقي ارتقوا قتل قتلوا قتلت توفي توفوا مصرع لقوا"
        ),
        "killed",
    ),
    **dict.fromkeys(
        listed(
            "جريح جريحا جرحي جريحه مصاب مصابا مصابين مصابون مصابه اصابه اصابات الاصابات اصيب اصيبوا اصيبت جرح جرحوا"
        ),
        "injured",
    ),
    **dict.fromkeys(listed("مفقود مفقودا مفقودين مفقودون فقدان فقد"), "missing"),
    **dict.fromkeys(listed("نازح نازحا نازحين نازحون نزوح مهجر مهجرين"), "displaced"),
    **dict.fromkeys(listed("معتقل معتقلا معتقلين اعتقال اعتقلت"), "detained"),
    **dict.fromkeys(listed("اسير اسيرا اسري رهينه رهائن محتجز محتجزين"), "held"),
    **dict.fromkeys(listed("ضحيه ضحايا"), "casualties"),
}
"""Nouns and verbs by the outcome that they tell."""

TWO: dict[str, str] = {
    **dict.fromkeys(listed("شهيدان شهيدين شهيدتان شهيدتين قتيلان قتيلين"), "killed"),
    **dict.fromkeys(listed("جريحان جريحين مصابان اصابتان اصابتين"), "injured"),
    **dict.fromkeys(listed("مفقودان"), "missing"),
}
"""Duals, which count two by themselves."""

BODIES = frozenset(listed("انتشال جثه جثث جثمان جثامين"))
"""Words by which bodies were counted."""

WHO: dict[str, dict[str, str]] = {
    **{word: {"age": "child"} for word in listed("طفل طفلا اطفال رضيع رضع")},
    **{word: {"age": "adult", "sex": "female"} for word in listed("امراه نساء سيده سيدات")},
    **{word: {"age": "elderly"} for word in listed("مسن مسنا مسنين مسنون")},
    **{word: {"status": "journalist"} for word in listed("صحفي صحفيا صحفيين صحفيون صحافي صحافيا صحافيين")},
    **{word: {"status": "health_worker"} for word in listed("مسعف مسعفا مسعفين طبيب طبيبا اطباء ممرض ممرضا")},
    **{word: {"status": "soldier"} for word in listed("جندي جنديا جنود عسكري عسكريا عسكريين")},
    **{word: {"status": "civilian"} for word in listed("مدني مدنيا مدنيين مدنيون")},
}
"""Nouns that say who is counted."""

PEOPLE = frozenset(listed("شخص شخصا اشخاص مواطن مواطنا مواطنين مواطنون اخرين اخرون اخر حاله حالات جديد جدد جديده"))
"""Words that may stand between a number and what it counts, or after it."""

THINGS = frozenset(
    listed(
        "ساعه ساعات يوم يوما ايام اسبوع اسابيع شهر شهرا اشهر عام عاما سنه سنوات دقيقه دقائق منزل منزلا منازل صاروخ"
        " صواريخ غاره غارات قذيفه قذائف مستشفي مستشفيات مركبه سياره سيارات دولار دولارا مليون طن كيلومتر كيلومترا"
        " متر مترا مدرسه مدارس مسجد مساجد شاحنه شاحنات مره مرات مجزره مجازر عائله عائلات"
    )
)
"""Nouns after which a number counts no people."""

PARTS = frozenset(listed("منهم بينهم منها بينها"))
"""Words before a number that make it a part of the count before it."""

AND = "و"
MINISTRY = "وزاره الصحه"
SINCE = "منذ"
WITHIN = "خلال"
HOURS = frozenset({"ساعه", "ساعات"})
RUNNING = frozenset(listed("اجمالي تراكمي حصيله مجموع"))
"""Words of a running total."""

BEFORE: dict[tuple[str, ...], Qualifier] = {
    ("ما", "لا", "يقل", "عن"): "at_least",
    ("لا", "يقل", "عن"): "at_least",
    ("اكثر", "من"): "more_than",
    ("ما", "يزيد", "عن"): "more_than",
    ("ما", "يزيد", "علي"): "more_than",
    ("اقل", "من"): "less_than",
    ("ما", "يقارب"): "approximately",
    ("نحو",): "approximately",
    ("حوالي",): "approximately",
    ("قرابه",): "nearly",
}
"""Hedges before a number, the longest first."""

AFTER: dict[tuple[str, ...], Qualifier] = {("علي", "الاقل"): "at_least", ("او", "اكثر"): "at_least"}
"""Hedges after a number."""

VAGUE = {"عشرات": 24, "مئات": 200, "الاف": 2_000}
"""Vague words with their low bounds, as for dozens, hundreds, thousands."""

MONTHS: dict[str, int] = {
    name.replace("_", " "): number
    for number, names in enumerate(
        (
            "يناير كانون_الثاني", "فبراير شباط", "مارس اذار", "ابريل نيسان", "مايو ايار", "يونيو حزيران",
            "يوليو تموز", "اغسطس اب", "سبتمبر ايلول", "اكتوبر تشرين_الاول", "نوفمبر تشرين_الثاني",
            "ديسمبر كانون_الاول",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Months by their two sets of names."""
