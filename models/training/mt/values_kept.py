"""Whether values survive translation: `python values_kept.py --tolkebot BIN [--sentences 1000] [--model DIR]`.

Sentences whose point is a value, in both directions: phone numbers, CPR-like numbers, dates, times, amounts, e-mails, postal
codes with towns, street addresses, names of people. A value counts as kept if the translation has it exactly: digits
digit by digit, together and nothing more beside them, e-mails and Danish names as they were, towns as they were or by their
Ukrainian name, Ukrainian names by the romanisation of 2010 (from Danish: as they were, or spelled so that it gives them
again), months by their name.
"""
import argparse
import csv
import random
import re
import subprocess
from pathlib import Path

TABLES = Path(__file__).resolve().parents[3] / "crates/values/data"


def table(name):
    with open(TABLES / name, encoding="utf-8") as rows:
        return list(csv.DictReader(rows, delimiter="\t"))


ROMAN = {row["uk_lower"]: row for row in table("romanisation_uk.tsv")}
MONTHS = table("months.tsv")
GIVEN_UK = [row["name"] for row in table("given_names_uk.tsv")]
SURNAMES_UK = [row["name"] for row in table("surnames_uk.tsv")]
NAMES_DA = table("names_da.tsv")
STREETS = [row["street"] for row in table("streets_aarhus.tsv")]
TOWNS = [(row["postal_code"], row["district"]) for row in table("postal_codes_dk.tsv") if row["status"] == "current"]


def ukrainian_stems():
    """What the Ukrainian names of Danish towns begin with, where there are any."""
    stems = {}
    for row in table("places.tsv"):
        stems.setdefault(row["name"], []).extend(stem for stem in row["uk_stems"].split("|") if stem)
    return stems


def roman(word):
    """The Danish spelling of a Ukrainian name."""
    out, at, lower = "", 0, word.lower()
    while at < len(word):
        size = 2 if lower[at:at + 2] == "зг" else 1
        row = ROMAN.get(lower[at:at + size])
        if row is not None:
            piece = row["latin_word_initial"] if at == 0 else row["latin_elsewhere"]
            out += piece if word[at].isupper() or at else piece.lower()
        at += size
    return out


STEMS = ukrainian_stems()


def digits(rng, n):
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in range(n - 1))


def value(kind, rng):
    """(as written in Danish, as written in Ukrainian, kept(translation into Danish), kept(… Ukrainian))."""
    def same(text):
        return text, text, lambda out: text in out, lambda out: text in out

    def as_digits(danish, ukrainian):
        want = r"[ .\u00a0-]?".join(re.sub(r"\D", "", danish))
        kept = lambda out: re.search(rf"(?<!\d){want}(?!\d)", out) is not None
        return danish, ukrainian, kept, kept
    if kind == "phone":
        number = " ".join(digits(rng, 2) for _ in range(4))
        prefix = rng.choice(["", "+45 ", "+380 "])
        return as_digits(prefix + number, prefix + number)
    if kind == "cpr":
        number = f"{rng.randint(1, 28):02}{rng.randint(1, 12):02}{rng.randint(40, 99)}-{digits(rng, 4)}"
        return as_digits(number, number)
    if kind == "date":
        day, month, year = rng.randint(1, 28), rng.choice(MONTHS), rng.randint(1950, 2026)
        kept = lambda name: lambda out: re.search(rf"\b{day}\b", out) is not None and str(year) in out and name in out.lower()
        return f"{day}. {month['da']} {year}", f"{day} {month['uk_gen']} {year} року", kept(month["da"]), kept(month["uk_gen"])
    if kind == "time":
        hour, minute = rng.randint(7, 19), rng.choice([10, 15, 20, 30, 40, 45])
        kept = lambda out: re.search(rf"\b{hour}[.:]{minute}\b", out) is not None
        return f"{hour}.{minute}", f"{hour}:{minute}", kept, kept
    if kind == "amount":
        amount = rng.randint(150, 9900)
        return as_digits(str(amount), str(amount))
    if kind == "e-mail":
        name = roman(rng.choice(GIVEN_UK)).lower()
        return same(f"{name}.{roman(rng.choice(SURNAMES_UK)).lower()}{rng.choice(['', digits(rng, 2)])}@{rng.choice(['example.com', 'ukr.example', 'mail.example'])}")
    if kind == "postal":
        code, town = rng.choice(TOWNS)
        # København K and København V are of one town.
        stems = STEMS.get(town) or STEMS.get(re.sub(r" [A-ZØ]{1,2}$", "", town), [])
        kept = lambda out: re.search(rf"(?<!\d){code}(?!\d)", out) is not None
        named = lambda out: town in out or any(stem in out.lower() for stem in stems)
        return f"{code} {town}", f"{code} {town}", lambda out: kept(out) and town in out, lambda out: kept(out) and named(out)
    if kind == "address":
        street, number = rng.choice(STREETS), f"{rng.randint(1, 190)}{rng.choice(['', '', 'B'])}"
        # Ukrainian writes a comma before the number.
        whole = lambda out: re.search(rf"{re.escape(street)},? {number}(?!\w)", out) is not None
        return f"{street} {number}", f"{street} {number}", lambda out: re.search(rf"{re.escape(street)} {number}(?!\w)", out) is not None, whole
    if kind == "danish name":
        given, family = (rng.choice([row["name"] for row in NAMES_DA if (row["kind"] == "given") == first]) for first in (True, False))
        return same(f"{given} {family}")
    given, family = rng.choice(GIVEN_UK), rng.choice(SURNAMES_UK)
    romanised = f"{roman(given)} {roman(family)}"
    kept = lambda out: all(part.lower() in out.lower() for part in romanised.split())
    # From Danish several spellings are right where the romanisation drops letters: any that gives the same again.
    def again(out):
        words = re.findall(r"[\w'’-]+", out)
        return all(any(word.lower() == part.lower() or roman(word).lower() == part.lower() for word in words) for part in romanised.split())
    return romanised, f"{given} {family}", kept, again


FRAMES = {
    "phone": [("Mit telefonnummer er {}.", "Мій номер телефону {}."), ("Ring til mig på {}.", "Зателефонуйте мені за номером {}.")],
    "cpr": [("Mit CPR-nummer er {}.", "Мій номер CPR {}."), ("Er {} det rigtige CPR-nummer?", "Чи {} правильний номер CPR?")],
    "date": [("Vi flytter den {}.", "Ми переїжджаємо {}."), ("Jeg er født den {}.", "Я народилася {}.")],
    "time": [("Du kan komme igen kl. {}.", "Ви можете прийти знову о {}."), ("Mødet begynder kl. {}.", "Зустріч починається о {}.")],
    "amount": [("Huslejen er {} kroner om måneden.", "Оренда коштує {} крон на місяць."), ("Det koster {} kroner.", "Це коштує {} крон.")],
    "e-mail": [("Min e-mail er {}.", "Моя електронна адреса {}."), ("Skriv til {}, hvis du har spørgsmål.", "Напишіть на {}, якщо у Вас є запитання.")],
    "postal": [("Postnummeret er {}.", "Поштовий індекс {}."), ("Vi bor i {}.", "Ми живемо в {}.")],
    "address": [("Jeg flytter til {}.", "Я переїжджаю на {}."), ("Den gamle adresse er {}.", "Стара адреса {}.")],
    "danish name": [("Min udlejer hedder {}.", "Мого орендодавця звати {}."), ("Lejligheden ejes af {}.", "Квартира належить {}.")],
    "ukrainian name": [("Jeg hedder {}.", "Мене звати {}."), ("Min kollega hedder {}.", "Мого колегу звати {}.")],
}


def main(given):
    rng = random.Random(given.seed)
    cases = []
    for n in range(given.sentences):
        kind = list(FRAMES)[n % len(FRAMES)]
        danish, ukrainian, kept_da, kept_uk = value(kind, rng)
        frame = rng.choice(FRAMES[kind])
        to = "da" if (n // len(FRAMES)) % 2 else "uk"
        cases.append((kind, to, frame[0].format(danish) if to == "uk" else frame[1].format(ukrainian), kept_uk if to == "uk" else kept_da))
    total, lost = {}, {}
    for to, source in (("uk", "da"), ("da", "uk")):
        part = [case for case in cases if case[1] == to]
        command = [given.tolkebot, "translate", "--from", source, "--to", to] + (["--model", given.model] if given.model else [])
        found = subprocess.run(command, input="\n".join(case[2] for case in part) + "\n", text=True, capture_output=True, check=True).stdout.splitlines()
        for (kind, _, text, kept), out in zip(part, found, strict=True):
            total[kind] = total.get(kind, 0) + 1
            if not kept(out):
                lost.setdefault(kind, []).append((text, out))
    for kind in FRAMES:
        print(f"{kind}: {total[kind] - len(lost.get(kind, []))} of {total[kind]}")
    for kind, some in lost.items():
        for text, out in some[:given.show]:
            print(f"  {kind}: {text} => {out}")
    print(f"kept {given.sentences - sum(map(len, lost.values()))} of {given.sentences}")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--tolkebot", required=True)
    p.add_argument("--model")
    p.add_argument("--sentences", type=int, default=1000)
    p.add_argument("--show", type=int, default=5)
    p.add_argument("--seed", type=int, default=4)
    main(p.parse_args())
