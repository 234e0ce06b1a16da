// The microphones and loudspeakers of this device as a person chooses among them: what there is, what was
// chosen, what is used instead while that is not there, and a try that nobody else hears.

import {
  DeviceList,
  findDevice,
  isAlias,
  withNameShared,
  type MeantDevice,
  type MediaList,
  type SoundDevice,
} from "../audio/device-list";
import type { MicTrouble } from "../audio/microphone-access";
import { ChosenMicrophone, type MicrophoneEvents, type OpenMicrophone } from "./chosen-microphone";
import type { KeptDevices } from "./kept-devices";

/** A try of the microphone: its level is shown, and its sound goes nowhere. */
export type Trial = { kind: "off" } | { kind: "starting" } | { kind: "on" } | { kind: "trouble"; trouble: MicTrouble };

/** One kind of device, to choose from. */
export interface DeviceChoice {
  /** What there is, by name. */
  devices: readonly SoundDevice[];
  /** The id in `devices` that is chosen; null for the browser's own choice. */
  chosen: string | null;
  /** The name of what was chosen and is not there. */
  absent: string | null;
}

/** What a screen shows of it. */
export interface SoundState {
  /** The choice is shown. */
  shown: boolean;
  /** There may be something to choose. */
  offered: boolean;
  microphone: DeviceChoice;
  /** null where the browser lets no page choose. */
  speaker: DeviceChoice | null;
  /** Names are told once somebody has allowed the microphone. */
  named: boolean;
  hasMicrophone: boolean;
  /** The name of the microphone that hears now; null if none does. */
  using: string | null;
  trial: Trial;
}

/** The part of the player that is used. */
export interface Speaking {
  useOutput(id: string | null): void;
  onOutputRefused: () => void;
}

/** Whether the chosen loudspeaker speaks, or why it does not. */
type SpeakerUse = "used" | "absent" | "refused";

/** What it rests on. */
export interface SoundSources {
  media: MediaList | undefined;
  open: OpenMicrophone;
  kept: KeptDevices;
  player: Speaking;
  canChooseSpeaker: boolean;
  /** ms */
  now(): number;
  isSpoken(): boolean;
}

/** What it tells, besides what becomes of the microphone. */
export interface SoundEvents extends MicrophoneEvents {
  /** `state` or `headset` may have changed. */
  onChange(): void;
  /** Level of a microphone that is being tried, 0 to 1; null once no more comes. */
  onTrialLevel(level: number | null): void;
}

/** Looks after the devices of one screen. */
export class SoundDevices {
  readonly microphone: ChosenMicrophone;
  private readonly list: DeviceList;
  private readonly tried: ChosenMicrophone;
  private trial: Trial = { kind: "off" };
  private shown = false;
  private speakerUse: SpeakerUse = "used";
  /** Id of the loudspeaker that the browser has refused: it is tried again once chosen or plugged in anew. */
  private refused: string | null = null;
  /** The microphone that was last used as the browser's own choice. */
  private usual: SoundDevice | null = null;
  /** What was ticked before it was known for which microphone. */
  private headsetOfUnknown = false;
  /** The microphone that was taken away, once the list is without it. */
  private missed: { device: MeantDevice; gone: boolean } | null = null;
  private last: SoundDevice | null = null;

  constructor(
    private readonly sources: SoundSources,
    private readonly events: SoundEvents,
  ) {
    const { open, kept, player, now, isSpoken } = sources;
    this.list = new DeviceList(sources.media, () => this.listChanged());
    const around = { open, now, list: this.list, wanted: () => kept.choice.microphone };
    this.microphone = new ChosenMicrophone({ ...around, isSpoken }, this.microphoneEvents());
    this.tried = new ChosenMicrophone({ ...around, isSpoken: () => false }, this.trialEvents());
    player.onOutputRefused = () => this.speakerRefused();
    void this.list.refresh();
  }

  get state(): SoundState {
    const { microphones, speakers, named, hasMicrophone } = this.list.now;
    const { choice } = this.sources.kept;
    const microphone = choiceOf(microphones, choice.microphone, named);
    const speaker = this.sources.canChooseSpeaker
      ? choiceOf(speakers, choice.speaker, this.speakerUse === "absent")
      : null;
    const some = (one: DeviceChoice | null): boolean =>
      one !== null && (one.devices.length > 1 || one.absent !== null);
    return {
      shown: this.shown,
      // Nobody chooses between one thing and itself.
      offered: this.shown || (this.list.available && hasMicrophone && (!named || some(microphone) || some(speaker))),
      microphone,
      speaker,
      named,
      hasMicrophone,
      using: this.microphone.device?.label ?? this.tried.device?.label ?? null,
      trial: this.trial,
    };
  }

  /** The microphone that is used, or would be, is part of a headset: what the loudspeaker plays is not heard by it. */
  get headset(): boolean {
    const device = this.inQuestion;
    return device === null ? this.headsetOfUnknown : this.sources.kept.isHeadset(device, this.speakerInUse);
  }

  setHeadset(worn: boolean): void {
    const device = this.inQuestion;
    if (device === null) this.headsetOfUnknown = worn;
    else this.sources.kept.setHeadset(device, this.speakerInUse, worn);
    this.events.onChange();
  }

  /** Opens the microphone for the conversation. */
  open(): void {
    this.stopTrial();
    this.missed = null;
    void this.microphone.open();
    this.events.onChange();
  }

  close(): void {
    this.missed = null;
    this.microphone.close();
    this.events.onChange();
  }

  /** @param id of the list, or null for the browser's own choice */
  chooseMicrophone(id: string | null): void {
    const { microphones } = this.list.now;
    const chosen = microphones.find((one) => one.id === id) ?? null;
    this.sources.kept.change({ microphone: withNameShared(microphones, chosen) });
    this.microphone.choiceChanged();
    this.tried.choiceChanged();
    this.events.onChange();
  }

  /** @param id of the list, or null for the browser's own choice */
  chooseSpeaker(id: string | null): void {
    const { speakers } = this.list.now;
    const chosen = speakers.find((one) => one.id === id) ?? null;
    this.sources.kept.change({ speaker: withNameShared(speakers, chosen) });
    this.speakerUse = "used";
    this.refused = null;
    this.routeSpeaker();
    this.events.onChange();
  }

  toggle(): void {
    if (this.shown) {
      this.hide();
      return;
    }
    this.shown = true;
    void this.list.refresh();
    this.events.onChange();
  }

  /** Nobody chooses any more: a try ends. */
  hide(): void {
    if (!this.shown) return;
    this.shown = false;
    this.stopTrial();
    this.events.onChange();
  }

  /** Begins a try of the microphone, or ends it. */
  toggleTrial(): void {
    if (this.trial.kind === "on" || this.trial.kind === "starting") {
      this.stopTrial();
      this.events.onChange();
      return;
    }
    this.trialIs({ kind: "starting" });
    void this.tried.open();
  }

  private stopTrial(): void {
    if (this.trial.kind === "off") return;
    this.tried.close();
    this.trial = { kind: "off" };
    this.events.onTrialLevel(null);
  }

  private trialIs(trial: Trial): void {
    this.trial = trial;
    this.events.onChange();
  }

  private trialEvents(): MicrophoneEvents {
    return {
      onFrame: ({ level }) => this.events.onTrialLevel(level),
      onOn: () => this.trialIs({ kind: "on" }),
      onSwitched: () => this.events.onChange(),
      onGap: () => this.trialIs({ kind: "starting" }),
      onOff: (trouble) => {
        this.events.onTrialLevel(null);
        this.trialIs({ kind: "trouble", trouble });
      },
      onTold: (code, names) => this.events.onTold(code, names),
    };
  }

  private microphoneEvents(): MicrophoneEvents {
    return {
      onFrame: (frame) => this.events.onFrame(frame),
      onOn: () => {
        this.opened();
        this.events.onOn();
      },
      onSwitched: () => {
        this.opened();
        this.events.onSwitched();
      },
      onGap: () => {
        this.events.onGap();
        this.events.onChange();
      },
      onOff: (trouble) => {
        if (trouble === "lost") this.miss();
        this.events.onOff(trouble);
        this.events.onChange();
      },
      onTold: (code, names) => this.events.onTold(code, names),
    };
  }

  /** It is known now which microphone it is: before its first frame is judged. */
  private opened(): void {
    const { device } = this.microphone;
    if (device === null) return;
    this.last = device;
    if (this.sources.kept.choice.microphone === null) this.usual = device;
    if (this.headsetOfUnknown && this.inQuestion !== null) {
      this.headsetOfUnknown = false;
      this.sources.kept.setHeadset(device, this.speakerInUse, true);
    }
    this.events.onChange();
  }

  /** The microphone that is on, or else the one that would be. */
  private get inQuestion(): SoundDevice | null {
    const { now } = this.list;
    const { microphone: chosen } = this.sources.kept.choice;
    const open = this.microphone.device;
    const here = chosen !== null && (!now.named || findDevice(now.microphones, chosen) !== null);
    const device = open ?? (here ? chosen : (now.standard ?? this.usual));
    // Without id and name it could not be told from another one.
    return device === null || (isAlias(device.id) && device.label === "") ? null : device;
  }

  private get speakerInUse(): SoundDevice | null {
    return this.speakerUse === "used" ? this.sources.kept.choice.speaker : null;
  }

  private listChanged(): void {
    // First: by it the others know what was chosen.
    this.lookForNamesakes();
    this.routeSpeaker();
    this.microphone.listChanged();
    this.tried.listChanged();
    this.lookForMissed();
    this.events.onChange();
  }

  /** Two of one name are there: kept with the choice, for when only the other one is. */
  private lookForNamesakes(): void {
    const { kept } = this.sources;
    const { microphones, speakers } = this.list.now;
    const microphone = withNameShared(microphones, kept.choice.microphone);
    const speaker = withNameShared(speakers, kept.choice.speaker);
    if (microphone === kept.choice.microphone && speaker === kept.choice.speaker) return;
    kept.change({ microphone, speaker });
  }

  private miss(): void {
    const device = this.sources.kept.choice.microphone ?? this.last;
    if (device === null) return;
    this.missed = { device, gone: false };
    void this.list.refresh();
  }

  /** The one that was taken away is offered again: the list has it, and was without it. */
  private lookForMissed(): void {
    if (this.missed === null) return;
    const { microphones, named, hasMicrophone } = this.list.now;
    const found = findDevice(microphones, this.missed.device);
    if (found === null) this.missed.gone ||= named || !hasMicrophone;
    else if (this.missed.gone) {
      this.missed = null;
      this.events.onTold("mic_ready", { device: found.label });
    }
  }

  private routeSpeaker(): void {
    const { choice } = this.sources.kept;
    if (!this.sources.canChooseSpeaker) return;
    const { speakers, named } = this.list.now;
    if (choice.speaker === null) this.sources.player.useOutput(null);
    // Without names nothing can be known, nor had: the browser's own choice speaks until then.
    else if (named || speakers.length > 0) {
      const found = findDevice(speakers, choice.speaker);
      // Plugged in anew, it may be had.
      if (found === null) this.refused = null;
      const refused = found !== null && found.id === this.refused;
      this.sources.player.useOutput(refused ? null : (found?.id ?? null));
      this.speakerIs(found === null ? "absent" : refused ? "refused" : "used");
    }
  }

  /** Asked for again with every look at the list, it would be refused again, and each time told as news. */
  private speakerRefused(): void {
    const { speaker } = this.sources.kept.choice;
    this.refused = speaker === null ? null : (findDevice(this.list.now.speakers, speaker)?.id ?? null);
    this.speakerIs("refused");
  }

  private speakerIs(use: SpeakerUse): void {
    const { speaker } = this.sources.kept.choice;
    if (speaker === null || use === this.speakerUse) return;
    this.speakerUse = use;
    this.events.onTold(use === "used" ? "speaker_back" : `speaker_${use}`, { device: speaker.label });
    this.events.onChange();
  }
}

function choiceOf(devices: readonly SoundDevice[], meant: MeantDevice | null, known: boolean): DeviceChoice {
  const found = meant === null ? null : findDevice(devices, meant);
  return {
    devices,
    chosen: found?.id ?? null,
    absent: meant !== null && found === null && known ? meant.label : null,
  };
}
