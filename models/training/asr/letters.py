"""The text in which the recogniser's letters are counted: `python letters.py`.

One file a language, one sentence a line, as a recogniser is compared with them: lower case, letters, digits and
apostrophes only. The sentences are those written for this project (the translator's corpus and its further pairs).
Left out is whatever shares four words in a row with a recorded conversation of `fixtures`, so that figures measured on
these say what a new conversation may expect.
"""
import argparse
import importlib.util
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]

LANGUAGES = ("da", "uk")


def tool(path):
    """Another training script, by its path: two of them are called alike."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


read_pairs = tool(ROOT / "models/training/mt/texts.py").read_pairs
# Danish names as a Ukrainian says them: that is how they are heard.
cyrillic = tool(ROOT / "models/training/asr/texts.py").clean

SHARED = 4                          # so many words in a row may not stand in a recorded conversation


def plain(text, lang):
    text = cyrillic(text, lang).lower().replace("’", "'").replace("ʼ", "'").replace("`", "'")
    return " ".join(re.sub(r"[^\w']|_", " ", text).split())


def runs(text):
    words = text.split()
    if len(words) < SHARED:
        return {tuple(words)} if len(words) == SHARED - 1 else set()
    return {tuple(words[at:at + SHARED]) for at in range(len(words) - SHARED + 1)}


def recorded(fixtures):
    """All runs of words of the recorded conversations, in both languages."""
    found = {lang: set() for lang in LANGUAGES}
    for file in sorted(Path(fixtures).glob("*/dialogue.json")):
        for turn in json.loads(file.read_text(encoding="utf-8"))["turns"]:
            other = "uk" if turn["lang"] == "da" else "da"
            found[turn["lang"]] |= runs(plain(turn["text"], turn["lang"]))
            found[other] |= runs(plain(turn["ref"], other))
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--pairs", nargs="*", default=[ROOT / "models/training/mt/corpus/authored", ROOT / "models/training/mt/data"])
    p.add_argument("--fixtures", default=ROOT / "fixtures/conversations")
    p.add_argument("--out", default=ROOT / "models/starter/asr")
    a = p.parse_args()
    known = recorded(a.fixtures)
    lines = {lang: {} for lang in LANGUAGES}
    left_out = dict.fromkeys(LANGUAGES, 0)
    for folder in a.pairs:
        for file in sorted(Path(folder).glob("*.tsv")):
            for pair in read_pairs(file):
                for lang, text in zip(LANGUAGES, map(plain, pair, LANGUAGES)):
                    if runs(text) & known[lang]:
                        left_out[lang] += 1
                    elif text:
                        lines[lang][text] = None
    Path(a.out).mkdir(parents=True, exist_ok=True)
    for lang in LANGUAGES:
        text = "\n".join(lines[lang]) + "\n"
        (Path(a.out) / f"letters-{lang}.txt").write_text(text, encoding="utf-8")
        print(f"{lang}: {len(lines[lang])} sentences, {len(text)} letters, {left_out[lang]} left out")


if __name__ == "__main__":
    main()
