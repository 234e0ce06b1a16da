"""Teach the translator: `python train.py --out DIR --minutes N`.

Goes on from --init (a checkpoint of this script) or from the shipped model. The files in --written are read anew every
round. Loss on the target's pieces only. From the middle on, every layer multiplies with its four-bit weights, so that what is
taught is what will be shipped.
"""
import argparse
import contextlib
import math
import random
import time
from pathlib import Path

def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--corpus", default="corpus", help="folder with authored/ and perhaps dialogues/, collected/")
    p.add_argument("--domain", default="../../../crates/values/data", type=Path, help="tables of numerals, months, streets, postal codes")
    p.add_argument("--conversations", default="../../../crates/form/tests/data", help="conversations with translations; whole files are held out")
    p.add_argument("--written", nargs="+", default=["data"])
    p.add_argument("--model", default="../../starter/mt")
    p.add_argument("--init")
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=120)
    p.add_argument("--pieces", type=int, default=0, help="how many pieces to teach, instead of how long: may be paused on the way")
    p.add_argument("--lr", type=float, default=1.2e-4)
    p.add_argument("--frozen", type=int, default=0, help="lowest layers that stay as they are: cheaper by two thirds of their share")
    p.add_argument("--warm", type=int, default=20)
    p.add_argument("--tokens", type=int, default=1000, help="of a step, padding included")
    p.add_argument("--round", type=int, default=2000, help="pairs of a round")
    p.add_argument("--new", type=float, default=0.7, help="share of a round for written pairs never taught before, both ways")
    p.add_argument("--again", type=float, default=0.25, help="share of written pairs taught before")
    p.add_argument("--counter", type=float, default=0.5)
    p.add_argument("--everyday", type=float, default=0.12)
    p.add_argument("--software", type=float, default=0.03)
    p.add_argument("--values", type=float, default=0.1)
    p.add_argument("--round-from", type=float, default=0.4, help="share of the time before four-bit weights are used")
    p.add_argument("--save", type=float, default=10, help="minutes between checkpoints")
    p.add_argument("--device", default="cpu", help="cuda for a graphics card")
    p.add_argument("--compile", action="store_true", help="a fifth faster on a processor")
    p.add_argument("--workers", type=int, default=0, help="processes that prepare batches beside the training")
    p.add_argument("--draw", action="store_true", help="every round drawn by share alone")
    p.add_argument("--join", type=float, default=0, help="share of pairs that are joined with another")
    p.add_argument("--dropout", type=float, default=0)
    p.add_argument("--smoothing", type=float, default=0.05)
    p.add_argument("--look", type=float, default=0, help="minutes between looks at the held-out sentences; 0: none")
    p.add_argument("--report", type=float, default=60, help="seconds between lines")
    p.add_argument("--seed", type=int, default=21)
    return p.parse_args()


if __name__ == "__main__":
    given = arguments()     # before what takes long to load, or is not installed yet

import torch

import gemma
import texts
from spoken_values import SpokenValues

LENGTHS = (24, 36, 52, 76, 108, 204)      # of an example with its padding: few shapes, or kernels are planned without end


class Examples:
    """Endless batches of (length, [(source pieces, target pieces)])."""

    def __init__(self, given, pieces):
        self.given, self.pieces, self.rng = given, pieces, random.Random(given.seed)
        self.counter, _ = texts.counter(given.corpus)
        self.counter += texts.conversations(given.conversations)[0]
        self.everyday, self.software = texts.collected(given.corpus)
        self.values = SpokenValues(given.domain, given.seed)
        self.once = set()

    def round(self):
        """A few thousand pairs: those not taught yet first, the rest drawn by share."""
        g, rng = self.given, self.rng
        written = []
        for folder in g.written:
            written += texts.written(folder)[0]
        new = [pair for pair in written if pair not in self.once]
        rng.shuffle(new)
        new = new[:int(g.round * g.new)]
        self.once.update(new)
        left = g.round - len(new)
        pairs = [(pair, True) for pair in new]
        if g.draw:                               # a card sees everything many times: what is new needs no place of its own
            pairs, left = [], g.round
        for pool, share in ((written, g.again), (self.counter, g.counter), (self.everyday, g.everyday), (self.software, g.software)):
            pairs += [(pair, False) for pair in rng.sample(pool, min(len(pool), int(left * share)))]
        if g.join:
            pairs = [((self.joined(pair, written), both) if rng.random() < g.join else (pair, both)) for pair, both in pairs]
        pairs += [(self.values.pair(), False) for _ in range(int(left * g.values))]
        rng.shuffle(pairs)
        return pairs

    def joined(self, pair, pool):
        """Two sentences in one go: what people say does not end at a full stop."""
        other = self.rng.choice(pool if self.rng.random() < 0.3 else self.counter)
        if len(pair[0]) + len(other[0]) > 220 or pair[0][-1:] not in ".?!" or pair[1][-1:] not in ".?!":
            return pair
        return f"{pair[0]} {other[0]}", f"{pair[1]} {other[1]}"

    def example(self, danish, ukrainian, to):
        if self.rng.random() < 0.5:
            danish, ukrainian = texts.other_digits(danish, ukrainian, self.rng)
        (source, target), spoken = ((danish, ukrainian), "da") if to == "uk" else ((ukrainian, danish), "uk")
        if self.rng.random() < 0.15:
            source = texts.as_recognised(source, spoken, self.rng)
        p = self.pieces
        return [p.bos] + p.encode(source)[:100] + [p.to[to]], p.encode(target)[:100] + [p.eos]

    def batches(self):
        waiting = {length: [] for length in LENGTHS}
        while True:
            for (danish, ukrainian), both in self.round():
                first = self.rng.choice(("uk", "da"))
                for to in (first, "da" if first == "uk" else "uk")[:2 if both else 1]:
                    x, y = self.example(danish, ukrainian, to)
                    length = next((n for n in LENGTHS if len(x) + len(y) <= n), None)
                    if length is None:
                        continue
                    waiting[length].append((x, y))
                    if len(waiting[length]) == max(1, self.given.tokens // length):
                        yield length, waiting[length]
                        waiting[length] = []


def tensors(length, batch, pad):
    """(ids, labels) of a batch, padded on the right."""
    ids, labels = torch.full((len(batch), length), pad), torch.full((len(batch), length), -100)
    for row, (x, y) in enumerate(batch):
        end = len(x) + len(y)
        ids[row, :end], labels[row, len(x) - 1:end - 1] = torch.tensor(x + y), torch.tensor(y)
    return ids, labels


def produce(given, number, queue):
    """A process that prepares batches; each draws others."""
    torch.set_num_threads(1)
    given.seed += 1000 * number
    pieces = gemma.Pieces(given.model)
    for length, batch in Examples(given, pieces).batches():
        queue.put(tensors(length, batch, pieces.pad))


def batches(given, pieces):
    """Endless (ids, labels), from processes beside this one if there are to be any (begun at once, before a card is touched)."""
    if not given.workers:
        return (tensors(length, batch, pieces.pad) for length, batch in Examples(given, pieces).batches())
    context = torch.multiprocessing.get_context("fork")
    queue = context.Queue(6 * given.workers)
    for number in range(1, given.workers + 1):
        context.Process(target=produce, args=(given, number, queue), daemon=True).start()
    return iter(queue.get, None)


def drop(model, share):
    """Leaves out `share` of what every attention and every feed-forward layer adds, while it is taught."""
    for layer in model.model.layers:
        for part in (layer.self_attn.o_proj, layer.mlp.down_proj):
            part.register_forward_hook(lambda module, _, out: torch.nn.functional.dropout(out, share, module.training))


class Held:
    """Sentences that are never taught: which weights are the best is decided by them, not by loss."""

    def __init__(self, given, pieces):
        self.pieces, rng = pieces, random.Random(3)
        spoken = [pair for pair in texts.conversations(given.conversations)[1] if 20 < len(pair[0]) < 200]
        self.sets = {"conversations": rng.sample(spoken, min(len(spoken), 160)), "counter": texts.counter(given.corpus)[1]}
        for kind in ("everyday", "news", "names", "knowledge"):
            held = [pair for folder in given.written for pair in texts.written(folder, kind)[1]]
            self.sets[kind] = rng.sample(held, min(len(held), 100))

    def look(self, model):
        """chrF of greedy translations, of each kind of text and direction; the mean of the conversations' two."""
        import sacrebleu
        figures = {}
        for name, pairs in self.sets.items():
            for to, source, target in (("uk", 0, 1), ("da", 1, 0)):
                out = gemma.translate(model, self.pieces, [pair[source] for pair in pairs], to, batch=200)
                figures[f"{name} {to}"] = round(sacrebleu.corpus_chrf(out, [[pair[target] for pair in pairs]]).score, 1)
        return figures, (figures["conversations uk"] + figures["conversations da"]) / 2


def compile_layers(model):
    """Fuses what lies between a layer's products. The layers are alike: one compilation, of 20 seconds for each of LENGTHS, serves
    all of one kind, where the model as a whole takes two minutes."""
    torch._dynamo.config.recompile_limit = 4 * len(LENGTHS)
    for layer in model.model.layers:
        layer.compile(dynamic=False)


def halves(device):
    """Whether multiplying in bfloat16 is quicker here: on a card always, on a processor that has instructions for it."""
    return device != "cpu" or torch.ops.mkldnn._is_mkldnn_bf16_supported()


def main(given):
    from transformers import Gemma3ForCausalLM
    torch.manual_seed(given.seed)
    pieces = gemma.Pieces(given.model)
    ready = batches(given, pieces)
    model = Gemma3ForCausalLM.from_pretrained(given.init, dtype=torch.float32, attn_implementation="sdpa") if given.init else gemma.from_onnx(given.model)
    model.to(given.device).train()
    if given.dropout:
        drop(model, given.dropout)
    for layer in model.model.layers[:given.frozen]:
        layer.requires_grad_(False)
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=given.lr, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    if given.compile:
        compile_layers(model)
    held = Held(given, pieces) if given.look else None
    started = reported = saved = looked = time.time()
    step = seen = best = 0
    rounding, average = contextlib.nullcontext(), None
    if held:
        print("before:", held.look(model)[0], flush=True)
    for ids, labels in ready:
        passed = seen / given.pieces if given.pieces else (time.time() - started) / (given.minutes * 60)
        if passed >= 1:
            break
        if passed >= given.round_from and not isinstance(rounding, gemma.Rounding):
            rounding = gemma.Rounding(model, given.compile)
        step += 1
        for group in optimiser.param_groups:
            group["lr"] = given.lr * min(1, step / given.warm) * (0.95 * 0.5 * (1 + math.cos(math.pi * passed)) + 0.05)
        seen += int((ids != pieces.pad).sum())
        ids, labels = ids.to(given.device), labels.to(given.device).view(-1)
        wanted = (labels != -100).nonzero().view(-1)
        optimiser.zero_grad()
        with rounding:
            with torch.autocast(given.device, torch.bfloat16, enabled=halves(given.device)):
                inputs = model.model.embed_tokens(ids)
                if given.frozen:
                    inputs = inputs.detach()      # nothing below the lowest layer that learns needs a gradient
                hidden = model.model(inputs_embeds=inputs, use_cache=False).last_hidden_state    # padding is on the right: causal attention hides it
                logits = model.lm_head(hidden.reshape(-1, hidden.shape[-1])[wanted])
            loss = torch.nn.functional.cross_entropy(logits.float(), labels[wanted], label_smoothing=given.smoothing)
            loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 20 == 1:
            average = loss.item() if average is None else 0.7 * average + 0.3 * loss.item()
        if time.time() - reported > given.report:
            reported = time.time()
            print(f"{(reported - started) / 60:.1f} min, step {step}, loss {average:.3f}, {seen} tokens, {seen / (reported - started):.0f} a second", flush=True)
        if time.time() - saved > given.save * 60:
            saved = time.time()
            model.save_pretrained(given.out)
        if held and time.time() - looked > given.look * 60:
            with rounding:
                figures, mean = held.look(model)
            four = isinstance(rounding, gemma.Rounding)
            print(f"{passed:.0%}:", figures, "in four bits" if four else "whole weights", flush=True)
            looked = time.time()
            if four and mean > best:
                best = mean
                model.save_pretrained(given.out + "-best")
    if held:
        with rounding:
            figures, mean = held.look(model)
        print("after:", figures, "" if mean >= best else f"better before: {given.out}-best", flush=True)
    model.save_pretrained(given.out)
    print(f"{step} steps, {seen} tokens, loss {average:.3f}")


if __name__ == "__main__":
    main(given)
