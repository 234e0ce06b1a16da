"""The file in which CTranslate2 keeps Whisper's weights: read, and written again with other values of the same shapes."""
import struct

import numpy as np


def read(path):
    """(name → array, layout for `write`)."""
    data = open(path, "rb").read()
    at = 0

    def take(form):
        nonlocal at
        value = struct.unpack_from("<" + form, data, at)
        at += struct.calcsize("<" + form)
        return value[0]

    def string():
        nonlocal at
        length = take("H")
        text = data[at:at + length - 1].decode()
        at += length
        return text

    if take("I") != 6 or string() != "WhisperSpec":
        raise SystemExit(f"{path} is no CTranslate2 Whisper model of version 6")
    take("I")
    tensors, places = {}, {}
    for _ in range(take("I")):
        name = string()
        shape = [take("I") for _ in range(take("B"))]
        kind, size = take("B"), take("I")
        kinds = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
        tensors[name] = np.frombuffer(data, kinds[kind], size // np.dtype(kinds[kind]).itemsize, at).reshape(shape)
        places[name] = (at, kinds[kind], size)
        at += size
    return tensors, (data, places)


def write(path, layout, changed):
    """The same file with the tensors of `changed` in place of the old ones."""
    data, places = layout
    out = bytearray(data)
    for name, value in changed.items():
        at, kind, size = places[name]
        raw = np.ascontiguousarray(value.astype(kind)).tobytes()
        assert len(raw) == size, name
        out[at:at + size] = raw
    open(path, "wb").write(out)
