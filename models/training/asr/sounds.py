"""What happens to speech between a mouth and a microphone: rooms, noise, bands, levels. All at 16 kHz, float32."""
import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

RATE = 16_000


def noise(rng, length, speech):
    """Noise of a counter: hiss, rumble, hum, clicks of a keyboard, breath, other people."""
    kind = rng.choice(["white", "pink", "brown", "hum", "clicks", "breath", "babble"], p=[.12, .2, .16, .1, .12, .08, .22])
    x = rng.standard_normal(length).astype(np.float32)
    if kind in ("pink", "brown"):
        f = np.fft.rfft(x)
        f /= np.maximum(1, np.arange(len(f))) ** (0.5 if kind == "pink" else 1.0)
        x = np.fft.irfft(f, length).astype(np.float32)
    elif kind == "hum":
        t = np.arange(length) / RATE
        x = 0.1 * x + sum(np.sin(2 * np.pi * 50 * k * t + rng.uniform(0, 6)) / k for k in range(1, 7)).astype(np.float32)
    elif kind == "clicks":
        y = 0.02 * x
        for at in rng.integers(0, max(1, length - 800), max(1, length * 6 // RATE)):
            y[at:at + 600] += x[at:at + 600][: len(y[at:at + 600])] * np.exp(-np.arange(len(y[at:at + 600])) / rng.uniform(30, 150)) * rng.uniform(.3, 1)
        x = y
    elif kind == "breath":
        x = sosfilt(butter(2, [rng.uniform(300, 800), rng.uniform(2000, 5000)], "band", fs=RATE, output="sos"), x)
        x = x * np.abs(np.sin(np.arange(length) / RATE * rng.uniform(.8, 2.0) + rng.uniform(0, 3))) ** 2
    elif kind == "babble" and speech is not None:
        y = np.zeros(length, np.float32)
        for _ in range(int(rng.integers(3, 7))):
            s = speech()
            s = np.tile(s, length // len(s) + 1)
            y += np.roll(s, int(rng.integers(len(s))))[:length]
        x = y
    return (x / (np.sqrt(np.mean(x * x)) + 1e-9)).astype(np.float32)


def room(rng, x):
    length = int(rng.uniform(.08, .45) * RATE)
    tail = rng.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    tail[: int(rng.uniform(.002, .01) * RATE)] = 0
    tail *= rng.uniform(.1, .7) / (np.sqrt(np.sum(tail * tail)) + 1e-9)
    tail[0] = 1
    return fftconvolve(x, tail)[: len(x)].astype(np.float32)


def heard(rng, x, before, after, speech):
    """A sentence as a microphone gives it, with so many samples of the room before and after it."""
    x = np.concatenate([np.zeros(before, np.float32), x, np.zeros(after, np.float32)])
    if rng.random() < .5:
        x = room(rng, x)
    if rng.random() < .12:
        x = sosfilt(butter(4, [rng.uniform(200, 350), rng.uniform(3200, 3800)], "band", fs=RATE, output="sos"), x).astype(np.float32)
    elif rng.random() < .25:
        x = sosfilt(butter(1, rng.uniform(1500, 6000), "low", fs=RATE, output="sos"), x).astype(np.float32)
    level = np.sqrt(np.mean(x * x)) + 1e-9
    if rng.random() < .75:
        decibel = rng.uniform(6, 40)
        x = x + noise(rng, len(x), speech) * level * 10 ** (-decibel / 20)
    else:
        x = x + rng.standard_normal(len(x)).astype(np.float32) * level * 10 ** (-rng.uniform(40, 60) / 20)
    return (x * (rng.uniform(.06, .9) / (np.abs(x).max() + 1e-9))).astype(np.float32)
