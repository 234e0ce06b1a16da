// The microphones and loudspeakers of this machine, as far as the browser names them.

/** A microphone or loudspeaker. Browsers may give it another id later; its name stays. */
export interface SoundDevice {
  id: string;
  label: string;
}

/** A device that is looked for. */
export interface MeantDevice extends SoundDevice {
  /** Another one of its name was there beside it: only its id tells which is which. */
  nameShared?: boolean;
}

/** What the browser says of a device that it has opened. */
export interface OpenedDevice extends SoundDevice {
  groupId: string;
}

/** The part of `MediaDeviceInfo` that is used. */
export type DeviceInfo = Pick<MediaDeviceInfo, "kind" | "deviceId" | "groupId" | "label">;

/** What there is. */
export interface Devices {
  microphones: readonly SoundDevice[];
  speakers: readonly SoundDevice[];
  /** Which microphone the browser's own choice is; null if it does not say. */
  standard: SoundDevice | null;
  /** There is a microphone, be it without a name. */
  hasMicrophone: boolean;
  /** The browser names microphones: somebody has allowed them. */
  named: boolean;
}

/** Before anything is known. */
export const NO_DEVICES: Devices = {
  microphones: [],
  speakers: [],
  standard: null,
  hasMicrophone: true,
  named: false,
};

/** Ids that stand for another device, which the system chooses. */
const ALIASES: ReadonlySet<string> = new Set(["", "default", "communications"]);

/** An id that says nothing about which device it is. */
export function isAlias(id: string): boolean {
  return ALIASES.has(id);
}

/**
 * The device of the list that was meant: by its id, or by its name where ids were made anew. Of two that share
 * a name, the other one may hear other people: it is never taken for the one that was meant.
 */
export function findDevice(list: readonly SoundDevice[], meant: MeantDevice): SoundDevice | null {
  const same = list.find(({ id }) => id === meant.id);
  if (same !== undefined) return same;
  const named = meant.nameShared === true ? [] : list.filter(({ label }) => label === meant.label);
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** What was meant, with what the list shows of its name; the same object if that is nothing new. */
export function withNameShared(list: readonly SoundDevice[], meant: MeantDevice | null): MeantDevice | null {
  if (meant === null || meant.nameShared === true || !list.some(({ id }) => id === meant.id)) return meant;
  const others = list.some(({ id, label }) => id !== meant.id && label === meant.label);
  return others ? { ...meant, nameShared: true } : meant;
}

/** Whether both are one device; what has neither id nor name is none that could be known again. */
export function sameDevice(a: SoundDevice, b: SoundDevice): boolean {
  return (!isAlias(a.id) && a.id === b.id) || (a.label !== "" && a.label === b.label);
}

/** What the browser's list says. */
export function devicesOf(infos: readonly DeviceInfo[]): Devices {
  const inputs = infos.filter(({ kind }) => kind === "audioinput");
  const standard = inputs.find(({ deviceId }) => deviceId === "default");
  return {
    microphones: named(inputs),
    speakers: named(infos.filter(({ kind }) => kind === "audiooutput")),
    standard: standard === undefined ? null : known(realDevice(infos, opened(standard))),
    hasMicrophone: inputs.length > 0,
    named: inputs.some(({ label }) => label !== ""),
  };
}

/** Which microphone was opened: browsers call their own choice by an alias, in a group with the device itself. */
export function realDevice(infos: readonly DeviceInfo[], { id, groupId, label }: OpenedDevice): SoundDevice {
  if (!isAlias(id)) return { id, label };
  const real = infos.filter((one) => one.kind === "audioinput" && !isAlias(one.deviceId));
  const group = real.filter((one) => groupId !== "" && one.groupId === groupId);
  const named = (group.length > 0 ? group : real).filter(
    (one) => one.label !== "" && label.endsWith(one.label),
  );
  const found = group.length === 1 ? group[0] : named[0];
  return found === undefined ? { id: "", label } : { id: found.deviceId, label: found.label };
}

function opened({ deviceId, groupId, label }: DeviceInfo): OpenedDevice {
  return { id: deviceId, groupId, label };
}

function known(device: SoundDevice): SoundDevice | null {
  return isAlias(device.id) ? null : device;
}

function named(infos: readonly DeviceInfo[]): SoundDevice[] {
  const real = infos.filter(({ deviceId, label }) => !isAlias(deviceId) && label !== "");
  return real
    .filter((one, i) => real.findIndex(({ deviceId }) => deviceId === one.deviceId) === i)
    .map(({ deviceId, label }) => ({ id: deviceId, label }));
}

/** The part of `navigator.mediaDevices` that is used. */
export interface MediaList {
  enumerateDevices(): Promise<DeviceInfo[]>;
  addEventListener(type: "devicechange", listener: () => void): void;
}

/** Follows what is plugged in and pulled out. */
export class DeviceList {
  now: Devices = NO_DEVICES;
  private infos: readonly DeviceInfo[] = [];
  private asked = 0;
  private answered = 0;

  constructor(
    private readonly media: MediaList | undefined,
    private readonly onChange: () => void,
  ) {
    media?.addEventListener("devicechange", () => void this.refresh());
  }

  /** The browser can list devices: not on a page without https. */
  get available(): boolean {
    return this.media !== undefined;
  }

  /** Asks anew: names are told once somebody has allowed a microphone. */
  async refresh(): Promise<void> {
    if (this.media === undefined) return;
    this.asked += 1;
    const { asked } = this;
    let infos: readonly DeviceInfo[];
    try {
      infos = await this.media.enumerateDevices();
    } catch {
      // What was known before must do.
      return;
    }
    // An answer that is overtaken is of a time before.
    if (asked < this.answered) return;
    this.answered = asked;
    this.infos = infos;
    this.now = devicesOf(infos);
    this.onChange();
  }

  /** Which microphone was opened. */
  real(device: OpenedDevice): SoundDevice {
    return realDevice(this.infos, device);
  }
}
