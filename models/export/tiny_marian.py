"""A Marian with the architecture of OPUS-MT's "tc-big" models, small enough to commit, and what the Transformers library
computes with it: `python tiny_marian.py --text PAIRS.tsv --out ../../crates/mt/tests/data/tiny-marian`.

PAIRS.tsv: Danish<TAB>Ukrainian, some thousands of lines; two small SentencePiece models are trained on it, and its last
lines become the test's sources. Some minutes of training teaches it no language, but to write different things for different
sources, as weights at random would not. The seed is fixed; another version of PyTorch gives other weights.
"""
import argparse, json, random, shutil, tempfile
from pathlib import Path

LIMIT = 24                                      # pieces of a target

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--text", required=True, nargs="+")
p.add_argument("--out", required=True, type=Path)
p.add_argument("--pieces", type=int, default=160)
p.add_argument("--steps", type=int, default=1200)
p.add_argument("--sources", type=int, default=60)
a = p.parse_args()     # before what takes long to load, or is not installed yet

import sentencepiece
import torch
from optimum.exporters.onnx import main_export
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

torch.manual_seed(7)
pairs = [line.rstrip("\n").split("\t")[:2] for file in a.text for line in open(file, encoding="utf-8")]
random.Random(7).shuffle(pairs)
work = Path(tempfile.mkdtemp())
numbers = {}
for piece in ("</s>", "<unk>", ">>ukr<<"):
    numbers[piece] = len(numbers)
for column, name in enumerate(("source", "target")):
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([pair[column] for pair in pairs]), model_prefix=str(work / name), vocab_size=a.pieces,
        model_type="unigram", character_coverage=.9999, normalization_rule_name="identity", minloglevel=2)
    (work / f"{name}.model").rename(work / f"{name}.spm")
    model = sentencepiece.SentencePieceProcessor(model_file=str(work / f"{name}.spm"))
    for n in range(model.get_piece_size()):
        if model.id_to_piece(n) not in ("<s>", "</s>", "<unk>"):
            numbers.setdefault(model.id_to_piece(n), len(numbers))
numbers["<pad>"] = len(numbers)
json.dump(numbers, open(work / "vocab.json", "w"), ensure_ascii=False)
pad = numbers["<pad>"]
config = MarianConfig(
    vocab_size=len(numbers), d_model=24, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4, decoder_attention_heads=4,
    encoder_ffn_dim=48, decoder_ffn_dim=48, max_position_embeddings=128, activation_function="relu", scale_embedding=True,
    static_position_embeddings=True, share_encoder_decoder_embeddings=True, init_std=.1, pad_token_id=pad, eos_token_id=0,
    decoder_start_token_id=pad, forced_eos_token_id=None, bad_words_ids=[[pad]], num_beams=1)
model = MarianMTModel(config).eval()
with torch.no_grad():
    model.final_logits_bias.normal_(0, .5)
optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
spoken = sentencepiece.SentencePieceProcessor(model_file=str(work / "source.spm")), sentencepiece.SentencePieceProcessor(model_file=str(work / "target.spm"))
encoded = [[[numbers.get(x, 1) for x in m.encode(t, out_type=str)] for m, t in zip(spoken, pair)] for pair in pairs[:-a.sources]]
encoded = [e for e in encoded if max(map(len, e)) < 60]
model.train()
for step in range(a.steps):
    batch = random.Random(step).sample(encoded, 32)
    width = [max(len(e[k]) for e in batch) + 2 for k in (0, 1)]
    sources = torch.tensor([[2] + e[0] + [0] + [pad] * (width[0] - len(e[0]) - 2) for e in batch])
    targets = torch.tensor([e[1] + [0] + [-100] * (width[1] - len(e[1]) - 1) for e in batch])
    loss = model(input_ids=sources, attention_mask=(sources != pad).long(), labels=targets).loss
    optimizer.zero_grad(); loss.backward(); optimizer.step()
model.eval()
print("loss", round(float(loss), 2))
model.save_pretrained(work)
tokenizer = MarianTokenizer(vocab=str(work / "vocab.json"), source_spm=str(work / "source.spm"), target_spm=str(work / "target.spm"))
tokenizer.save_pretrained(work)

expected = []
for source, _ in pairs[-a.sources:]:
    ids = tokenizer(">>ukr<< " + source, return_tensors="pt")
    out = model.generate(**ids, max_new_tokens=LIMIT, do_sample=False, num_beams=1, output_scores=True, output_logits=True,
                         return_dict_in_generate=True, bad_words_ids=[[pad]])
    written = out.sequences[0, 1:].tolist()
    scores = []
    for token, logits in zip(written, out.logits):
        logits = logits[0].clone()
        logits[pad] = -float("inf")
        scores.append(round(float(torch.log_softmax(logits.float(), -1)[token]), 6))
    target = [token for token in written if token != 0]
    expected.append({"source": source, "source_ids": ids["input_ids"][0, 1:-1].tolist(), "target_ids": target, "scores": scores,
                     "text": tokenizer.spm_target.decode_pieces([p for p in tokenizer.convert_ids_to_tokens(target) if p != "<unk>" and not p.startswith(">>")])})
main_export(str(work), output=work / "onnx", task="text2text-generation-with-past")
a.out.mkdir(parents=True, exist_ok=True)
for name in ("encoder_model.onnx", "decoder_model_merged.onnx", "config.json", "vocab.json", "source.spm", "target.spm", "tokenizer_config.json"):
    shutil.copy(work / "onnx" / name, a.out / name)
json.dump(expected, open(a.out / "expected.json", "w"), ensure_ascii=False, indent=0)
print(len(numbers), "pieces;", len(expected), "sources;", len({e["text"] for e in expected}), "different targets")
