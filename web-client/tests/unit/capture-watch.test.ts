import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CaptureWatch, LOOK_MS } from "../../src/audio/capture-watch";
import { LevelMeter } from "../../src/ui/level-meter";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", globalThis);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a microphone that is on", () => {
  let silent = 0;
  let muted = false;
  let watch: CaptureWatch;

  beforeEach(() => {
    silent = 0;
    muted = false;
    watch = new CaptureWatch(
      () => (silent += 1),
      () => muted,
    );
    watch.start();
  });

  function sound(ms: number): void {
    for (let at = 0; at < ms; at += 60) {
      watch.frame();
      vi.advanceTimersByTime(60);
    }
  }

  test("is believed while sound comes", () => {
    sound(20_000);
    // A stutter.
    vi.advanceTimersByTime(2 * LOOK_MS);
    sound(1_000);
    expect(silent).toBe(0);
  });

  test("is given up soon after the last sound, once", () => {
    sound(1_000);
    vi.advanceTimersByTime(1_000);
    expect(silent).toBe(0);
    vi.advanceTimersByTime(1_000);
    expect(silent).toBe(1);
    vi.advanceTimersByTime(60_000);
    expect(silent).toBe(1);
  });

  test("is given up when the device holds the sound back and sends silence instead", () => {
    sound(1_000);
    muted = true;
    sound(1_000);
    muted = false;
    sound(1_000);
    expect(silent).toBe(0);
    muted = true;
    sound(2_500);
    expect(silent).toBe(1);
  });

  test("may be closed", () => {
    watch.stop();
    vi.advanceTimersByTime(60_000);
    expect(silent).toBe(0);
  });
});

test("the meter falls to nothing when no more levels come", () => {
  let level = "";
  const bar = { style: { setProperty: (_: string, value: string) => (level = value) } };
  const meter = new LevelMeter({ querySelectorAll: () => [bar] } as unknown as ParentNode);
  meter.show(0.9);
  meter.show(0);
  expect(Number(level)).toBeGreaterThan(0.5);
  meter.show(null);
  expect(level).toBe("0.00");
});
