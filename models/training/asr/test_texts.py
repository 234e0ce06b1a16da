"""`python3 -m unittest discover -s models/training/asr`: what needs no models, on the tables of the product."""
import contextlib
import io
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import letters
import texts
from values import Values

TABLES = Path(__file__).resolve().parents[3] / "crates/values/data"


class Letters(unittest.TestCase):
    def test_no_sentence_shares_four_words_with_a_recorded_conversation(self):
        known = letters.recorded(letters.ROOT / "fixtures/conversations")
        for lang in letters.LANGUAGES:
            lines = (letters.ROOT / f"models/starter/asr/letters-{lang}.txt").read_text(encoding="utf-8").splitlines()
            self.assertGreater(len(lines), 10_000)
            self.assertEqual([line for line in lines if letters.runs(line) & known[lang]], [])

    def test_sentences_are_written_as_they_are_compared(self):
        self.assertEqual(letters.plain("Jeg flytter, den 5. maj – til Vestergade!", "da"), "jeg flytter den 5 maj til vestergade")
        self.assertEqual(letters.plain("Сім’я на Vestergade", "uk"), "сім'я на вестергаде")


class Generated(unittest.TestCase):
    def setUp(self):
        self.values = Values(TABLES, 3, texts.cyrillic)

    def test_numbers_in_words(self):
        v = self.values
        self.assertEqual(v.dn(8210), "otte tusind to hundrede og ti")
        self.assertEqual(v.dn(1002), "et tusind og to")
        self.assertEqual(v.un(8210), "вісім тисяч двісті десять")
        self.assertEqual(v.un(2031), "дві тисячі тридцять один")
        self.assertEqual(v.two("da", 7), "nul syv")
        self.assertEqual(v.two("uk", 94), "дев'яносто чотири")

    def test_sentences_are_said_in_words_of_their_language(self):
        for lang, letters in (("da", r"[а-яіїєґ]"), ("uk", r"[b-df-hj-lnq-suvwyzæøå]")):
            for _ in range(2000):
                sentence = self.values.sentence(lang)
                self.assertTrue(texts.usable(sentence) or len(sentence) > texts.LONGEST, sentence)
                self.assertIsNone(re.search(letters, sentence.replace("CPR", "").lower()), sentence)

    def test_the_same_seed_gives_the_same_sentences(self):
        again = Values(TABLES, 3, texts.cyrillic)
        self.assertEqual([self.values.sentence("uk") for _ in range(50)], [again.sentence("uk") for _ in range(50)])


class Chosen(unittest.TestCase):
    def test_names_as_a_ukrainian_writes_them(self):
        for danish, ukrainian in [("Vestergade", "Вестергаде"), ("Randersvej", "Рандерсвей"), ("Åbyhøj", "Обюгей"), ("CPR", "CPR")]:
            self.assertEqual(texts.cyrillic(danish), ukrainian)

    def test_what_a_recogniser_wrote_and_digits_are_left_out(self):
        for bad in ("ja det er rigtigt", "Ring på 20 30 40 50.", "Skriv til a@b.dk.", "J" + "a" * 200 + ".", ""):
            self.assertFalse(bad and texts.usable(bad), bad)
        self.assertTrue(texts.usable("Ja, det er rigtigt."))

    def test_fixtures_are_never_training_text(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            (folder / "corpus/dialogues").mkdir(parents=True)
            (folder / "corpus/authored").mkdir()
            (folder / "fixtures/one").mkdir(parents=True)
            for name in ("dev-a", "dev-b"):
                (folder / f"corpus/dialogues/{name}.jsonl").write_text("")
            (folder / "corpus/authored/a.tsv").write_text("Goddag, fru Olsen.\tДобрий день, пані Олсен.\nHvor bor du?\tДе ви живете?\n", encoding="utf-8")
            (folder / "fixtures/one/dialogue.json").write_text(
                '{"turns": [{"lang": "da", "text": "Hvor bor du?", "ref": "Де ви живете?"}]}', encoding="utf-8")
            out = folder / "out.tsv"
            texts.write(folder / "corpus", TABLES, folder / "fixtures", out, authored=10, values=5, seed=1)
            rows = out.read_text(encoding="utf-8")
            self.assertIn("Goddag, fru Olsen.", rows)
            self.assertNotIn("Hvor bor du", rows)
            self.assertNotIn("Де ви живете", rows)
            written = [row for row in rows.splitlines() if not row.startswith("ru\t")]
            self.assertEqual(len(written), 2 + 2 * 5)

    def test_the_folder_of_the_sentences_is_made_and_sources_are_counted(self):
        with tempfile.TemporaryDirectory() as folder:
            folder, told = Path(folder), io.StringIO()
            (folder / "corpus/authored").mkdir(parents=True)
            (folder / "corpus/authored/a.tsv").write_text("Goddag, fru Olsen.\tДобрий день, пані Олсен.\n", encoding="utf-8")
            with contextlib.redirect_stdout(told):
                texts.write(folder / "corpus", TABLES, folder / "none", folder / "work/new/texts.tsv", authored=10, values=5, seed=1)
            self.assertTrue((folder / "work/new/texts.tsv").is_file())
            self.assertIn("    a 1\n", told.getvalue())
            self.assertIn("    generated 5\n", told.getvalue())

    def test_a_corpus_without_sentences_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "texts.tsv"
            with self.assertRaisesRegex(SystemExit, "no authored"):
                texts.write(Path(folder) / "mistyped", TABLES, folder, out, authored=10, values=5, seed=1)
            self.assertFalse(out.exists())

    def test_russian_sentences_are_russian_and_held_out_ones_are_others(self):
        sets = []
        for name in ("russian", "russian-heldout"):
            lines = (texts.HERE / "data" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
            for line in lines:
                self.assertIsNone(re.search(r"[a-zіїєґ\d]", line.lower()), line)
            sets.append({texts.key(line) for line in lines})
            self.assertEqual(len(sets[-1]), len(lines))
        self.assertFalse(sets[0] & sets[1])


class Scripts(unittest.TestCase):
    def test_what_a_script_takes_is_told_before_its_packages_are_there(self):
        for name in ("texts", "synthesise", "train", "blend", "letters"):
            # -S: nothing but Python itself.
            told = subprocess.run([sys.executable, "-S", texts.HERE / f"{name}.py", "--help"], capture_output=True, text=True)
            self.assertEqual((told.returncode, told.stderr), (0, ""), name)
            self.assertIn("usage:", told.stdout)


if __name__ == "__main__":
    unittest.main()
