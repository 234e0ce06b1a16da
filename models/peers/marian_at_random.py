"""A Marian of OPUS-MT's large architecture with weights at random: as fast as the public one, whatever it writes.

    python marian_at_random.py --text LINES --out marian
    python ../export/opus_mt.py marian --out marian-onnx
    ct2-transformers-converter --model marian --quantization int8 --output_dir marian-ct2
    python ct2_marian.py --model marian --ct2 marian-ct2 --threads 1 < lines.txt

Layers and widths are those of `opus-mt-tc-big`, the vocabulary has as many pieces. The end is never written, so that every engine
writes as many pieces as it may. LINES: text of any kind, one sentence a line; two small SentencePiece models are made of it, and
the rest of the vocabulary is names that no text has.
"""
import argparse
import json
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

PIECES = 57_000
SPOKEN = 6_000


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--text", type=Path, required=True, nargs="+")
    options.add_argument("--out", type=Path, required=True)
    args = options.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    lines = [line for file in args.text for line in file.read_text(encoding="utf-8").splitlines()]
    numbers = {piece: number for number, piece in enumerate(("</s>", "<unk>", ">>ukr<<", ">>dan<<"))}
    for name in ("source", "target"):
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines), model_prefix=str(args.out / name), vocab_size=SPOKEN, model_type="unigram",
            normalization_rule_name="identity", minloglevel=2)
        (args.out / f"{name}.model").rename(args.out / f"{name}.spm")
        model = sentencepiece.SentencePieceProcessor(model_file=str(args.out / f"{name}.spm"))
        for number in range(len(model)):
            numbers.setdefault(model.id_to_piece(number), len(numbers))
    while len(numbers) < PIECES - 1:
        numbers[f"nobody{len(numbers)}"] = len(numbers)
    numbers["<pad>"] = len(numbers)
    (args.out / "vocab.json").write_text(json.dumps(numbers, ensure_ascii=False), encoding="utf-8")
    pad = numbers["<pad>"]
    config = MarianConfig(
        vocab_size=len(numbers), d_model=1024, encoder_layers=6, decoder_layers=6, encoder_attention_heads=16,
        decoder_attention_heads=16, encoder_ffn_dim=4096, decoder_ffn_dim=4096, max_position_embeddings=1024,
        activation_function="relu", scale_embedding=True, static_position_embeddings=True, init_std=0.03,
        share_encoder_decoder_embeddings=True, pad_token_id=pad, eos_token_id=0, decoder_start_token_id=pad,
        forced_eos_token_id=None, bad_words_ids=[[pad]], num_beams=1)
    model = MarianMTModel(config).eval()
    with torch.no_grad():
        model.final_logits_bias[0, 0] = -1e4        # no end
        for layer in model.model.decoder.layers:    # without this the same piece is written again and again, and the product stops
            layer.encoder_attn.out_proj.weight *= 0.1
            layer.self_attn.out_proj.weight *= 0.1
            layer.fc2.weight *= 3
            layer.fc2.weight -= layer.fc2.weight.mean(1, keepdim=True)
    model.save_pretrained(args.out)
    tokenizer = MarianTokenizer(
        vocab=str(args.out / "vocab.json"), source_spm=str(args.out / "source.spm"), target_spm=str(args.out / "target.spm"))
    tokenizer.save_pretrained(args.out)
    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.0f} million weights, {len(numbers)} pieces")


if __name__ == "__main__":
    main()
