"""Pieces a second of llama.cpp with the translator's own weights, greedy, one sentence after the other.

    python llama_cpp_translate.py --gguf starter.gguf --model ../starter/mt --to uk --threads 1 < lines.txt

Compare with `cargo run --release -p tolkebot-mt --example speed`. llama.cpp comes from PyPI's `xllamacpp`, built ahead for x86-64.
Nothing is kept between sentences. Prints the translations with --text, then one line of figures.
"""
import argparse
import json
import statistics
import sys
import time
from pathlib import Path

import sentencepiece
import xllamacpp


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gguf", type=Path, required=True)
    options.add_argument("--model", type=Path, required=True, help="the folder that the GGUF was made of")
    options.add_argument("--to", choices=["da", "uk"], required=True)
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--text", action="store_true")
    args = options.parse_args()
    marks = json.loads((args.model / "config.json").read_text())
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(args.model / "tokenizer.model"))

    params = xllamacpp.CommonParams()
    params.model.path = str(args.gguf)
    params.n_ctx = 1024
    params.n_parallel = 1
    params.warmup = True
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = args.threads
    server = xllamacpp.Server(params)

    written, generating, reading, read, whole = 0, 0.0, 0.0, 0, []
    for line in sys.stdin:
        prompt = [marks["bos"]] + pieces.encode(line.strip()) + [marks["to_" + args.to]]
        begun = time.perf_counter()
        answer = server.handle_completions({
            "prompt": prompt, "n_predict": 96, "temperature": 0, "samplers": ["top_k"], "top_k": 1, "cache_prompt": False,
            "return_tokens": True})
        whole.append((time.perf_counter() - begun) * 1000)
        answer = answer if isinstance(answer, dict) else json.loads(answer)
        timings = answer["timings"]
        written += timings["predicted_n"]
        generating += timings["predicted_ms"]
        read += timings["prompt_n"]
        reading += timings["prompt_ms"]
        if args.text:
            print(answer.get("content") or answer["choices"][0]["text"])
    whole.sort()
    print(f"{len(whole)} lines, {written} pieces: {1000 * written / generating:.0f} pieces/s written, "
          f"{1000 * read / reading:.0f} read; a line {statistics.median(whole):.0f} ms p50, "
          f"{whole[int(len(whole) * 0.95)]:.0f} p95")


if __name__ == "__main__":
    main()
