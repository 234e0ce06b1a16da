"""What the translator is taught: pairs of sentences, read from files, and what is done to them on the way.

A pair is (danish, ukrainian). Files are tab-separated: Danish, Ukrainian, anything else; or whole conversations
as JSON lines with `turns` of `lang`, `text`, `ref`.
"""
import gzip
import hashlib
import json
import random
import re
from pathlib import Path

DIGITS = re.compile(r"\d+")
PUNCTUATION = re.compile(r'[.,!?;:–—"«»()…]')
FILLERS = {"da": ["øh", "altså", "jamen", "øhm", "ja altså"], "uk": ["е", "ну", "ем", "так би мовити", "ну от"]}
UNSEEN = ("unseen", "kept", "sealed", "spare")            # conversations held out whole
HELD_COUNTER = Path(__file__).with_name("held_counter.txt")    # what the first version was measured with
HELD_OUT = 25                       # of the written pairs, every 25th is never taught


def read_pairs(path):
    opener = gzip.open if str(path).endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if len(columns) >= 2 and columns[0].strip() and columns[1].strip():
                yield columns[0].strip(), columns[1].strip()


def read_conversations(path):
    """The turns that have a translation; not every conversation was written with one."""
    for line in open(path, encoding="utf-8"):
        for turn in json.loads(line)["turns"]:
            text, other = turn["text"], turn.get("ref")
            if other:
                yield (text, other) if turn["lang"] == "da" else (other, text)


def written(folder, kind=None):
    """The pairs written for this translator, as (taught, held out)."""
    taught, held = [], []
    for file in sorted(Path(folder).glob(f"{kind or '*'}-*.tsv")):
        for number, pair in enumerate(read_pairs(file)):
            (held if number % HELD_OUT == 7 else taught).append(pair)
    held_out = set(held)
    return [pair for pair in dict.fromkeys(taught) if pair not in held_out], held


def name_of(pair):
    """What a pair is called where its text is not to stand."""
    return hashlib.sha256("\t".join(pair).encode()).hexdigest()[:16]


def counter(root):
    """The counter's corpus and conversations, as (taught, held out): the 160 pairs of HELD_COUNTER, as many of them as are here,
    are never taught, whatever is added."""
    root = Path(root)
    pairs = [pair for file in sorted((root / "authored").glob("*.tsv")) for pair in read_pairs(file)]
    pairs += [pair for file in sorted((root / "dialogues").glob("dev-*.jsonl")) for pair in read_conversations(file)]
    names = set(HELD_COUNTER.read_text().split())
    pairs = sorted(set(pairs))
    random.Random(11).shuffle(pairs)
    held = [pair for pair in pairs if name_of(pair) in names]
    return [pair for pair in pairs if name_of(pair) not in names], held


def conversations(folder):
    """What is said in the conversations that the form's reader is tested with, as (taught, held out): whole files (UNSEEN) are never taught."""
    taught, held = [], []
    for file in sorted(Path(folder).glob("*.jsonl")):
        (held if file.stem in UNSEEN else taught).extend(read_conversations(file))
    held_out = set(held)
    return [pair for pair in dict.fromkeys(taught) if pair not in held_out], held


def collected(root):
    """Free text of others: (everyday sentences, texts of software and manuals); nothing if it is not there."""
    root = Path(root) / "collected"
    if not root.is_dir():
        return [], []
    everyday = list(read_pairs(root / "tatoeba-pivot.da-uk.tsv.gz"))
    software = []
    for name in ("gnome-help", "libreoffice", "android-aosp", "gramps-family-finance", "udhr", "mozilla", "chromium", "home-assistant",
                 "mediawiki", "games", "pypi-web", "npm-ui", "osm-website", "github-apps", "msdocs-mt"):
        for file in sorted(root.glob(name + ".*")):
            software += [pair for pair in read_pairs(file) if 5 <= len(pair[0].split()) <= 25]
    return everyday, software


def other_digits(danish, ukrainian, rng):
    """Other numbers in the same places, where both sides carry the same digits: no number is learnt by heart."""
    left, right = DIGITS.findall(danish), DIGITS.findall(ukrainian)
    if not left or sorted(left) != sorted(right) or len(set(left)) != len(left):
        return danish, ukrainian
    new = {old: str(rng.randint(1, 31)) if int(old) <= 31 else
           "".join(rng.choice("123456789" if at == 0 else "0123456789") for at in range(len(old))) for old in left}
    return tuple(DIGITS.sub(lambda found: new[found.group()], side) for side in (danish, ukrainian))


def as_recognised(text, language, rng):
    """What a recogniser might have written: no case, no marks, now and then a filler or a word said twice."""
    words = PUNCTUATION.sub("", text).lower().split()
    if not words:
        return text
    chance = rng.random()
    at = rng.randrange(len(words))
    if chance < 0.15:
        words.insert(at, rng.choice(FILLERS[language]))
    elif chance < 0.25:
        words.insert(at, words[at])
    return " ".join(words)
