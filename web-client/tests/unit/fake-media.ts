// A counter's microphones and loudspeakers, without a browser.

import type { DeviceInfo, MediaList } from "../../src/audio/device-list";
import type { MicListener } from "../../src/audio/microphone";
import { askForMicrophone, type MicTrouble } from "../../src/audio/microphone-access";
import type { OpenedMicrophone } from "../../src/client/chosen-microphone";
import type { TextStore } from "../../src/protocol/ticket-store";

export const LAPTOP = input("laptop", "Laptop Microphone", "g-laptop");
export const HEADSET = input("headset", "Jabra Evolve", "g-headset");
export const CONFERENCE = input("conference", "Conference USB", "g-conference");
export const SCREEN = output("screen", "Screen Speaker", "g-screen");
export const EARS = output("ears", "Jabra Evolve", "g-headset");

export function input(deviceId: string, label: string, groupId = ""): DeviceInfo {
  return { kind: "audioinput", deviceId, label, groupId };
}

export function output(deviceId: string, label: string, groupId = ""): DeviceInfo {
  return { kind: "audiooutput", deviceId, label, groupId };
}

/** The entry by which a browser calls its own choice. */
export function standard(one: DeviceInfo): DeviceInfo {
  return { ...one, deviceId: "default", label: `Default - ${one.label}` };
}

/** What the browser's promises do is done after this. */
export function settled(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}

interface Wanted {
  audio: { deviceId?: { exact: string } };
}

/** Stands in for `navigator.mediaDevices`. */
export class FakeMedia implements MediaList {
  allowed = true;
  /** Ids that were asked for; null for the browser's own choice. */
  readonly asked: (string | null)[] = [];
  /** What asking for an id ends with, by the name of the exception. */
  readonly refuses = new Map<string | null, string>();
  /** Answers wait until this is resolved. */
  wait: Promise<void> = Promise.resolve();
  private readonly listeners: (() => void)[] = [];

  constructor(public plugged: DeviceInfo[]) {}

  enumerateDevices(): Promise<DeviceInfo[]> {
    if (this.allowed) return Promise.resolve(this.plugged);
    // Before somebody has allowed anything: that there are some, and no more.
    const kinds = [...new Set(this.plugged.map(({ kind }) => kind))];
    return Promise.resolve(kinds.map((kind) => ({ kind, deviceId: "", groupId: "", label: "" })));
  }

  addEventListener(type: string, listener: () => void): void {
    if (type === "devicechange") this.listeners.push(listener);
  }

  async getUserMedia({ audio: { deviceId } }: Wanted): Promise<MediaStream> {
    const id = deviceId?.exact ?? null;
    this.asked.push(id);
    await this.wait;
    const inputs = this.plugged.filter(({ kind }) => kind === "audioinput");
    const found = id === null ? inputs[0] : inputs.find((one) => one.deviceId === id);
    const refused = this.refuses.get(id) ?? (found === undefined ? "OverconstrainedError" : undefined);
    if (refused !== undefined) throw Object.assign(new Error(refused), { name: refused });
    this.allowed = true;
    return found as unknown as MediaStream;
  }

  /** Something is plugged in or pulled out. */
  async change(...plugged: DeviceInfo[]): Promise<void> {
    this.plugged = plugged;
    for (const listener of this.listeners) listener();
    await settled();
  }
}

/** A microphone that was opened. */
export class FakeMicrophone implements OpenedMicrophone {
  closed = false;

  constructor(
    private readonly listener: MicListener,
    readonly device: { id: string; groupId: string; label: string },
  ) {}

  close(): void {
    this.closed = true;
  }

  /** A frame of 60 ms. */
  hear(level: number): void {
    this.listener.onFrame({ pcm: new ArrayBuffer(1920), level, clipped: 0 });
  }

  end(trouble: MicTrouble = "lost"): void {
    this.closed = true;
    this.listener.onLost(trouble);
  }
}

/** Opens microphones of a fake counter, and keeps them. */
export class Opener {
  readonly opened: FakeMicrophone[] = [];

  constructor(private readonly media: FakeMedia) {}

  readonly open = async (listener: MicListener, id: string | null): Promise<FakeMicrophone> => {
    const media = this.media as unknown as MediaDevices;
    const { deviceId, groupId, label } = (await askForMicrophone(media, id)) as unknown as DeviceInfo;
    const microphone = new FakeMicrophone(listener, { id: deviceId, groupId, label });
    this.opened.push(microphone);
    return microphone;
  };

  /** The names of those that hear now. */
  get hearing(): string[] {
    return this.opened.filter(({ closed }) => !closed).map(({ device }) => device.label);
  }

  get newest(): FakeMicrophone {
    const one = this.opened.at(-1);
    if (one === undefined) throw new Error("no microphone was opened");
    return one;
  }
}

/** A store that forgets nothing. */
export function fakeStore(): TextStore & { texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => void texts.set(name, text),
    removeItem: (name) => void texts.delete(name),
  };
}
