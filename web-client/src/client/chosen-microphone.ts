// The microphone that a person has chosen: opened, replaced by the browser's own choice when it is not
// there, and taken up again when it is back. What is lost meanwhile is told.

import {
  findDevice,
  isAlias,
  type DeviceList,
  type MeantDevice,
  type OpenedDevice,
  type SoundDevice,
} from "../audio/device-list";
import type { CaptureMessage, MicListener } from "../audio/microphone";
import { MicFailure, micTrouble, type MicTrouble } from "../audio/microphone-access";
import type { NoticeCode } from "./notices";

/** A microphone that runs. */
export interface OpenedMicrophone {
  readonly device: OpenedDevice;
  close(): void;
}

/** Opens the microphone with this id, or with null the browser's own choice; rejected with `MicFailure`. */
export type OpenMicrophone = (listener: MicListener, id: string | null) => Promise<OpenedMicrophone>;

/** What is told of devices. */
export type DeviceNotice = Extract<NoticeCode, `${"mic" | "speaker"}_${string}`>;

/** Names of the device that it is about, and of the one that is used now. */
export interface DeviceNames {
  device: string;
  now?: string;
}

/** What becomes of the microphone. */
export interface MicrophoneEvents {
  onFrame(frame: CaptureMessage): void;
  /** It is open: switched on, or again after a gap. */
  onOn(): void;
  /** Another one has taken its place, without a gap. */
  onSwitched(): void;
  /** It was taken away: nothing is heard until `onOn` or `onOff`, which follow. */
  onGap(): void;
  /** It is closed, and not because somebody closed it. */
  onOff(trouble: MicTrouble): void;
  onTold(code: DeviceNotice, names: DeviceNames): void;
}

/** What it rests on. */
export interface Around {
  open: OpenMicrophone;
  list: DeviceList;
  /** The chosen one, or null for the browser's own choice. */
  wanted(): MeantDevice | null;
  /** Somebody is speaking: not the time to change microphones unasked. */
  isSpoken(): boolean;
  /** ms */
  now(): number;
}

/** A noisy room has no pauses: after so long the chosen one is used all the same. No word is lost, as both hear for a moment. */
const PAUSE_WITHIN_MS = 10_000;
/** A loose contact takes the microphone away again and again: no more than so often within so many ms. */
const MAX_GAPS = 3;
const GAPS_WITHIN_MS = 10_000;

interface Source {
  microphone: OpenedMicrophone;
  device: SoundDevice;
  wanted: MeantDevice | null;
  /** It is not the chosen one, which is not there. */
  standsIn: boolean;
  /** It ended before anybody used it. */
  lost: MicTrouble | null;
}

/** Keeps one microphone open, the chosen one if that can be. */
export class ChosenMicrophone {
  private current: Source | null = null;
  /** Counts what is asked for: an answer to something older is let go. */
  private turn = 0;
  private switching = false;
  /** Since when the chosen one is back and waits for a pause; null if it does not. */
  private returning: number | null = null;
  private gaps: number[] = [];
  /** The absent one that was told of: whoever presses the button again and again knows. */
  private toldAbsent: string | null = null;

  constructor(
    private readonly around: Around,
    private readonly events: MicrophoneEvents,
  ) {}

  get isOpen(): boolean {
    return this.current !== null;
  }

  /** Which one is open. */
  get device(): SoundDevice | null {
    return this.current?.device ?? null;
  }

  /** Opens it. How it went is told by `onOn` or `onOff`, or by neither if it was closed meanwhile. */
  async open(): Promise<void> {
    const turn = this.begin();
    try {
      const source = await this.source(turn);
      if (source === null) return;
      this.take(source);
      this.events.onOn();
      this.tellIfAbsent(source);
    } catch (error) {
      if (turn === this.turn) this.off(micTrouble(error));
    }
  }

  close(): void {
    this.begin();
    this.current?.microphone.close();
    this.current = null;
    this.returning = null;
  }

  /** Another one was chosen. */
  choiceChanged(): void {
    this.returning = null;
    // While the first one is being opened, `take` looks whether it is still the chosen one. A change that is
    // under way is overtaken: it may fail, or never be answered.
    if (this.current !== null || this.switching) void this.change("chosen");
  }

  /** Something was plugged in or pulled out. */
  listChanged(): void {
    const { current } = this;
    if (current === null) return;
    const { microphones, named } = this.around.list.now;
    const { id } = current.device;
    if (named && !isAlias(id) && !microphones.some((one) => one.id === id)) {
      // Not every browser ends the sound of a device that is gone.
      current.microphone.close();
      this.lost(current, "lost");
      return;
    }
    if (this.switching) return;
    const wanted = this.around.wanted();
    const isBack = current.standsIn && wanted !== null && findDevice(microphones, wanted) !== null;
    this.returning = isBack ? (this.returning ?? this.around.now()) : null;
    this.comeBack();
  }

  private begin(): number {
    this.switching = false;
    this.turn += 1;
    return this.turn;
  }

  private comeBack(): void {
    if (this.returning === null || this.switching) return;
    const late = this.around.now() - this.returning >= PAUSE_WITHIN_MS;
    if (late || !this.around.isSpoken()) void this.change("back");
  }

  /** Opens another one while this one still hears: no word is lost between them. */
  private async change(why: "chosen" | "back"): Promise<void> {
    const turn = this.begin();
    this.switching = true;
    this.returning = null;
    const wanted = this.around.wanted();
    try {
      const source = await this.source(turn);
      if (source === null) return;
      const before = this.current;
      before?.microphone.close();
      this.take(source);
      // Some browsers have only one at a time, and took the other one away.
      if (before === null) this.events.onOn();
      else this.events.onSwitched();
      if (why === "back" && !source.standsIn) this.events.onTold("mic_back", { device: source.device.label });
      if (why === "chosen") this.tellIfAbsent(source);
    } catch (error) {
      if (turn !== this.turn) return;
      this.switching = false;
      if (this.current === null) this.off(micTrouble(error));
      else this.events.onTold("mic_unusable", { device: wanted?.label ?? "", now: this.current.device.label });
    }
  }

  private lost(source: Source, trouble: MicTrouble): void {
    source.lost = trouble;
    if (source !== this.current) return;
    this.current = null;
    if (this.switching) this.events.onGap();
    // One that is still there and silent would be silent again.
    else if (trouble === "lost") void this.goOn(source.device);
    else this.off(trouble);
  }

  private async goOn({ label }: SoundDevice): Promise<void> {
    this.events.onGap();
    const turn = this.begin();
    const now = this.around.now();
    this.gaps = [...this.gaps.filter((at) => now - at < GAPS_WITHIN_MS), now];
    if (this.gaps.length > MAX_GAPS) {
      this.off("lost");
      return;
    }
    try {
      const source = await this.source(turn);
      if (source === null) return;
      this.take(source);
      this.events.onOn();
      this.events.onTold("mic_changed", { device: label, now: source.device.label });
    } catch (error) {
      if (turn !== this.turn) return;
      const trouble = micTrouble(error);
      // What is to be done is to plug it in again.
      this.off(trouble === "missing" ? "lost" : trouble);
    }
  }

  private off(trouble: MicTrouble): void {
    this.begin();
    this.returning = null;
    this.events.onOff(trouble);
  }

  private take(source: Source): void {
    this.current = source;
    this.switching = false;
    this.returning = null;
    if (source.wanted?.id !== this.around.wanted()?.id) void this.change("chosen");
  }

  private tellIfAbsent({ standsIn, wanted }: Source): void {
    const absent = standsIn ? (wanted?.label ?? null) : null;
    if (absent !== null && absent !== this.toldAbsent) this.events.onTold("mic_absent", { device: absent });
    this.toldAbsent = absent;
  }

  /** The chosen one, or what stands in for it; null if nobody waits for it any more. */
  private async source(turn: number): Promise<Source | null> {
    const source = await this.find(turn);
    if (turn !== this.turn) {
      source.microphone.close();
      return null;
    }
    if (source.lost !== null) throw new MicFailure(source.lost);
    return source;
  }

  private async find(turn: number): Promise<Source> {
    const { list } = this.around;
    if (this.around.wanted() !== null) await list.refresh();
    // Only now: the list may have shown that its name is not its own.
    const wanted = this.around.wanted();
    if (wanted === null) return this.openOne(null, null, false);
    const listed = findDevice(list.now.microphones, wanted)?.id;
    // Before somebody has allowed a microphone the browser names none: only trying tells.
    const id = listed ?? (list.now.named ? null : wanted.id);
    if (id !== null) {
      try {
        return await this.openOne(id, wanted, false);
      } catch (error) {
        if (micTrouble(error) !== "missing") throw error;
      }
    }
    const standIn = await this.openOne(null, wanted, true);
    // Now there are names: it may be here under another id.
    const renamed = findDevice(list.now.microphones, wanted)?.id;
    if (renamed === undefined || renamed === id || turn !== this.turn) return standIn;
    try {
      const found = await this.openOne(renamed, wanted, false);
      standIn.microphone.close();
      return found;
    } catch {
      return standIn;
    }
  }

  private async openOne(id: string | null, wanted: MeantDevice | null, standsIn: boolean): Promise<Source> {
    const source: { now: Source | null; lost: MicTrouble | null } = { now: null, lost: null };
    const microphone = await this.around.open(
      {
        onFrame: (frame) => {
          if (source.now === null || source.now !== this.current) return;
          this.events.onFrame(frame);
          this.comeBack();
        },
        onLost: (trouble) => {
          source.lost = trouble;
          if (source.now !== null) this.lost(source.now, trouble);
        },
      },
      id,
    );
    await this.around.list.refresh();
    const device = this.around.list.real(microphone.device);
    source.now = { microphone, device, wanted, standsIn, lost: source.lost };
    return source.now;
  }
}
