"""`python3 -m unittest discover -s models/training/mt`: what needs no PyTorch."""
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import texts
from spoken_values import SpokenValues

HERE = Path(__file__).resolve().parent
TABLES = HERE.parents[2] / "crates/values/data"
CYRILLIC = re.compile(r"[\u0400-\u04ff]")


class Pairs(unittest.TestCase):
    def test_the_written_pairs_are_well_formed(self):
        lines = [line for file in sorted((HERE / "data").glob("*.tsv")) for line in file.read_text(encoding="utf-8").splitlines()]
        self.assertGreater(len(lines), 4900)
        self.assertEqual(len(lines), len(set(lines)), "a pair stands there twice")
        for line in lines:
            self.assertEqual(line.count("\t"), 1, line)
            danish, ukrainian = line.split("\t")
            self.assertIsNone(CYRILLIC.search(danish), line)
            self.assertIsNotNone(CYRILLIC.search(ukrainian), line)

    def test_what_is_held_out_is_not_taught(self):
        taught, held = texts.written(HERE / "data")
        self.assertFalse(set(taught) & set(held))
        self.assertGreater(len(held), 150)
        taught, held = texts.counter(HERE / "corpus")
        self.assertEqual(len(held), 137, "23 of the 160 are not in this repository")
        self.assertFalse(set(taught) & set(held))

    def test_conversations_are_taught_where_they_have_a_translation(self):
        taught, held = texts.conversations(HERE.parents[2] / "crates/form/tests/data")
        self.assertFalse(set(taught) & set(held))
        self.assertGreater(len(taught), 14000)
        self.assertGreater(len(held), 1500)

    def test_what_is_held_out_stays_the_same_when_pairs_are_added(self):
        _, held = texts.counter(HERE / "corpus")
        with tempfile.TemporaryDirectory() as folder:
            authored = Path(folder) / "authored"
            shutil.copytree(HERE / "corpus/authored", authored)
            (authored / "more.tsv").write_text("".join(f"Det er nummer {n}.\tЦе номер {n}.\n" for n in range(500)), encoding="utf-8")
            taught, more = texts.counter(folder)
        self.assertEqual(set(more), set(held))
        self.assertIn(("Det er nummer 7.", "Це номер 7."), taught)

    def test_other_digits_stay_the_same_on_both_sides(self):
        rng = random.Random(1)
        for _ in range(200):
            danish, ukrainian = texts.other_digits("Jeg bor i nr. 14, 8000 Aarhus.", "Я живу в № 14, 8000 Орхус.", rng)
            self.assertEqual(texts.DIGITS.findall(danish), texts.DIGITS.findall(ukrainian))
        unequal = ("Den 3. maj", "третього травня")
        self.assertEqual(texts.other_digits(*unequal, rng), unequal)

    def test_what_a_recogniser_writes_has_no_marks(self):
        rng = random.Random(2)
        for _ in range(200):
            heard = texts.as_recognised("Ja, den femtende – ikke den femte!", "da", rng)
            self.assertIsNone(texts.PUNCTUATION.search(heard), heard)
            self.assertEqual(heard, heard.lower())
            self.assertIn("femtende", heard)
        self.assertEqual(texts.as_recognised("?", "uk", rng), "?")


class Values(unittest.TestCase):
    def test_numbers_in_words_are_made_from_the_tables(self):
        values = SpokenValues(TABLES, 3)
        for _ in range(500):
            danish, ukrainian = values.pair()
            self.assertTrue(danish and ukrainian)
            self.assertIsNone(CYRILLIC.search(danish), danish)


class Scripts(unittest.TestCase):
    def test_what_a_script_takes_is_told_before_its_packages_are_there(self):
        exporting = HERE.parents[1] / "export"
        for script in (HERE / "train.py", HERE / "export.py", exporting / "opus_mt.py", exporting / "tiny_marian.py"):
            # -S: nothing but Python itself.
            told = subprocess.run([sys.executable, "-S", script, "--help"], capture_output=True, text=True)
            self.assertEqual((told.returncode, told.stderr), (0, ""), script)
            self.assertIn("usage:", told.stdout)


if __name__ == "__main__":
    unittest.main()
