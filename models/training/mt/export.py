"""A taught translator into the shipped format: `python export.py --taught DIR --model ../../starter/mt --out DIR`.

The graph is the one that `--model` has; only weights change: four bits in blocks of 32 for every linear layer (scores of
pieces included), eight bits for the table of pieces, as they were while it was taught.
"""
import argparse
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

import gemma


def put(tensor, array):
    array = np.asarray(array)
    old = numpy_helper.to_array(tensor)
    assert old.shape == array.shape and old.dtype == array.dtype, (tensor.name, old.shape, array.shape)
    tensor.CopyFrom(numpy_helper.from_array(array, tensor.name))


def scale_by_row(graph, tensors, scales):
    """Every row of the pieces' table gets a scale: one for all of them costs a tenth of the weights' precision."""
    if gemma.ROW_SCALE in tensors:
        put(tensors[gemma.ROW_SCALE], scales)
        return
    at, old = next((i, n) for i, n in enumerate(graph.node) if n.op_type == "DequantizeLinear" and n.input[1] == "model.embed_tokens.weight_scale")
    gather = next(n for n in graph.node if n.output[0] == old.input[0])
    graph.initializer.append(numpy_helper.from_array(scales, gemma.ROW_SCALE))
    graph.initializer.append(numpy_helper.from_array(np.float32(128), "model.embed_tokens.row_zero"))
    ids, name = gather.input[1], "/model/embed_tokens/"
    graph.node.remove(old)
    for node in reversed([
        helper.make_node("Gather", [gemma.ROW_SCALE, ids], [name + "scale"], name + "Scale"),
        helper.make_node("Cast", [old.input[0]], [name + "float"], name + "Cast", to=onnx.TensorProto.FLOAT),
        helper.make_node("Sub", [name + "float", "model.embed_tokens.row_zero"], [name + "centred"], name + "Centre"),
        helper.make_node("Mul", [name + "centred", name + "scale"], [old.output[0]], name + "Rows"),
    ]):
        graph.node.insert(at, node)
    for tensor in [t for t in graph.initializer if t.name in ("model.embed_tokens.weight_scale", "model.embed_tokens.weight_zero_point")]:
        graph.initializer.remove(tensor)


def main(given):
    from transformers import Gemma3ForCausalLM
    state = Gemma3ForCausalLM.from_pretrained(given.taught, dtype=torch.float32).state_dict()
    model = onnx.load(Path(given.model) / "model.onnx")
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for kind, node, name in gemma.nodes(model.graph):
        if kind == "norm":
            target, = (tensors[given] for given in node.input if given in tensors)
            put(target, state[name].numpy() + 1)
            continue
        values, scales = gemma.four_bits(state[name])
        values = (values.numpy() + 8).astype(np.uint8).reshape(values.shape[0], values.shape[1], gemma.BLOCK // 2, 2)
        packed, old = tensors[node.input[1]], tensors[node.input[2]]
        put(packed, (values[..., 0] | values[..., 1] << 4).reshape(numpy_helper.to_array(packed).shape))
        shape = numpy_helper.to_array(old)
        put(old, scales.numpy().reshape(shape.shape).astype(shape.dtype))
    table = state["model.embed_tokens.weight"].numpy()
    scales = np.abs(table).max(1, keepdims=True) / 127
    rows = np.clip(np.round(table / np.maximum(scales, 1e-12)) + 128, 1, 255).astype(np.uint8)
    put(tensors["model.embed_tokens.weight_quantized"], rows)
    scale_by_row(model.graph, tensors, scales.astype(np.float32))
    out = Path(given.out)
    out.mkdir(parents=True, exist_ok=True)
    onnx.save(model, out / "model.onnx")
    for file in ("config.json", "tokenizer.model"):
        shutil.copy(Path(given.model) / file, out / file)
    print(f"{(out / 'model.onnx').stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--taught", required=True)
    p.add_argument("--model", default="../../starter/mt")
    p.add_argument("--out", required=True)
    main(p.parse_args())
