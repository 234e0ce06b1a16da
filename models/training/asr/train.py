"""Teach Whisper base the counter: `python train.py --init model.bin --tokenizer tokenizer.json --data DIR --out DIR --minutes N`.

Goes on from the last checkpoint in --out. Everything is trained but the token embeddings, the positions and the first
convolutions. Sounds come in three fixed lengths, so that kernels are planned once.
"""
import argparse, json, math, re, time
from pathlib import Path

def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--init", required=True)
    p.add_argument("--tokenizer", required=True)
    p.add_argument("--data", required=True)
    p.add_argument("--also", help="a second folder of sound, less natural")
    p.add_argument("--share", type=float, default=.35, help="sentences of it for each one of --data")
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--minutes", type=float, default=60)
    p.add_argument("--rate", type=float, default=4e-5)
    p.add_argument("--seed", type=int, default=5)
    p.add_argument("--held-out", type=int, default=40)
    p.add_argument("--every", type=float, default=12, help="minutes between looks at the held-out sentences")
    p.add_argument("--device", default="cpu", help="cuda for a graphics card")
    p.add_argument("--workers", type=int, default=0, help="processes that prepare sound beside the training")
    p.add_argument("--times", type=int, default=1, help="so many times as many sentences a step")
    p.add_argument("--report", type=int, default=20, help="steps between lines")
    return p.parse_args()


if __name__ == "__main__":
    given = arguments()     # before what takes long to load, or is not installed yet

import numpy as np
import soundfile
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F

import sounds
import whisper_model as w

FRAMES = {256: 8, 384: 6, 512: 4}              # encoder frames of 20 ms → sentences at a time
PREVIOUS, NO_SPEECH = 50361, 50362
LONGEST = 80                                   # tokens of a sequence


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s]", "", text.lower().replace("-", " "))).strip().split()


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


class Data:
    """Sentences of `folder`, and of `also` (less natural speech), of which each pass sees `share` times as many."""

    def __init__(self, folder, tokenizer, seed, split, also=None, share=.0, times=1):
        self.rng, self.times = np.random.default_rng(seed), times
        self.encode = lambda text: tokenizer.encode(" " + text, add_special_tokens=False).ids
        self.rows, self.sound, self.share = [], [], share
        for place in (folder, also):
            for index in sorted(Path(place).glob("index-*.tsv")) if place else []:
                for line in open(index, encoding="utf-8"):
                    name, lang, part, _, voice, seconds, text = line.rstrip("\n").split("\t")
                    if part == split and float(seconds) < 9.4:
                        self.rows.append((lang, text, voice))
                        self.sound.append(soundfile.read(Path(place) / name, dtype="int16")[0])
            if place == folder:
                self.main = len(self.rows)
        self.names = {lang: sorted({n for l, t, _ in self.rows if l == lang for n in re.findall(r"(?<=\w )[A-ZÆØÅА-ЯІЇЄҐ][\w'-]+", t)})
                      for lang in ("da", "uk")}
        self.foreign = [i for i, (lang, _, _) in enumerate(self.rows) if lang not in self.names]

    def raw(self, i):
        return self.sound[i].astype(np.float32) / 32768

    def anything(self):
        return self.raw(int(self.rng.integers(len(self.sound))))

    def prompt(self, lang, text):
        """Now and then a list of names that are likely, with or without those that were said."""
        if self.rng.random() > .2 or not self.names[lang]:
            return []
        words = list(self.rng.choice(self.names[lang], int(self.rng.integers(2, 7))))
        said = [n for n in re.findall(r"[A-ZÆØÅА-ЯІЇЄҐ][\w'-]+", text)[:3]]
        if self.rng.random() < .5:
            words += said
        self.rng.shuffle(words)
        return [PREVIOUS] + self.encode(", ".join(words) + ".")[:30]

    def example(self, indices):
        """One sentence, or two with a pause between them; (sound, tokens, where the text's loss begins)."""
        rng, lang = self.rng, self.rows[indices[0]][0]
        parts, texts = [], []
        for i in indices:
            parts += [self.raw(i) * rng.uniform(.7, 1.0), np.zeros(int(rng.uniform(.15, .7) * w.RATE), np.float32)]
            texts.append(self.rows[i][1])
        x = np.concatenate(parts[:-1])
        text = " ".join(texts)
        before = int(rng.uniform(0, .35) * w.RATE)
        x = sounds.heard(rng, x, before, int(rng.uniform(.05, .5) * w.RATE), self.anything)
        return x, self.prompt(lang, text), [w.START, w.LANGUAGE[lang], w.TRANSCRIBE, w.NO_TIMES], self.encode(text) + [w.END]

    def nothing(self, frames):
        lang = ("da", "uk")[int(self.rng.integers(2))]
        length = int(self.rng.uniform(.5, frames / 50 - .5) * w.RATE)
        x = sounds.noise(self.rng, length, None if self.rng.random() < .9 else self.anything)
        x = x / (np.abs(x).max() + 1e-9) * 10 ** self.rng.uniform(-2.5, -.3)
        return x.astype(np.float32), [], [w.START, w.LANGUAGE[lang], w.TRANSCRIBE, w.NO_TIMES], [w.END]

    def other_language(self, frames):
        """Speech in a language of no channel: it teaches which one it is, and nothing about its words."""
        i = int(self.rng.choice(self.foreign))
        x = sounds.heard(self.rng, self.raw(i), int(self.rng.uniform(0, .35) * w.RATE), int(self.rng.uniform(.05, .5) * w.RATE), self.anything)
        return x[: (frames - 16) * 320], [], [w.START, w.LANGUAGE[self.rows[i][0]], w.TRANSCRIBE, w.NO_TIMES], []

    def batches(self):
        """One pass over everything, in batches of one length each."""
        waiting = {f: [] for f in FRAMES}
        others = self.rng.permutation(np.arange(self.main, len(self.rows)))[: int(self.share * self.main)]
        order = self.rng.permutation(np.concatenate([np.arange(self.main), others]))
        used = set(self.foreign)
        for n, i in enumerate(order):
            if i in used:
                continue
            group = [i]
            if self.rng.random() < .15 and len(self.sound[i]) < 4 * w.RATE:
                for j in order[n + 1: n + 40]:
                    if j not in used and self.rows[j][0] == self.rows[i][0] and len(self.sound[j]) < 4 * w.RATE:
                        group.append(j)
                        used.add(j)
                        break
            x, prompt, head, text = self.example(group)
            if len(prompt) + len(head) + len(text) > LONGEST:
                continue
            need = len(x) // 320 + 16
            frames = next((f for f in FRAMES if f >= need), None)
            if frames is None:
                continue
            waiting[frames].append((x, prompt, head, text))
            if len(waiting[frames]) == FRAMES[frames] * self.times:
                for at in range(0, len(waiting[frames]), FRAMES[frames]):
                    chance = self.rng.random()
                    if chance < .3:
                        waiting[frames][at] = self.nothing(frames)
                    elif chance < .7 and self.foreign:
                        waiting[frames][at] = self.other_language(frames)
                yield frames, self.stack(waiting[frames], frames)
                waiting[frames] = []

    def stack(self, items, frames):
        samples = np.zeros((len(items), frames * 320), np.float32)
        longest = max(len(p) + len(h) + len(t) for _, p, h, t in items)
        length = next(n for n in (24, 36, 52, LONGEST) if n >= longest)
        tokens = np.full((len(items), length), w.END)
        target = np.full((len(items), length), -100)
        for k, (x, prompt, head, text) in enumerate(items):
            samples[k, : min(len(x), frames * 320)] = x[: frames * 320]
            row = prompt + head + text
            tokens[k, : len(row)] = row
            begin = len(prompt) + len(head) - 1
            target[k, begin: begin + len(text)] = text
            target[k, len(prompt)] = NO_SPEECH if text == [w.END] else head[1]
        masks = [(int(self.rng.integers(w.BANDS - 12)), int(self.rng.integers(1, 12)), int(self.rng.integers(2 * frames - 24)), int(self.rng.integers(1, 16)))
                 if self.rng.random() < .5 else None for _ in items]
        return torch.from_numpy(samples), masks, torch.from_numpy(tokens), torch.from_numpy(target)


def spectrum(samples, masks, frames):
    """What the encoder gets; SpecAugment, gently."""
    mel = w.log_mel(samples, frames)
    least = mel.amin((1, 2))
    for k, mask in enumerate(masks):
        if mask:
            band, high, at, wide = mask
            mel[k, band: band + high] = least[k]
            mel[k, :, at: at + wide] = least[k]
    return mel


def produce(data, seed, queue):
    """A process that prepares batches; each draws others."""
    torch.set_num_threads(1)
    data.rng = np.random.default_rng(seed)
    while True:
        for batch in data.batches():
            queue.put(batch)


def endless(data, workers, seed):
    """Batches without end, from processes beside this one if there are to be any (begun at once, before a card is touched)."""
    if not workers:
        return (batch for _ in iter(int, 1) for batch in data.batches())
    context = torch.multiprocessing.get_context("fork")           # the sounds are shared, not copied
    queue = context.Queue(2 * workers)
    for number in range(workers):
        context.Process(target=produce, args=(data, seed + 1000 * (number + 1), queue), daemon=True).start()
    return iter(queue.get, None)


def evaluate(model, tokenizer, data, count):
    """Word error rate a language, on clean held-out sentences."""
    wrong, all_words, shown = {"da": 0, "uk": 0}, {"da": 0, "uk": 0}, []
    chosen = [i for l in ("da", "uk") for i in [k for k in range(len(data.rows)) if data.rows[k][0] == l and len(data.sound[k]) < 5.9 * w.RATE][:count]]
    model.eval()
    for start in range(0, len(chosen), 8):
        part = chosen[start: start + 8]
        sound = np.zeros((len(part), 384 * 320), np.float32)
        for k, i in enumerate(part):
            x = data.raw(i)
            sound[k, 1600: 1600 + len(x)] = x
        lang = [data.rows[i][0] for i in part]
        for i, tokens in zip(part, w.transcribe(model, w.log_mel(torch.from_numpy(sound).to(model.token.weight.device), 384), lang, 50)):
            said, got = plain(data.rows[i][1]), plain(tokenizer.decode(tokens))
            wrong[data.rows[i][0]] += distance(said, got)
            all_words[data.rows[i][0]] += len(said)
            shown.append((data.rows[i][1], tokenizer.decode(tokens).strip()))
    figures = {l: round(wrong[l] / max(1, all_words[l]), 3) for l in wrong}
    for lang in w.LANGUAGE:
        figures[f"known as {lang}"] = round(recognised(model, data, lang, count), 3)
    model.train()
    return figures, shown


def recognised(model, data, lang, count):
    """How often the language's own token is the likeliest of all languages."""
    chosen = [k for k in range(len(data.rows)) if data.rows[k][0] == lang and len(data.sound[k]) < 5.9 * w.RATE][:count]
    if not chosen:
        return float("nan")
    sound = np.zeros((len(chosen), 384 * 320), np.float32)
    for k, i in enumerate(chosen):
        x = data.raw(i)
        sound[k, 1600: 1600 + len(x)] = x
    with torch.no_grad():
        hidden = model.decode(torch.full((len(chosen), 1), w.START, device=model.token.weight.device), model.encode(w.log_mel(torch.from_numpy(sound).to(model.token.weight.device), 384)))
        logits = (hidden[:, -1] @ model.token.weight.T)[:, list(w.LANGUAGES)]
    return (logits.argmax(-1) + w.LANGUAGES.start == w.LANGUAGE[lang]).float().mean().item()


def main(a):
    a.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(a.seed)
    tokenizer = Tokenizer.from_file(a.tokenizer)
    spent, steps, state = 0.0, 0, a.out / "state.pt"
    if state.exists():
        saved = torch.load(state, map_location="cpu")
        spent, steps = saved["spent"], saved["steps"]
    data = Data(a.data, tokenizer, a.seed + steps, "train", a.also, a.share, a.times)
    held = Data(a.data, tokenizer, 1, "held-out")
    ready = endless(data, a.workers, a.seed + steps)
    model, layout = w.load(a.init)
    model.to(a.device)
    for part in (model.token, model.conv1, model.conv2):
        part.requires_grad_(False)
    model.where_sound.requires_grad_(False)
    model.where_text.requires_grad_(False)
    trained = [x for x in model.parameters() if x.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=a.rate, betas=(.9, .98), weight_decay=.01, fused=True)
    if state.exists():
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
    print(f"{data.main} + {len(data.rows) - data.main} sentences, {sum(map(len, data.sound)) / w.RATE / 3600:.2f} h; {len(held.rows)} held out; "
          f"{sum(x.numel() for x in trained) / 1e6:.0f} M parameters trained", flush=True)
    if steps == 0 and a.held_out:
        print("before:", evaluate(model, tokenizer, held, a.held_out)[0], flush=True)
    total, begun = a.minutes * 60, time.time()
    looked = saved_at = time.time()
    losses, sentences = [], 0
    for frames, (samples, masks, tokens, target) in ready:
        share = (spent + time.time() - begun) / total
        if share >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = a.rate * min(1, (steps + 1) / 60) * (.03 + .97 * .5 * (1 + math.cos(math.pi * share)))
        tokens, target = tokens.to(a.device), target.to(a.device)
        with torch.autocast(a.device, torch.bfloat16, enabled=a.device != "cpu"):
            hidden = model.decode(tokens[:, :-1], model.encode(spectrum(samples.to(a.device), masks, frames)))
        wanted = torch.cat([target[:, :-1]], 1)
        at = wanted != -100
        logits = hidden[at].float() @ model.token.weight.T
        loss = F.cross_entropy(logits, wanted[at], label_smoothing=.05)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        steps += 1
        sentences += len(tokens)
        losses.append(loss.detach())
        if steps % a.report == 0:
            print(f"step {steps}  {share:.0%}  loss {torch.stack(losses[-40:]).mean().item():.3f}  {sentences / (time.time() - begun):.2f} sentences/s", flush=True)
        if time.time() - saved_at > 300:
            torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "spent": spent + time.time() - begun, "steps": steps}, state)
            saved_at = time.time()
        if a.held_out and time.time() - looked > a.every * 60:
            figures, shown = evaluate(model, tokenizer, held, a.held_out)
            print("held out:", figures, flush=True)
            for said, got in shown[:3] + shown[-3:]:
                print("   ", said, "|", got, flush=True)
            looked = time.time()
    figures = evaluate(model, tokenizer, held, a.held_out)[0] if a.held_out else {}
    w.save(a.out / "model.bin", model, layout)
    json.dump({"held_out": figures, "steps": steps, "sentences": sentences, "minutes": a.minutes, "rate": a.rate, "seed": a.seed},
              open(a.out / "figures.json", "w"), indent=1)
    print("after:", figures, flush=True)


if __name__ == "__main__":
    main(given)
