"""What faster-whisper makes of the recorded conversations, whole and streaming: a peer to measure against.

    python faster_whisper_stream.py --model DIR --out peer.jsonl fixtures/conversations/corrections-single
    tolkebot eval asr --peer peer.jsonl fixtures/conversations/corrections-single

DIR is a CTranslate2 Whisper folder (`model.bin`, `config.json`, `tokenizer.json`, `vocabulary.txt`); with the product's own
weights there (`models/training/asr/blend.py` writes them) both sides hear with the same model. One thread each.

Streaming is the usual loop around a recogniser that was not made for it (LocalAgreement of two hypotheses, Macháček, Dabre and
Bojar 2023): the sound since the last cut is recognised again and again, words on which two hypotheses in a row agree are
settled, settled words are the next prompt, and sound is cut off behind a settled sentence once there is much of it. Time is the
sound's own clock plus the processor time that each call took, as in `tolkebot eval asr`.
"""
import argparse, json, os, re, sys, time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
import soundfile
from faster_whisper import WhisperModel
from scipy.signal import resample_poly

RATE = 16_000
LONG = 15.0             # seconds of sound from which on settled sentences are cut off


def read(path):
    sound, rate = soundfile.read(path, dtype="float32")
    return sound if rate == RATE else resample_poly(sound, RATE, rate).astype(np.float32)


def words(model, sound, lang, beams, prompt=""):
    """(words with their times in seconds, processor time in ms)."""
    begun = time.process_time()
    segments, _ = model.transcribe(sound, language=lang, beam_size=beams, word_timestamps=True, initial_prompt=prompt or None,
                                   condition_on_previous_text=False, temperature=0.0, vad_filter=False)
    found = [(w.start, w.end, w.word) for s in segments for w in (s.words or [])]
    return found, 1000 * (time.process_time() - begun)


def plain(word):
    return re.sub(r"\W", "", word).lower()


def stream(model, sound, lang, beams, step):
    """([(word, end ms, settled ms)], work in ms)."""
    total = len(sound) / RATE
    settled, before, work, cut = [], [], 0.0, 0.0
    now = step
    while True:
        last = now >= total
        heard_to = min(now, total)
        prompt = "".join(w for w, end, _ in settled if end / 1000 <= cut)[-200:]
        found, took = words(model, sound[int(cut * RATE): int(heard_to * RATE)], lang, beams, prompt)
        work += took
        done = max(now, heard_to) + took / 1000
        # Words that begin before what is settled are not new.
        edge = settled[-1][1] / 1000 if settled else 0.0
        new = [(s + cut, e + cut, w) for s, e, w in found if s + cut > edge - .1]
        if settled and new and plain(new[0][2]) == plain(settled[-1][0]) and new[0][0] < edge + .1:
            new = new[1:]
        agreed = new if last else new[: next((n for n, (a, b) in enumerate(zip(new, before)) if plain(a[2]) != plain(b[2])), min(len(new), len(before)))]
        settled += [(w, 1000 * e, 1000 * done) for _, e, w in agreed]
        before = new[len(agreed):]
        if last:
            return settled, work
        if heard_to - cut > LONG and settled:
            ends = [e / 1000 for w, e, _ in settled if w.strip().endswith((".", "?", "!"))]
            if ends and ends[-1] > cut:
                cut = ends[-1]
        now = max(done, now + step)
        if now > total:
            now = max(total, done)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("folders", nargs="+", type=Path)
    p.add_argument("--model", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--beams", type=int, default=1)
    p.add_argument("--steps", default="0.4,1.0", help="seconds of new sound between two hypotheses")
    p.add_argument("--compute", default="int8")
    p.add_argument("--offline", action="store_true")
    a = p.parse_args()
    model = WhisperModel(a.model, device="cpu", compute_type=a.compute, cpu_threads=1, num_workers=1)
    with open(a.out, "w", encoding="utf-8") as out:
        for folder in a.folders:
            recording = json.load(open(folder / "dialogue.json", encoding="utf-8"))
            for turn in recording["turns"]:
                sound = read(folder / f"turn-{turn['n']:02}.wav")
                end = 1000 * len(sound) / RATE
                found, took = words(model, sound, turn["lang"], a.beams)
                runs = [("faster-whisper, whole turns", [(w, 1000 * e, end + took) for _, e, w in found], took)]
                for step in [] if a.offline else map(float, a.steps.split(",")):
                    runs.append((f"faster-whisper, every {step:g} s", *stream(model, sound, turn["lang"], a.beams, step)))
                for name, settled, work in runs:
                    line = {"name": name, "conversation": recording["id"], "turn": turn["n"], "work_ms": round(work),
                            "words": [{"text": w.strip(), "end_ms": round(e), "settled_ms": round(s)} for w, e, s in settled]}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                out.flush()
                print(f"{recording['id']} {turn['n']}", file=sys.stderr)


if __name__ == "__main__":
    main()
