"""Kokoro's 8-bit ONNX graph run by PyTorch, so that a graphics card can speak: `Graph(path, device)(tokens, style, speed)`.

Only the operators that this graph has. Numbers are kept in float32: what the graph quantises on the way stays as it is
(`DynamicQuantizeLinear` hands its input on with scale 1), weights are taken out of their eight bits once. The sound equals
ONNX Runtime's but for that rounding and the order in which floats are added.
"""
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional as F

KINDS = {1: torch.float32, 6: torch.int32, 7: torch.int64, 9: torch.bool, 10: torch.float32, 11: torch.float32, 3: torch.float32, 2: torch.float32}


def whole(t):
    """A list of integers out of a small tensor."""
    return [int(x) for x in t.reshape(-1).tolist()]


class Graph:
    def __init__(self, path, device):
        graph = onnx.load(path).graph
        self.device = device
        self.given = {t.name: self.tensor(numpy_helper.to_array(t)) for t in graph.initializer}
        self.nodes, self.unpacked_once = [], {}
        for node in graph.node:
            attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            run = getattr(self, "op_" + node.op_type.lower(), None)
            if run is None:
                raise SystemExit(f"{path}: the operator {node.op_type} is not known here")
            self.nodes.append((run, attributes, list(node.input), list(node.output)))
        last = {}
        for at, (_, _, inputs, _) in enumerate(self.nodes):
            for name in inputs:
                last[name] = at
        self.done = [[n for n in set(inputs) if last[n] == at and n not in self.given] for at, (_, _, inputs, _) in enumerate(self.nodes)]
        self.result = graph.output[0].name

    def tensor(self, array):
        t = torch.from_numpy(np.array(array))
        return t.to(self.device)

    @torch.no_grad()
    def __call__(self, tokens, style, speed):
        values = dict(self.given)
        for name, array in (("tokens", tokens), ("style", style), ("speed", speed)):
            values[name] = self.tensor(array)
        values[""] = None
        for (run, attributes, inputs, outputs), done in zip(self.nodes, self.done):
            self.names = inputs
            given = [values[n] for n in inputs]
            if run.__name__ == "<lambda>" and len({t.device.type for t in given if t is not None}) > 1:
                given = [t.to(self.device) for t in given]          # shapes are worked out beside the card
            out = run(attributes, *given)
            for name, value in zip(outputs, out if isinstance(out, tuple) else (out,)):
                values[name] = value
            for name in done:
                if name != self.result and name:
                    values.pop(name, None)
        return values[self.result].float().cpu().numpy()

    # ------------------------------------------------------------ arithmetic
    op_mul = staticmethod(lambda a, x, y: x * y)
    op_add = staticmethod(lambda a, x, y: x + y)
    op_sub = staticmethod(lambda a, x, y: x - y)
    op_pow = staticmethod(lambda a, x, y: x ** y)
    op_sqrt = staticmethod(lambda a, x: x.sqrt())
    op_sin = staticmethod(lambda a, x: x.sin())
    op_cos = staticmethod(lambda a, x: x.cos())
    op_exp = staticmethod(lambda a, x: x.exp())
    op_tanh = staticmethod(lambda a, x: x.tanh())
    op_atan = staticmethod(lambda a, x: torch.where(x.isnan(), 0.0, x).atan())      # 0 / 0: the phase of nothing
    op_floor = staticmethod(lambda a, x: x.floor())
    op_round = staticmethod(lambda a, x: x.round())
    op_sigmoid = staticmethod(lambda a, x: x.sigmoid())
    op_equal = staticmethod(lambda a, x, y: x == y)
    op_greater = staticmethod(lambda a, x, y: x > y)
    op_greaterorequal = staticmethod(lambda a, x, y: x >= y)
    op_less = staticmethod(lambda a, x, y: x < y)
    op_and = staticmethod(lambda a, x, y: x & y)
    op_where = staticmethod(lambda a, c, x, y: torch.where(c, x, y))
    op_cast = staticmethod(lambda a, x: x.to(KINDS[a["to"]]))
    op_leakyrelu = staticmethod(lambda a, x: F.leaky_relu(x, a.get("alpha", .01)))
    op_softmax = staticmethod(lambda a, x: x.softmax(a.get("axis", -1)))
    op_matmul = staticmethod(lambda a, x, y: x @ y)

    @staticmethod
    def op_div(a, x, y):
        x, y = (x, y) if x.device == y.device else (x.to(max(x.device, y.device, key=str)), y.to(max(x.device, y.device, key=str)))
        return x / y if x.is_floating_point() else torch.div(x, y, rounding_mode="trunc")

    @staticmethod
    def op_fusedmatmul(a, x, y):
        x = x.transpose(-1, -2) if a.get("transA") else x
        y = y.transpose(-1, -2) if a.get("transB") else y
        return a.get("alpha", 1.0) * (x @ y)

    @staticmethod
    def op_clip(a, x, low=None, high=None):
        return x.clamp(low if low is None else low.item(), high if high is None else high.item())

    @staticmethod
    def op_fastgelu(a, x, bias=None):
        return F.gelu(x if bias is None else x + bias, approximate="tanh")

    @staticmethod
    def op_layernormalization(a, x, weight, bias=None):
        return F.layer_norm(x, x.shape[a.get("axis", -1):] if a.get("axis", -1) < 0 else x.shape[a["axis"]:], weight, bias, a.get("epsilon", 1e-5))

    @staticmethod
    def op_skiplayernormalization(a, x, skip, weight, bias=None, more=None):
        x = x + skip + (0 if more is None else more)
        return F.layer_norm(x, x.shape[-1:], weight, bias, a.get("epsilon", 1e-12)), None, None, x

    @staticmethod
    def op_reducemean(a, x, axes=None):
        axes = whole(axes) if axes is not None else a.get("axes")
        return x.mean(axes, keepdim=bool(a.get("keepdims", 1)))

    @staticmethod
    def op_reducesum(a, x, axes=None):
        axes = whole(axes) if axes is not None else a.get("axes")
        return x.sum(axes, keepdim=bool(a.get("keepdims", 1)))

    @staticmethod
    def op_cumsum(a, x, axis):
        return x.cumsum(int(axis))

    # ------------------------------------------------------------ eight bits
    def op_dynamicquantizelinear(self, a, x):
        return x, torch.ones((), device=x.device), torch.zeros((), device=x.device)

    def unpacked(self, name, weight, zero):
        """A weight without its zero point, as float; worked out once."""
        key = name + "|float"
        if key not in self.unpacked_once:
            self.unpacked_once[key] = weight.float() - (0 if zero is None else zero.float())
        return self.unpacked_once[key]

    def op_matmulinteger(self, a, x, weight, x_zero=None, zero=None):
        if self.names[1] not in self.given:
            return x @ (weight if zero is None else weight - zero)
        if zero is not None and zero.ndim == 1 and zero.numel() > 1:
            zero = zero[None, :]
        return x @ self.unpacked(self.names[1], weight, zero)

    def op_convinteger(self, a, x, weight, x_zero=None, zero=None):
        w = self.unpacked(self.names[1], weight, zero if zero is None or zero.numel() == 1 else zero.reshape(-1, 1, 1))
        return self.op_conv(a, x, w)

    @staticmethod
    def op_dequantizelinear(a, x, scale, zero=None):
        return (x.float() - (0 if zero is None else zero.float())) * scale

    def op_dynamicquantizelstm(self, a, x, w, r, bias, lengths, h, c, peephole, w_scale, w_zero, r_scale, r_zero):
        key = self.names[1]
        if key not in self.unpacked_once:
            hidden, size = a["hidden_size"], x.shape[-1]
            net = torch.nn.LSTM(size, hidden, bidirectional=True).to(self.device).eval()
            for way, tail in ((0, ""), (1, "_reverse")):
                for weight, scale, zero, name in ((w, w_scale, w_zero, "weight_ih_l0"), (r, r_scale, r_zero, "weight_hh_l0")):
                    one = lambda t: t[way] if t.ndim and t.shape[0] == 2 else t.reshape(-1)[0] if t.numel() == 1 else t
                    # ONNX: [input, 4 hidden], gates i o f c; PyTorch: [4 hidden, input], gates i f g o.
                    m = ((weight[way].float() - one(zero).float()) * one(scale)).T
                    i, o, f, g = m.chunk(4)
                    getattr(net, name + tail).copy_(torch.cat([i, f, g, o]))
                for part, name in ((bias[way][: 4 * hidden], "bias_ih_l0"), (bias[way][4 * hidden:], "bias_hh_l0")):
                    i, o, f, g = part.chunk(4)
                    getattr(net, name + tail).copy_(torch.cat([i, f, g, o]))
            net.flatten_parameters()
            self.unpacked_once[key] = net
        net = self.unpacked_once[key]
        out, (hn, cn) = net(x)
        length, batch, _ = out.shape
        return out.view(length, batch, 2, -1).transpose(1, 2), hn, cn

    # ------------------------------------------------------------ shapes
    op_shape = staticmethod(lambda a, x: torch.tensor(x.shape, dtype=torch.int64, device="cpu"))
    op_transpose = staticmethod(lambda a, x: x.permute(a["perm"]))

    def op_constantofshape(self, a, shape):
        fill = torch.from_numpy(numpy_helper.to_array(a["value"]).copy() if "value" in a else np.zeros(1, np.float32))
        out = torch.full(whole(shape), fill.item(), dtype=fill.dtype)
        return out if out.dtype == torch.int64 and out.numel() <= 8 else out.to(self.device)

    @staticmethod
    def op_unsqueeze(a, x, axes):
        axes = whole(axes)
        rank = x.ndim + len(axes)
        for axis in sorted(n % rank for n in axes):
            x = x.unsqueeze(axis)
        return x

    @staticmethod
    def op_squeeze(a, x, axes=None):
        return x.squeeze() if axes is None else x.squeeze(tuple(whole(axes)))

    @staticmethod
    def op_reshape(a, x, shape):
        shape = whole(shape)
        return x.reshape([x.shape[i] if n == 0 else n for i, n in enumerate(shape)])

    @staticmethod
    def op_expand(a, x, shape):
        return x * torch.ones(whole(shape), dtype=x.dtype, device=x.device) if x.dtype != torch.bool else x.expand(whole(shape))

    def op_gather(self, a, x, at):
        axis = a.get("axis", 0)
        if at.ndim == 0:
            return x.select(axis, int(at))
        flat = x.index_select(axis % x.ndim, at.reshape(-1).to(x.device) % x.shape[axis])
        return flat.reshape(*x.shape[: axis % x.ndim], *at.shape, *x.shape[axis % x.ndim + 1:])

    @staticmethod
    def op_split(a, x, parts=None):
        axis = a.get("axis", 0)
        if parts is None:
            count = a["num_outputs"]
            return tuple(x.chunk(count, axis))
        return tuple(x.split(whole(parts), axis))

    def op_concat(self, a, *xs):
        places = {x.device.type for x in xs}
        if len(places) > 1:                     # shapes are worked out beside the card
            xs = [x.cpu() for x in xs]
        return torch.cat(xs, a["axis"])

    @staticmethod
    def op_slice(a, x, starts, ends, axes=None, steps=None):
        starts, ends = whole(starts), whole(ends)
        axes = whole(axes) if axes is not None else list(range(len(starts)))
        steps = whole(steps) if steps is not None else [1] * len(starts)
        for begin, end, axis, step in zip(starts, ends, axes, steps):
            size = x.shape[axis]
            begin, end = (n + size if n < 0 else n for n in (begin, end))
            if step > 0:
                index = [slice(None)] * x.ndim
                index[axis] = slice(max(0, begin), min(end, size), step)
                x = x[tuple(index)]
            else:
                order = list(range(min(begin, size - 1), max(end, -1), step))
                x = x.index_select(axis, torch.tensor(order, device=x.device))
        return x

    def op_range(self, a, begin, end, step):
        return torch.arange(begin.item(), end.item(), step.item(), device=self.device)

    def op_nonzero(self, a, x):
        return x.nonzero().T

    @staticmethod
    def op_scatternd(a, x, at, new):
        x = x.clone() if x.device == new.device else x.to(new.device)
        x[tuple(at.to(x.device).unbind(-1))] = new.to(x.device)
        return x

    @staticmethod
    def op_pad(a, x, pads, value=None, axes=None):
        pads = whole(pads)
        rank = len(pads) // 2
        sides = [n for axis in reversed(range(rank)) for n in (pads[axis], pads[axis + rank])]
        mode = a.get("mode", b"constant").decode()
        if mode == "constant":
            return F.pad(x, sides, value=0. if value is None else value.item())
        while sides[-2:] == [0, 0]:
            sides = sides[:-2]
        return F.pad(x[None], sides, mode=mode)[0] if x.ndim == 2 else F.pad(x, sides, mode=mode)

    # ------------------------------------------------------------ sound
    @staticmethod
    def op_conv(a, x, weight, bias=None):
        pads = a.get("pads", [0, 0])
        if pads[0] != pads[1]:
            x, pads = F.pad(x, (pads[0], pads[1])), [0]
        return F.conv1d(x, weight, bias, a.get("strides", [1])[0], pads[0], a.get("dilations", [1])[0], a.get("group", 1))

    @staticmethod
    def op_convtranspose(a, x, weight, bias=None):
        return F.conv_transpose1d(x, weight, bias, a.get("strides", [1])[0], a.get("pads", [0])[0],
                                  a.get("output_padding", [0])[0], a.get("group", 1), a.get("dilations", [1])[0])

    @staticmethod
    def op_resize(a, x, roi=None, scales=None, sizes=None):
        size = int(x.shape[-1] * float(scales.reshape(-1)[-1])) if sizes is None else whole(sizes)[-1]
        if a["mode"] == b"nearest":
            times = size // x.shape[-1]
            return x.repeat_interleave(times, -1) if times * x.shape[-1] == size else F.interpolate(x, size=size)
        factor = None if scales is None else float(scales.reshape(-1)[-1])
        return F.interpolate(x, scale_factor=factor, size=size if factor is None else None, mode="linear", align_corners=False, recompute_scale_factor=False)

    def op_stft(self, a, x, step, window=None, length=None):
        x = x.reshape(x.shape[0], -1)
        n, hop = int(length) if length is not None else window.shape[0], int(step)
        frames = x.unfold(-1, n, hop) * (1 if window is None else window)
        return torch.view_as_real(torch.fft.rfft(frames, n))
