"""Claims written by hand on the series and cases of world.py, each with the verdict that the rules give."""

# text, verdict, the day it was made (or None), the event asked for (or None)
HANDWRITTEN: tuple[tuple[str, str, str | None, str | None], ...] = (
    # supported
    ("The Gaza Ministry of Health reported 9,770 killed in Gaza by 5 November 2023.", "supported", None, None),
    ("Gaza's health ministry put the death toll at 34,844 on 8 May 2024.", "supported", None, None),
    ("Exactly 34,844 Palestinians had been killed in the Gaza Strip as of 8 May 2024.", "supported", None, None),
    ("By 8 May 2024 nearly 35,000 Palestinians had been killed in Gaza.", "supported", None, None),
    ("By 8 May 2024 about 34,800 people had been killed in Gaza.", "supported", None, None),
    ("Roughly 35,000 people had been killed in Gaza as of 8 May 2024.", "supported", None, None),
    ("78,404 people had been injured in Gaza as of 8 May 2024.", "supported", None, None),
    ("UK Ministry of Defence: 184,045 casualties among Russian soldiers as of 31 May 2023", "premature", None, None),
    ("471 people were killed in the blast at al-Ahli hospital, Gaza's health ministry said.", "supported", None, None),
    ("Around 1,200 Israelis were killed in Israel on 7 October 2023.", "supported", None, None),
    ("Hurricane Maria killed 64 people in Puerto Rico.", "not_recorded", None, None),
    (
        "Mariupol City Council said about 300 people were killed.",
        "supported",
        None,
        THEATRE := "Bombing of the Mariupol theatre",
    ),
    ("109 American soldiers were injured in the attack on Al-Asad air base.", "supported", None, None),
    # disputed
    ("471 people were killed in the blast at al-Ahli hospital.", "disputed", None, None),
    ("About 600 people were killed in the bombing of the Mariupol theatre.", "disputed", None, THEATRE),
    # superseded
    ("More than 1,400 Israelis were killed in Israel on 7 October 2023.", "superseded", None, None),
    ("9,770 people had been killed in Gaza by 8 May 2024.", "superseded", None, None),
    ("34 American soldiers were injured in the attack on Al-Asad air base.", "superseded", None, None),
    (
        "The US Department of Defense said no American soldiers were injured in the attack on Al-Asad air base.",
        "superseded",
        None,
        None,
    ),
    ("48 hostages are still held in Gaza, the Government of Israel said.", "superseded", None, None),
    ("More than 34,500 Palestinians had been killed in Gaza by 8 May 2024.", "superseded", None, None),
    ("At least 1,000 people had been killed in Gaza as of 8 May 2024.", "superseded", None, None),
    ("Dozens of people had been killed in Gaza by 8 May 2024.", "consistent", None, None),
    # premature
    ("34,844 people had been killed in Gaza by 17 April 2024.", "premature", None, None),
    (
        "By 1 January 2024, 34,844 Palestinians had been killed in Gaza, the Gaza Ministry of Health said.",
        "premature",
        None,
        None,
    ),
    ("109 American soldiers were injured in the attack on Al-Asad air base.", "premature", "2020-01-25", None),
    # misattributed
    (
        "34,844 people had been killed in Gaza by 8 May 2024, The Fictional Ledger reported.",
        "misattributed",
        None,
        None,
    ),
    ("The Fictional Ledger said 471 people were killed in the blast at al-Ahli hospital.", "misattributed", None, None),
    # consistent
    ("More than 34,000 Palestinians had been killed in Gaza by 8 May 2024.", "consistent", None, None),
    ("Over 30,000 people had been killed in Gaza as of 8 May 2024.", "consistent", None, None),
    ("Tens of thousands of people had been killed in Gaza by 8 May 2024.", "consistent", None, None),
    ("Hundreds of people had been killed in Lebanon by 20 August 2024.", "consistent", None, None),
    ("Hurricane Maria caused 2,800 excess deaths in Puerto Rico.", "consistent", None, None),
    # conflated
    ("34,844 people had been injured in Gaza by 8 May 2024.", "conflated", None, None),
    ("78,404 people had been killed in Gaza by 8 May 2024.", "conflated", None, None),
    ("34,844 children had been killed in Gaza by 8 May 2024.", "conflated", None, None),
    ("34,844 people had been killed in the West Bank by 8 May 2024.", "conflated", None, None),
    ("34,844 Israelis had been killed in the Gaza Strip by 8 May 2024.", "conflated", None, None),
    ("In the past 24 hours, 34,844 people were killed in the Gaza Strip.", "conflated", "2024-05-08", None),
    ("184,045 Russian soldiers have been killed.", "conflated", None, None),
    ("3,958 people were killed in the Derna floods.", "conflated", None, None),
    # contradicted
    ("52,111 people had been killed in Gaza by 8 May 2024.", "contradicted", None, None),
    ("Only 12,345 people had been killed in Gaza by 8 May 2024.", "contradicted", None, None),
    ("Fewer than 10,000 Palestinians had been killed in Gaza as of 8 May 2024.", "contradicted", None, None),
    ("At most 100 people had been killed in Lebanon as of 4 December 2024.", "contradicted", None, None),
    ("More than 50,000 Palestinians had been killed in Gaza by 8 May 2024.", "contradicted", None, None),
    ("40,123 children had been killed in Gaza by 8 May 2024.", "contradicted", None, None),
    ("Thousands of people were killed in the blast at al-Ahli hospital.", "contradicted", None, None),
    ("Up to 3,000 people had been injured in Gaza as of 8 May 2024.", "contradicted", None, None),
    ("Hundreds of thousands of Palestinians had been killed in Gaza by 8 May 2024.", "contradicted", None, None),
    # retracted
    ("100,000 Ukrainian soldiers had been killed, the European Commission said.", "retracted", None, None),
    ("11,300 people were killed in the Derna floods.", "retracted", None, None),
    ("The Libyan Red Crescent said 11,300 people were killed in Derna.", "retracted", None, None),
    # not recorded
    ("3,100 people were killed in an earthquake in Nepal.", "not_recorded", None, None),
    ("Five aid workers were killed in Mali.", "not_recorded", None, None),
    ("At least 17 people were killed in a bus crash in Peru.", "not_recorded", None, None),
    ("OCHA said 1,234 people had been displaced in Sudan by 1 May 2024.", "not_recorded", None, None),
    ("512 journalists have been detained in the West Bank.", "not_recorded", None, None),
    ("8,123 Russian soldiers were captured by 1 May 2024.", "not_recorded", None, None),
    ("The Fictional Ledger said 22,222 people had been killed in Gaza by 8 May 2024.", "not_recorded", None, None),
)
