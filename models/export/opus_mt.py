"""A public OPUS-MT model as `tolkebot` reads it: `python opus_mt.py Helsinki-NLP/opus-mt-tc-big-gmq-zle --out DIR`.

Needs the internet (the model comes from its public hub) or a folder that was downloaded before. Optimum exports the
encoder and the merged decoder with its key-value cache; linear weights become int8 unless --float is given. At the end
the sizes and digests for `models/manifest.toml` are printed.

  da → uk: Helsinki-NLP/opus-mt-tc-big-gmq-zle        uk → da: Helsinki-NLP/opus-mt-tc-big-zle-gmq        (CC-BY-4.0)
"""
import argparse, hashlib, json, shutil, tempfile
from pathlib import Path

GRAPHS = ("encoder_model.onnx", "decoder_model_merged.onnx")
OTHERS = ("config.json", "vocab.json", "source.spm", "target.spm", "tokenizer_config.json")

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("model", help="name at the hub, or a folder with the model in the Transformers library's format")
p.add_argument("--out", required=True, type=Path)
p.add_argument("--float", action="store_true", help="leave the weights as they are: four times as large")
a = p.parse_args()     # before what takes long to load, or is not installed yet

from onnxruntime.quantization import QuantType, quantize_dynamic
from optimum.exporters.onnx import main_export

work = Path(tempfile.mkdtemp())
main_export(a.model, output=work, task="text2text-generation-with-past")
config = json.load(open(work / "config.json"))
if config.get("model_type") != "marian":
    raise SystemExit(f"{a.model} is of the family `{config.get('model_type')}`, not `marian`")
numbers = json.load(open(work / "vocab.json"))
if not {">>ukr<<", ">>dan<<"} & set(numbers):
    print("warning: no piece asks for Danish or Ukrainian: tokenizer_config.json must name the target (`uk` or `da`)")
a.out.mkdir(parents=True, exist_ok=True)
for name in GRAPHS:
    if a.float:
        shutil.copy(work / name, a.out / name)
    else:
        quantize_dynamic(work / name, a.out / name, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
                         extra_options={"EnableSubgraph": True})
for name in OTHERS:
    shutil.copy(work / name, a.out / name)
for name in GRAPHS + OTHERS:
    data = (a.out / name).read_bytes()
    print(f'{{ name = "{name}", size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}" }},')
shutil.rmtree(work)
