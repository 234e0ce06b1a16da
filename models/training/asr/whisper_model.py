"""Whisper base in PyTorch, read from and written back to the CTranslate2 file that the shipped weights come from.

Layout of that file: `weights_file.py`; shapes are Whisper base's (width 512, 6 + 6 layers, 8 heads, 51,865 tokens).
"""
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from weights_file import read, write

WIDTH, LAYERS, HEADS, BANDS, AUDIO, TEXT = 512, 6, 8, 80, 1500, 448
RATE, TRANSFORM, HOP = 16_000, 400, 160
START, TRANSCRIBE, NO_TIMES, END, LANGUAGE = 50258, 50359, 50363, 50257, {"da": 50285, "uk": 50280, "ru": 50263}
LANGUAGES = range(50259, 50358)                # one token for each language


# ---------------------------------------------------------------- sound
def mel_filters():
    step = np.log(6.4) / 27
    to_mel = lambda hz: hz * 3 / 200 if hz < 1000 else 15 + np.log(hz / 1000) / step
    to_hz = lambda mel: mel * 200 / 3 if mel < 15 else 1000 * np.exp((mel - 15) * step)
    edges = np.array([to_hz(to_mel(RATE / 2) * i / (BANDS + 1)) for i in range(BANDS + 2)])
    hz = np.arange(TRANSFORM // 2 + 1) * RATE / TRANSFORM
    low, mid, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    return torch.tensor(np.maximum(0, np.minimum((hz - low) / (mid - low), (high - hz) / (high - mid))) * 2 / (high - low), dtype=torch.float32)


FILTERS = mel_filters()


def log_mel(sound, frames):
    """[B, samples] → [B, 80, 2 * frames]; sound is padded with silence to frames * 20 ms."""
    want = frames * 2 * HOP
    sound = F.pad(sound, (0, max(0, want - sound.shape[1])))[:, :want]
    spec = torch.stft(sound, TRANSFORM, HOP, window=torch.hann_window(TRANSFORM, device=sound.device), center=True, return_complex=True)[..., :-1].abs() ** 2
    log = (FILTERS.to(sound.device) @ spec).clamp(min=1e-10).log10()
    top = log.amax(dim=(1, 2), keepdim=True)
    return (torch.maximum(log, top - 8) + 4) / 4


# ---------------------------------------------------------------- network
class Attention(nn.Module):
    def __init__(self, cross):
        super().__init__()
        self.cross = cross
        if cross:
            self.q, self.kv = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 2 * WIDTH)
        else:
            self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)

    def forward(self, x, memory=None, causal=False):
        q, k, v = (self.q(x), *self.kv(memory).chunk(2, -1)) if self.cross else self.qkv(x).chunk(3, -1)
        split = lambda t: t.view(t.shape[0], t.shape[1], HEADS, -1).transpose(1, 2)
        y = F.scaled_dot_product_attention(split(q), split(k), split(v), is_causal=causal)
        return self.out(y.transpose(1, 2).reshape(x.shape))


class Layer(nn.Module):
    def __init__(self, decoder):
        super().__init__()
        self.decoder = decoder
        self.n1, self.attn = nn.LayerNorm(WIDTH), Attention(False)
        if decoder:
            self.n2, self.cross = nn.LayerNorm(WIDTH), Attention(True)
        self.n3, self.a, self.b = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x, memory=None):
        x = x + self.attn(self.n1(x), causal=self.decoder)
        if self.decoder:
            x = x + self.cross(self.n2(x), memory)
        return x + self.b(F.gelu(self.a(self.n3(x))))


class Whisper(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv1d(BANDS, WIDTH, 3, padding=1), nn.Conv1d(WIDTH, WIDTH, 3, stride=2, padding=1)
        self.where_sound, self.where_text = nn.Parameter(torch.zeros(AUDIO, WIDTH)), nn.Parameter(torch.zeros(TEXT, WIDTH))
        self.encoder = nn.ModuleList(Layer(False) for _ in range(LAYERS))
        self.decoder = nn.ModuleList(Layer(True) for _ in range(LAYERS))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.token = nn.Embedding(51865, WIDTH)

    def encode(self, mel):
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        x = x + self.where_sound[: x.shape[1]]
        for layer in self.encoder:
            x = layer(x)
        return self.encoder_norm(x)

    def decode(self, tokens, memory):
        """Hidden states; multiply with the token embeddings for logits."""
        x = self.token(tokens) + self.where_text[: tokens.shape[1]]
        for layer in self.decoder:
            x = layer(x, memory)
        return self.decoder_norm(x)


def names(model):
    """(parameter, name in the file) of everything that has a place there."""
    def norm(m, name):
        return [(m.weight, name + "/gamma"), (m.bias, name + "/beta")]

    def linear(m, name):
        return [(m.weight, name + "/weight"), (m.bias, name + "/bias")]

    out = linear(model.conv1, "encoder/conv1") + linear(model.conv2, "encoder/conv2")
    out += [(model.where_sound, "encoder/position_encodings/encodings"), (model.where_text, "decoder/position_encodings/encodings"),
            (model.token.weight, "decoder/embeddings/weight")]
    for part, layers, last in (("encoder", model.encoder, model.encoder_norm), ("decoder", model.decoder, model.decoder_norm)):
        out += norm(last, f"{part}/layer_norm")
        for i, layer in enumerate(layers):
            at = f"{part}/layer_{i}"
            out += norm(layer.n1, f"{at}/self_attention/layer_norm") + linear(layer.attn.qkv, f"{at}/self_attention/linear_0")
            out += linear(layer.attn.out, f"{at}/self_attention/linear_1")
            if part == "decoder":
                out += norm(layer.n2, f"{at}/attention/layer_norm") + linear(layer.cross.q, f"{at}/attention/linear_0")
                out += linear(layer.cross.kv, f"{at}/attention/linear_1") + linear(layer.cross.out, f"{at}/attention/linear_2")
            out += norm(layer.n3, f"{at}/ffn/layer_norm") + linear(layer.a, f"{at}/ffn/linear_0") + linear(layer.b, f"{at}/ffn/linear_1")
    return out


def load(path):
    tensors, layout = read(path)
    model = Whisper()
    with torch.no_grad():
        for parameter, name in names(model):
            parameter.copy_(torch.tensor(tensors[name].astype(np.float32)).reshape(parameter.shape))
    return model, layout


def save(path, model, layout):
    # Whisper has no key biases: they add the same to a query's weights of all keys, so that leaving out what
    # training put there changes nothing.
    with torch.no_grad():
        for layer in [*model.encoder, *model.decoder]:
            layer.attn.qkv.bias[WIDTH: 2 * WIDTH] = 0
        for layer in model.decoder:
            layer.cross.kv.bias[:WIDTH] = 0
    write(path, layout, {name: parameter.detach().cpu().numpy() for parameter, name in names(model)})


@torch.no_grad()
def transcribe(model, mel, lang, most=60):
    """Greedy, a batch at a time: lists of text tokens."""
    memory = model.encode(mel)
    tokens = torch.tensor([[START, LANGUAGE[l], TRANSCRIBE, NO_TIMES] for l in lang], device=mel.device)
    done = torch.zeros(len(lang), dtype=torch.bool, device=mel.device)
    for _ in range(most):
        logits = model.decode(tokens, memory)[:, -1] @ model.token.weight.T
        logits[:, END + 1:] = -1e9
        best = logits.argmax(-1)
        best[done] = END
        done |= best == END
        tokens = torch.cat([tokens, best[:, None]], 1)
        if done.all():
            break
    return [[t for t in row[4:].tolist() if t < END] for row in tokens]
