import { describe, expect, test } from "vitest";
import { SpokenOver } from "../../src/audio/spoken-over";
import { PAUSE_FRAMES, VoiceActivity } from "../../src/audio/voice";

const QUIET = 0.1;
const VOICE = 0.6;

function push(voice: VoiceActivity, level: number, frames: number): void {
  for (let n = 0; n < frames; n += 1) voice.push(level);
}

describe("whether somebody speaks", () => {
  test("from the first word to a pause of about 0.7 s", () => {
    const voice = new VoiceActivity();
    push(voice, QUIET, 30);
    expect(voice.active).toBe(false);
    push(voice, VOICE, 3);
    expect(voice.active).toBe(true);
    // Between two words.
    push(voice, QUIET, PAUSE_FRAMES - 1);
    push(voice, VOICE, 1);
    push(voice, QUIET, PAUSE_FRAMES - 1);
    expect(voice.active).toBe(true);
    push(voice, QUIET, 1);
    expect(voice.active).toBe(false);
  });

  test("whoever begins with the microphone speaks, too", () => {
    const voice = new VoiceActivity();
    push(voice, VOICE, 3);
    expect(voice.active).toBe(true);
  });

  test("clicks are no words, nor is a room's noise, however loud", () => {
    const voice = new VoiceActivity();
    for (let n = 0; n < 40; n += 1) push(voice, n % 8 < 2 ? 0.9 : QUIET, 1);
    expect(voice.active).toBe(false);
    voice.reset();
    push(voice, 0.5, 120);
    expect(voice.active).toBe(false);
    // A voice is heard in this room as well.
    push(voice, 0.75, 3);
    expect(voice.active).toBe(true);
  });
});

describe("words over a voice that plays here", () => {
  /** Frames with what the loudspeaker plays and how much of it comes back; true if words were found. */
  function hear(over: SpokenOver, frames: number, level: number, playing: number): boolean {
    return Array.from({ length: frames }, () => over.frame(level, playing)).some(Boolean);
  }

  test("are found once for each voice", () => {
    const over = new SpokenOver();
    expect(hear(over, 30, 0.3, 0.7)).toBe(false);
    expect(hear(over, 4, 0.75, 0.7)).toBe(false);
    expect(hear(over, 1, 0.75, 0.7)).toBe(true);
    expect(hear(over, 30, 0.75, 0.7)).toBe(false);
    over.end();
    expect(hear(over, 10, 0.75, 0.7)).toBe(true);
  });

  test("are not what comes back of the voice, and its level is learned", () => {
    const over = new SpokenOver();
    // No echo cancelling to speak of: as loud as it is played, less 6 dB.
    expect(hear(over, 200, 0.6, 0.7)).toBe(false);
    over.end();
    // Good echo cancelling: quieter words are found than could be at first.
    const good = new SpokenOver();
    hear(good, 300, 0.1, 0.9);
    good.end();
    hear(good, 10, 0.1, 0.9);
    expect(hear(good, 10, 0.75, 0.9)).toBe(true);
    const fresh = new SpokenOver();
    hear(fresh, 10, 0.1, 0.9);
    expect(hear(fresh, 10, 0.75, 0.9)).toBe(false);
  });
});
