"""Computes what `whisper_reference.json` holds: the logits of a tiny Whisper.

The model's numbers come from a formula that the test in `tests/conversion.rs` repeats, so no
weights need to be stored. The network is written out here in NumPy as Transformers defines it
(exact GELU, pre-norm blocks, keys without bias), in 64 bits.

    python3 whisper_reference.py > whisper_reference.json
"""

import json
import math

import numpy as np

WIDTH, HEADS, LAYERS, VOCAB, AUDIO, TEXT, MELS = 64, 2, 2, 51865, 1500, 448, 80
TOKENS = [50258, 50285, 50359, 50363, 17, 400]


def numbers(seed, count):
    """Pseudo-random numbers in [-1, 1) that 16-bit floats hold exactly."""
    i = np.arange(count, dtype=np.uint64)
    x = (i * 2654435761 + seed * 40503 + 12345) % 2**32
    x ^= x >> np.uint64(15)
    x = x * 2246822519 % 2**32
    x ^= x >> np.uint64(13)
    return ((x % 2048).astype(np.float64) - 1024) / 1024


class Weights:
    """Hands out tensors in the order in which they are asked for, each with its own seed."""

    def __init__(self):
        self.seed = 0

    def __call__(self, shape, scale, offset=0.0):
        self.seed += 1
        return numbers(self.seed, int(np.prod(shape))).reshape(shape) * scale + offset


take = Weights()


def norm_weights():
    return take((WIDTH,), 0.25, 1.0), take((WIDTH,), 0.25)


def linear_weights(rows, columns, bias=True):
    return take((rows, columns), 0.25), take((rows,), 0.25) if bias else np.zeros(rows)


def attention_weights():
    norm = norm_weights()
    query = linear_weights(WIDTH, WIDTH)
    key = linear_weights(WIDTH, WIDTH, bias=False)
    value = linear_weights(WIDTH, WIDTH)
    out = linear_weights(WIDTH, WIDTH)
    return norm, query, key, value, out


def feed_forward_weights():
    return norm_weights(), linear_weights(4 * WIDTH, WIDTH), linear_weights(WIDTH, 4 * WIDTH)


def norm(x, weights):
    centred = x - x.mean(-1, keepdims=True)
    variance = (centred**2).mean(-1, keepdims=True)
    return centred / np.sqrt(variance + 1e-5) * weights[0] + weights[1]


def linear(x, weights):
    return x @ weights[0].T + weights[1]


erf = np.vectorize(math.erf)


def gelu(x):
    return x * 0.5 * (1 + erf(x / math.sqrt(2)))


def attention(x, source, weights, causal=False):
    _, query, key, value, out = weights
    size = WIDTH // HEADS
    q, k, v = linear(x, query), linear(source, key), linear(source, value)
    heads = []
    for head in range(HEADS):
        part = slice(head * size, (head + 1) * size)
        scores = q[:, part] @ k[:, part].T / math.sqrt(size)
        if causal:
            scores += np.triu(np.full(scores.shape, -np.inf), 1)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        heads.append(scores / scores.sum(-1, keepdims=True) @ v[:, part])
    return linear(np.concatenate(heads, -1), out)


def feed_forward(x, weights):
    return linear(gelu(linear(norm(x, weights[0]), weights[1])), weights[2])


def convolve(x, weight, bias, stride):
    padded = np.pad(x, ((0, 0), (1, 1)))
    frames = range(0, x.shape[1], stride)
    columns = np.stack([padded[:, i : i + 3].ravel() for i in frames], 1)
    return weight.reshape(weight.shape[0], -1) @ columns + bias[:, None]


positions = take((AUDIO, WIDTH), 0.5)
conv1 = take((WIDTH, MELS, 3), 0.125), take((WIDTH,), 0.25)
conv2 = take((WIDTH, WIDTH, 3), 0.125), take((WIDTH,), 0.25)
encoder_norm = norm_weights()
encoder = [(attention_weights(), feed_forward_weights()) for _ in range(LAYERS)]
text_positions = take((TEXT, WIDTH), 0.5)
embedding = take((VOCAB, WIDTH), 0.25)
decoder_norm = norm_weights()
decoder = [
    (attention_weights(), attention_weights(), feed_forward_weights()) for _ in range(LAYERS)
]

mel = numbers(1000, MELS * 2 * AUDIO).reshape(MELS, 2 * AUDIO)
x = gelu(convolve(mel, *conv1, 1))
x = gelu(convolve(x, *conv2, 2)).T + positions
for own, forward in encoder:
    inner = norm(x, own[0])
    x = x + attention(inner, inner, own)
    x = x + feed_forward(x, forward)
sound = norm(x, encoder_norm)

y = embedding[TOKENS] + text_positions[: len(TOKENS)]
for own, cross, forward in decoder:
    inner = norm(y, own[0])
    y = y + attention(inner, inner, own, causal=True)
    y = y + attention(norm(y, cross[0]), sound, cross)
    y = y + feed_forward(y, forward)
logits = norm(y, decoder_norm)[-1] @ embedding.T

print(
    json.dumps(
        {
            "tokens": TOKENS,
            "largest": int(logits.argmax()),
            "deviation": round(float(logits.std()), 4),
            "logits": [round(float(value), 4) for value in logits[:: VOCAB // 200]],
        }
    )
)
