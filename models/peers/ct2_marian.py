"""Pieces a second of CTranslate2 with a Marian, greedy, one sentence after the other: `python ct2_marian.py --model DIR --ct2 DIR < lines.txt`.

Compare with `cargo run --release -p tolkebot-mt --example speed` and the same model for ONNX Runtime. As many pieces are written for a
sentence as the product would allow, so the model must be one that never ends (`marian_at_random.py`).
"""
import argparse
import statistics
import sys
import time
from pathlib import Path

import ctranslate2
import sentencepiece


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--model", type=Path, required=True, help="folder with source.spm")
    options.add_argument("--ct2", type=Path, required=True, help="the same model, converted")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--beam", type=int, default=1)
    args = options.parse_args()
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(args.model / "source.spm"))
    translator = ctranslate2.Translator(str(args.ct2), device="cpu", inter_threads=1, intra_threads=args.threads, compute_type="int8")
    written, whole = 0, []
    for line in sys.stdin:
        source = pieces.encode(line.strip(), out_type=str)
        limit = 2 * len(source) + 16
        begun = time.perf_counter()
        answer = translator.translate_batch(
            [[">>ukr<<", *source, "</s>"]], beam_size=args.beam, min_decoding_length=limit, max_decoding_length=limit)
        whole.append((time.perf_counter() - begun) * 1000)
        written += len(answer[0].hypotheses[0])
    whole.sort()
    at = lambda share: whole[int((len(whole) - 1) * share)]
    print(f"{len(whole)} lines, {written} pieces: {written * 1000 / sum(whole):.0f} pieces/s, reading included; "
          f"a line {statistics.median(whole):.0f} ms p50, {at(0.95):.0f} p95")


if __name__ == "__main__":
    main()
