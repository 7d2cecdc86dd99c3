#!/usr/bin/env python3
"""Counts what IATI activity files say, by another way than Mangrove's.

    independent_count.py FOLDER...   prints one JSON object

It shares no code and no library with the reader it checks: the whole file at once through xml.etree,
sets of tuples, nothing streamed. The registers' codes come from the data file that both read. Where the
standard leaves a choice, the choice is written down here in words, so that the two can be compared by
reading.
"""

import gzip
import json
import os
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree

# A reference or name that says there is none.
NO_IDENTITY = set(
    "n/a|na|n.a|n-a|none|no|null|nil|0|00|000|x|xx|xxx|xxxx|tbd|tbc|tba|unknown|undefined|anonymous"
    "|not known|not available|not applicable|not specified|unspecified|not provided|no ref"
    "|no reference|to be determined|to be confirmed|missing|#n/a|exempt".split("|")
)
ROLES = {"1": "funding", "2": "accountable", "3": "extending", "4": "implementing"}
TARGETS = [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]  # Of goals 1 to 17.
LETTERED = [2, 3, 4, 3, 3, 2, 2, 2, 3, 3, 3, 3, 2, 3, 3, 2, 0]  # Of these, by letters.


def catalogue():
    codes = set()
    for goal, (all_targets, lettered) in enumerate(zip(TARGETS, LETTERED), start=1):
        codes.add(str(goal))
        codes.update(f"{goal}.{n}" for n in range(1, all_targets - lettered + 1))
        codes.update(f"{goal}.{letter}" for letter in "abcd"[:lettered])
    assert len(codes) == 17 + 169
    return codes


CATALOGUE = catalogue()


def trimmed(text):
    return re.sub("[\x00-\x1f\x7f]", " ", (text or "").strip())


def says_nothing(text):
    bare = text.lower().strip("".join(chr(c) for c in range(128) if not chr(c).isalnum()))
    return len(text) <= 40 and (bare == "" and text.isascii() or bare in NO_IDENTITY)


def words(name):
    """A name as an identity: its letters and digits, without case and accents."""
    flat = unicodedata.normalize("NFKD", name.casefold())
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", flat))


def first_text(element):
    for narrative in element.findall("narrative"):
        if narrative.text and narrative.text.strip():
            return narrative.text.strip()
    return (element.text or "").strip()


def registers():
    """What codes of registers may be written as, with the one that each is read as, and the length of its numbers;
    and the numbers that stand for a whole sort of bodies. From the file that says so, taken apart by patterns."""
    path = os.path.join(os.path.dirname(__file__), "../../ontology/identity/registers.ttl")
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"^#.*", "", file.read(), flags=re.MULTILINE)
    codes, collective = {}, set()
    for block in re.split(r"\.\s*$", text, flags=re.MULTILINE):
        def values(name):
            written = re.search(rf"m:{name}((?:\s*,?\s*\"[^\"]*\")+)", block)
            return re.findall(r'"([^"]*)"', written.group(1)) if written else []

        length = re.search(r"m:length (\d+)", block)
        for code in values("list") + values("replaces"):
            if "m:Register" in block:
                read_as = code if code in values("list") else values("list")[0]
                codes[code] = (read_as, int(length.group(1)) if length else 0, "m:lower true" in block)
        if "m:CollectiveNumber" in block:
            collective.update(values("text"))
    return codes, collective


CODES, COLLECTIVE = registers()
CODE = re.compile(
    "(" + "|".join(re.sub("-", "[-:/.]", c) for c in sorted(CODES, key=len, reverse=True)) + ")[-:/._]+(?=[^-:/._])",
    re.IGNORECASE,
)


def reference_of(text):
    """A reference as everybody should have written it; nothing where it names a sort of bodies or nobody."""
    text = trimmed(text)
    bare = re.sub(r"[\s\u200b\ufeff]", "", text)
    found = CODE.match(bare)
    if not found:
        return None if text in COLLECTIVE or says_nothing(text) else text
    code, length, lower = CODES[re.sub("[:/.]", "-", found.group(1).upper())]
    number = bare[found.end() :]
    while (again := CODE.match(number)) and CODES[re.sub("[:/.]", "-", again.group(1).upper())][0] == code:
        number = number[again.end() :]
    number = number.lower() if lower else number.upper()
    if length and re.fullmatch("[-./0-9]+", number):
        number = re.sub("[-./]", "", number)
    if length and re.fullmatch("[A-Z]{0,2}[0-9]+", number):
        letters = re.match("[A-Z]*", number).group()
        number = letters + number[len(letters) :].zfill(length - len(letters))
    return None if (code == "XM-DAC" and number in COLLECTIVE) or says_nothing(number) else f"{code}-{number}"


def actor(element):
    """(reference, None), (None, name) or nothing."""
    reference = trimmed(element.get("ref")) and reference_of(element.get("ref"))
    if reference:
        return (reference, None)
    name = first_text(element)
    if says_nothing(name) or not words(name):
        return None
    return (None, words(name))


def role(element):
    written = (element.get("role") or "").strip()
    if written in ROLES:
        return ROLES[written]
    return written.lower() if written.lower() in (*ROLES.values(), "reporting") else "partner"


def sdg(code):
    """The goal or target that a code means, or nothing."""
    code = trimmed(code).lower()
    code = re.sub(r"^(sdgs?|goal|target|indicator)[^0-9a-z]*", "", code)
    match = re.match(r"^0*([1-9][0-9]?)(?:\.0*([1-9][0-9]?|[a-d])(?:\.[0-9]+)?)?(?=$|\.$|[ :])", code)
    if not match:
        return None
    code = match.group(1) + ("." + match.group(2) if match.group(2) else "")
    return code if code in CATALOGUE else None


def sdg_links(activity):
    for tag in activity.findall("tag"):
        if (tag.get("vocabulary") or "").strip() in ("2", "3"):
            yield sdg(tag.get("code"))
    for sector in activity.iter("sector"):
        if (sector.get("vocabulary") or "").strip() in ("7", "8", "9"):
            yield sdg(sector.get("code"))
    for reference in activity.iterfind("result/indicator/reference"):
        if reference.get("vocabulary") == "9":
            yield sdg(reference.get("code"))


def statements(activity):
    """What one activity says, as sets."""
    roles, references = set(), set()
    participants = [(e, "reporting") for e in activity.findall("reporting-org")[:1]]
    participants += [(e, role(e)) for e in activity.findall("participating-org")]
    for element, word in participants:
        who = actor(element)
        if who:
            roles.add((who, word))
            references.add(who)
    for path in ("transaction/provider-org", "transaction/receiver-org"):
        references.update(filter(None, map(actor, activity.iterfind(path))))
    codes = set(filter(None, sdg_links(activity)))
    return {
        "roles": roles,
        "references": {reference for reference, _ in references if reference},
        "sdg": codes,
        "participants": len(activity.findall("participating-org")),
    }


def files(folders):
    for folder in folders:
        found = []
        for path, _, names in os.walk(folder):
            found += [os.path.join(path, name) for name in names]
        yield from sorted(found, key=lambda path: path.split("/"))


def activities(folders):
    for path in files(folders):
        with (gzip.open if path.endswith(".gz") else open)(path, "rb") as file:
            data = file.read()
        try:
            root = ElementTree.fromstring(data)
        except ElementTree.ParseError:
            continue
        yield from root.iter("iati-activity")


def count(folders):
    records, total, participants, unnamed = {}, 0, 0, 0
    for activity in activities(folders):
        element = activity.find("iati-identifier")
        identifier = trimmed(first_text(element)) if element is not None else ""
        if not identifier:
            unnamed += 1
            continue
        total += 1
        said = statements(activity)
        participants += said["participants"]
        publisher = activity.find("reporting-org")
        key = (identifier, actor(publisher) if publisher is not None else None)
        moment = activity.get("last-updated-datetime") or ""
        if key in records and moment and records[key][0] > moment:
            continue  # Both dated, and this one is older.
        records[key] = (moment, said)
    links = {(key[0], code) for key, (_, said) in records.items() for code in said["sdg"]}
    return {
        "activities": total,
        "without_identifier": unnamed,
        "participating_org": participants,
        "initiatives": len({identifier for identifier, _ in records}),
        "actors_with_reference": len(set().union(*(s["references"] for _, s in records.values()))),
        "roles": len({(key[0], r) for key, (_, said) in records.items() for r in said["roles"]}),
        "sdg_links": len(links),
        "sdg_targets": len({code for _, code in links if "." in code}),
        "initiatives_with_sdg": len({identifier for identifier, _ in links}),
        "initiatives_with_8_7": len({identifier for identifier, code in links if code == "8.7"}),
    }


if __name__ == "__main__":
    print(json.dumps(count(sys.argv[1:]), indent=1))
