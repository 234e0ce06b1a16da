"""Speak the chosen sentences with many voices: `python synthesise.py --texts texts.tsv --models DIR --tolkebot BIN --out DIR`.

Every sentence gets a speaker of its own: mixed from the styles of Kokoro, with a speed and a pitch, or (`--engine espeak`,
some two thousand times as fast and far less natural) one of espeak-ng's variants. Sound is kept clean, 16 kHz, 16 bit; rooms and noise are added while training. Work is split
between processes by `--part k/n`; a part that was stopped goes on where it was.
"""
import argparse, ctypes, json, math, random, subprocess, sys, time
from pathlib import Path

def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--texts", required=True)
    p.add_argument("--models", type=Path, required=True)
    p.add_argument("--tolkebot", help="the program whose rules of pronunciation are used; not needed with --said")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--engine", choices=["kokoro", "espeak"], default="kokoro")
    p.add_argument("--voices", help="a folder of more styles of Kokoro, 510 × 256 float32 each")
    p.add_argument("--said", help="phonemes are read from this file; if it is not there, it is written and nothing is said")
    p.add_argument("--device", default="cpu", help="cuda: Kokoro on a graphics card")
    p.add_argument("--minutes", type=float, help="stop after so many")
    p.add_argument("--part", default="0/1")
    p.add_argument("--seed", type=int, default=23)
    return p.parse_args()


if __name__ == "__main__":
    given = arguments()     # before what takes long to load, or is not installed yet

import numpy as np
import soundfile
from scipy.signal import resample_poly

RATE = 16_000
KEPT_BACK = ("bf_emma", "am_michael", "jf_nezumi", "em_alex")      # nobody that is taught is mixed from these
ESPEAK_VARIANTS = ["", "+m1", "+m3", "+m5", "+m7", "+f1", "+f2", "+f4", "+Annie", "+Denis", "+Michael", "+Andrea"]


class Kokoro:
    def __init__(self, models, voices, device):
        self.vocab = json.load(open(models / "kokoro-82m/vocab.json", encoding="utf-8"))["vocab"]
        styles = np.load(models / "kokoro-82m/voices_ja.npz")
        named = {k: styles[k].astype(np.float32).reshape(-1, 256) for k in styles.files}
        # Styles of other languages' speakers speak Danish and Ukrainian as well: what counts is the body, not the accent.
        named.update({f.stem: np.fromfile(f, np.float32).reshape(-1, 256) for f in sorted(Path(voices).glob("*.bin"))} if voices else {})
        self.kept_back = [named[k] for k in sorted(named) if k in KEPT_BACK]
        self.styles = [named[k] for k in sorted(named) if k not in KEPT_BACK]
        path = str(models / "kokoro-82m/kokoro.onnx")
        if device != "cpu":
            from kokoro_torch import Graph
            graph = Graph(path, device)
            self.run = lambda tokens, style, speed: graph(tokens, style, speed)
            return
        import onnxruntime as ort
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        session = ort.InferenceSession(path, options)
        self.run = lambda tokens, style, speed: session.run(None, {"tokens": tokens, "style": style, "speed": speed})[0]

    def say(self, phonemes, mix, speed, styles):
        ids = [self.vocab[c] for c in phonemes if c in self.vocab][:480]
        style = sum(w * s[min(len(ids), len(s)) - 1].reshape(1, 256) for w, s in zip(mix, styles) if w)
        sound = self.run(np.array([[0] + ids + [0]], np.int64), style.astype(np.float32), np.array([speed], np.float32)).reshape(-1)
        return sound, 24_000


class Espeak:
    def __init__(self, models):
        self.lib = ctypes.CDLL(str(models / "espeak-ng/libespeak-ng.so"))
        self.rate = self.lib.espeak_Initialize(2, 0, str(models / "espeak-ng").encode(), 0)
        if self.rate <= 0:
            sys.exit(f"espeak-ng does not start: are its voices in {models / 'espeak-ng'}?")
        self.lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
        self.got = []
        self.callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)(self.take)
        self.lib.espeak_SetSynthCallback(self.callback)

    def take(self, samples, count, _events):
        if samples and count > 0:
            self.got.append(np.ctypeslib.as_array(samples, (count,)).astype(np.float32) / 32768)
        return 0

    def phonemes(self, text, lang):
        """IPA, with the letters that Kokoro has for affricates."""
        self.lib.espeak_SetVoiceByName(lang.encode())
        rest, parts = ctypes.c_char_p(text.encode()), []
        at = ctypes.pointer(rest)
        while at.contents.value:
            parts.append(self.lib.espeak_TextToPhonemes(ctypes.cast(at, ctypes.POINTER(ctypes.c_void_p)), 1, 2).decode())
        ipa = ", ".join(parts)
        for ours, theirs in (("tʃ", "ʧ"), ("ts", "ʦ"), ("dʒ", "ʤ"), ("ɭ", "l")):
            ipa = ipa.replace(ours, theirs)
        return ipa

    def say(self, text, lang, variant, words_a_minute, pitch):
        self.got = []
        self.lib.espeak_SetVoiceByName((lang + variant).encode())
        self.lib.espeak_SetParameter(1, words_a_minute, 0)
        self.lib.espeak_SetParameter(3, pitch, 0)
        data = text.encode()
        self.lib.espeak_Synth(data, len(data) + 1, 0, 1, 0, 1, None, None)
        self.lib.espeak_Synchronize()
        return (np.concatenate(self.got) if self.got else np.zeros(0, np.float32)), self.rate


def speaker(rng, count):
    """A point in the space of the styles: mostly inside, now and then a little outside, sometimes a corner."""
    if count > 8:               # of many styles an even mixture is always the same speaker: one to three of them
        chosen = rng.sample(range(count), rng.choice((1, 1, 2, 2, 2, 3)))
        shares = [rng.uniform(0.15, 1.0) for _ in chosen]
        return [shares[chosen.index(i)] / sum(shares) if i in chosen else 0.0 for i in range(count)]
    if rng.random() < 0.12:
        mix = [0.0] * count
        mix[rng.randrange(count)] = 1.0
        return mix
    mix = [rng.gammavariate(0.6, 1.0) for _ in range(count)]
    total = sum(mix)
    mix = [w / total for w in mix]
    stretch = rng.uniform(1.0, 1.15)
    return [1 / count + stretch * (w - 1 / count) for w in mix]


def to_16k(sound, rate, pitch):
    """Played faster or slower by `pitch` (formants move along: another body), then brought to 16 kHz."""
    up, down = RATE, int(round(rate * pitch / 100) * 100)
    g = math.gcd(up, down)
    out = resample_poly(sound, up // g, down // g).astype(np.float32)
    loud = np.flatnonzero(np.abs(out) > 0.004)
    if len(loud) == 0:
        return out[:0]
    out = out[max(0, loud[0] - 800): loud[-1] + 1600]
    return 0.5 * out / max(1e-6, np.abs(out).max())


def phonemes(binary, models, rows):
    """(text as it is said, IPA) of each row: by the product's own rules, Russian by espeak-ng's."""
    out = [None] * len(rows)
    espeak = Espeak(models)
    for i, (lang, _, _, text) in enumerate(rows):
        if lang == "ru":
            out[i] = (text, espeak.phonemes(text, lang))
    for lang in ("da", "uk"):
        at = [i for i, r in enumerate(rows) if r[0] == lang]
        text = "\n".join(rows[i][3] for i in at) + "\n"
        lines = subprocess.run([binary, "phonemes", "--lang", lang], input=text, capture_output=True, text=True, check=True).stdout.split("\n")
        for i, line in zip(at, lines):
            out[i] = line.split("\t")
    return out


def main(a):
    part, parts = map(int, a.part.split("/"))
    a.out.mkdir(parents=True, exist_ok=True)
    rows = [line.rstrip("\n").split("\t") for line in open(a.texts, encoding="utf-8")]
    if a.said and Path(a.said).exists():
        said = [line.rstrip("\n").split("\t") for line in open(a.said, encoding="utf-8")]
    else:
        said = phonemes(a.tolkebot, a.models, rows)
        if a.said:
            Path(a.said).write_text("".join("\t".join(pair) + "\n" for pair in said), encoding="utf-8")
            return
    kokoro, begun = a.engine == "kokoro", time.time()
    engine = Kokoro(a.models, a.voices, a.device) if kokoro else Espeak(a.models)
    index = open(a.out / f"index-{part}.tsv", "a", encoding="utf-8")
    # Short ones first: a synthesis that is stopped early has then made more sentences, not longer ones.
    # With a time limit it is the other way round: any of them, as they come.
    for i in range(part, len(rows), parts) if a.minutes else sorted(range(part, len(rows), parts), key=lambda i: len(rows[i][3]) > 60):
        if a.minutes and time.time() - begun > 60 * a.minutes:
            break
        name = f"{i:05d}.flac"
        if (a.out / name).exists():
            continue
        lang, split, source, _ = rows[i]
        text, ipa = said[i]
        rng = random.Random(a.seed * 1_000_003 + i)
        if kokoro:
            styles = engine.kept_back if split == "held-out" and engine.kept_back else engine.styles
            mix = speaker(rng, len(styles))
            voice = ",".join(f"{at}:{w:.2f}" for at, w in enumerate(mix) if w)
            sound, rate = engine.say(ipa, mix, rng.uniform(0.82, 1.15), styles)
            sound = to_16k(sound, rate, math.exp(rng.gauss(0, 0.05 if len(styles) <= 8 else 0.07)))
        else:
            voice = "espeak" + rng.choice(ESPEAK_VARIANTS)
            sound, rate = engine.say(text, lang, voice[6:], rng.randint(120, 185), rng.randint(25, 75))
            sound = to_16k(sound, rate, 1.0)
        if not RATE // 5 < len(sound) < 12 * RATE:
            continue
        soundfile.write(a.out / name, sound, RATE, subtype="PCM_16")
        index.write("\t".join((name, lang, split, source, voice, f"{len(sound) / RATE:.2f}", text)) + "\n")
        index.flush()


if __name__ == "__main__":
    main(given)
