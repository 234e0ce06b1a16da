// Which microphone and loudspeaker a person has chosen on this device, and with which a headset is worn:
// it belongs to the counter, not to a case, and outlives both tab and visit.

import { isAlias, sameDevice, type MeantDevice, type SoundDevice } from "../audio/device-list";
import { KeptText, type TextStore } from "../protocol/ticket-store";

/** A headset: its ears belong to it, too. */
export interface Headset {
  microphone: SoundDevice;
  /** The chosen loudspeaker that was in use, or null for the browser's own choice. */
  speaker: SoundDevice | null;
}

/** What was chosen; null for the browser's own choice. */
export interface Choice {
  microphone: MeantDevice | null;
  speaker: MeantDevice | null;
  headsets: readonly Headset[];
}

/** More have never been at one counter. */
const MAX_HEADSETS = 8;

/** Reads and writes the choice; what is not understood counts as none. */
export class KeptDevices {
  choice: Choice;
  private readonly kept: KeptText;

  constructor(name: string, store: TextStore | null) {
    this.kept = new KeptText(name, store);
    this.choice = parsed(this.kept.read());
  }

  change(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    this.kept.write(JSON.stringify(this.choice));
  }

  /** Whether somebody said of these that they are a headset. */
  isHeadset(microphone: SoundDevice, speaker: SoundDevice | null): boolean {
    return this.choice.headsets.some((one) => isSame(one, { microphone, speaker }));
  }

  /** Remembers of these whether they are a headset; of nothing that could not be known again. */
  setHeadset(microphone: SoundDevice, speaker: SoundDevice | null, worn: boolean): void {
    const headset = { microphone, speaker };
    const others = this.choice.headsets.filter((one) => !isSame(one, headset));
    this.change({ headsets: worn ? [...others, headset].slice(-MAX_HEADSETS) : others });
  }
}

function isSame(a: Headset, b: Headset): boolean {
  const ears =
    a.speaker === null || b.speaker === null ? a.speaker === b.speaker : sameDevice(a.speaker, b.speaker);
  return ears && sameDevice(a.microphone, b.microphone);
}

function parsed(text: string | null): Choice {
  let kept: Partial<Record<keyof Choice, unknown>> = {};
  try {
    kept = (JSON.parse(text ?? "{}") ?? {}) as typeof kept;
  } catch {
    // Another program wrote it, or half of it.
  }
  const headsets = Array.isArray(kept.headsets) ? (kept.headsets as unknown[]) : [];
  return {
    microphone: device(kept.microphone),
    speaker: device(kept.speaker),
    headsets: headsets.flatMap((one) => {
      const { microphone, speaker } = (one ?? {}) as Record<keyof Headset, unknown>;
      const own = device(microphone, true);
      return own === null ? [] : [{ microphone: own, speaker: device(speaker) }];
    }),
  };
}

function device(kept: unknown, nameIsEnough = false): MeantDevice | null {
  if (typeof kept !== "object" || kept === null) return null;
  const { id, label, nameShared } = kept as MeantDevice;
  if (typeof id !== "string" || typeof label !== "string") return null;
  if (isAlias(id) && !nameIsEnough) return null;
  return nameShared === true ? { id, label, nameShared } : { id, label };
}

/** The device's `localStorage`, or null where the browser refuses it. */
export function deviceStorage(): TextStore | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
