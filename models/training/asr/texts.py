"""Choose the sentences that the recogniser is taught with: `python texts.py --corpus DIR --out texts.tsv`.

Output: lang, split, source, text; a line each. Sentences come from the parallel corpus, from whole conversations and from
a generator of spoken values (dates, numbers, addresses, names, spelled letters). Nothing is taken from the conversations
in `fixtures`, and one of the two files of conversations is held out whole. Russian sentences are never written: they teach
that a citizen does not speak Ukrainian.
"""
import argparse, csv, json, random, re
from collections import Counter
from pathlib import Path

from values import Values

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
LONGEST = 105           # characters; about 7 s of speech
LATIN = re.compile(r"[A-Za-zÆØÅæøåéü]+")


def cyrillic(word):
    """A Danish name as a Ukrainian says and writes it: letter by letter with the usual practical transcription."""
    if word.isupper() and len(word) > 1 or word == "MitID":
        return word
    w = word.lower()
    for a, b in [("gade", "ґаде"), ("vej", "вей"), ("borg", "борґ"), ("bjerg", "б'єрґ"), ("lund", "лунн"), ("sgt", "санкт"), ("skj", "ск'"),
                 ("sj", "ш"), ("ch", "к"), ("ck", "к"), ("ph", "ф"), ("th", "т"), ("aa", "о"), ("ei", "ай"), ("ej", "ай"), ("oe", "ьо"),
                 ("ja", "я"), ("je", "є"), ("ju", "ю"), ("jø", "йо"), ("j", "й"), ("å", "о"), ("æ", "е"), ("ø", "е"), ("é", "е"), ("ü", "ю")]:
        w = w.replace(a, b)
    table = dict(zip("abcdefghiklmnopqrstuvwxyz", ["а", "б", "с", "д", "е", "ф", "ґ", "г", "і", "к", "л", "м", "н", "о", "п", "к", "р", "с", "т",
                                                  "у", "в", "в", "кс", "ю", "с"]))
    w = "".join(table.get(c, c) for c in w).replace("ґ", "г")
    w = re.sub(r"(.)\1", r"\1", w)
    return w.capitalize() if word[0].isupper() else w


def clean(text, lang):
    text = text.replace("’", "'").replace("ʼ", "'").replace("«", "").replace("»", "").replace('"', "").strip()
    if lang == "uk":
        text = LATIN.sub(lambda m: cyrillic(m.group()), text)
    return text


def usable(text):
    # Text as a recogniser would write it (no capitals, no full stops) teaches nothing about either.
    return 2 <= len(text) <= LONGEST and text[0].isupper() and text[-1] in ".?!" and not re.search(r"[\d@:;()/\[\]]", text)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--corpus", required=True)
    p.add_argument("--domain", default=ROOT / "crates/values/data", help="tables of numerals, months, streets, towns")
    p.add_argument("--fixtures", default=ROOT / "fixtures/conversations")
    p.add_argument("--out", required=True)
    p.add_argument("--authored", type=int, default=1300)
    p.add_argument("--values", type=int, default=900)
    p.add_argument("--seed", type=int, default=17)
    a = p.parse_args()
    write(a.corpus, a.domain, a.fixtures, a.out, a.authored, a.values, a.seed)


def write(corpus, domain, fixtures, out_file, authored, values, seed):
    files = sorted((Path(corpus) / "authored").glob("*.tsv"))
    if not files:
        raise SystemExit(f"{corpus} has no authored/*.tsv: a recogniser would be taught on generated values alone")
    Path(out_file).parent.mkdir(parents=True, exist_ok=True)
    rng = random.Random(seed)
    fixture = set()
    for f in Path(fixtures).glob("*/dialogue.json"):
        for t in json.load(open(f, encoding="utf-8"))["turns"]:
            fixture.update(key(clean(x, l)) for x, l in ((t["text"], t["lang"]), (t["ref"], "da" if t["lang"] == "uk" else "uk")))
    rows, seen = [], {"da": set(fixture), "uk": set(fixture)}

    def add(lang, split, source, text):
        text = clean(text, lang)
        if usable(text) and key(text) not in seen[lang]:
            seen[lang].add(key(text))
            rows.append((lang, split, source, text))

    for name, split in (("dev-b", "held-out"), ("dev-a", "train")):
        file = Path(corpus) / "dialogues" / f"{name}.jsonl"
        if not file.is_file():
            print(f"without {file}: no whole conversations")
            continue
        for line in open(file, encoding="utf-8"):
            for t in json.loads(line)["turns"]:
                add(t["lang"], split, name, t["text"])
    pairs = {"da": [], "uk": []}
    for f in files:
        for line in open(f, encoding="utf-8"):
            cols = line.rstrip("\n").split("\t")
            if len(cols) >= 2:
                pairs["da"].append((f.stem, cols[0]))
                pairs["uk"].append((f.stem, cols[1]))
    for lang in ("da", "uk"):
        # Values and answers first: they are what the counter needs; then the rest as it comes.
        order = pairs[lang]
        rng.shuffle(order)
        order.sort(key=lambda x: x[0] not in ("values", "answers", "relocation"))
        half = [x for x in order if x[0] in ("values", "answers", "relocation")][: authored // 2]
        rest = [x for x in order if x[0] not in ("values", "answers", "relocation")]
        before = len(rows)
        for name, text in half + rest:
            if len(rows) - before >= authored:
                break
            add(lang, "train", name, text)
        gen = Values(domain, seed + (lang == "uk"), cyrillic)
        before = len(rows)
        while len(rows) - before < values:
            add(lang, "train", "generated", gen.sentence(lang))
    rng.shuffle(rows)
    for name, split in (("russian", "train"), ("russian-heldout", "held-out")):
        for line in open(HERE / "data" / f"{name}.txt", encoding="utf-8"):
            rows.append(("ru", split, name, line.strip()))
    with open(out_file, "w", encoding="utf-8") as out:
        for r in rows:
            out.write("\t".join(r) + "\n")
    for lang in ("da", "uk", "ru"):
        for split in ("train", "held-out"):
            part = [r for r in rows if r[0] == lang and r[1] == split]
            print(lang, split, len(part), "sentences", sum(len(r[3]) for r in part), "characters")
            for source, count in sorted(Counter(r[2] for r in part).items()):
                print("   ", source, count)


def key(text):
    return re.sub(r"\W+", " ", text.lower()).strip()


if __name__ == "__main__":
    main()
