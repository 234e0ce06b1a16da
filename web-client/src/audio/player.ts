// The loudspeaker: plays pieces of interpreted speech one after the other.

import { Output } from "./output";
import { fromPcm16, meterLevel } from "./pcm";
import { SpeechLine, type Piece } from "./speech-line";

/** What the player is doing. */
export interface PlayerState {
  /** The utterance that is heard now, to its last piece, or null. */
  speaking: number | null;
  /** Utterances whose speech has come and is not heard yet. */
  waiting: readonly number[];
  /** The browser lets no sound out before the person has pressed something. */
  blocked: boolean;
  muted: boolean;
  /** 0 to 1. */
  volume: number;
}

/** Start of the first piece after `currentTime`, s: room for the next one to be queued. */
const LEAD_S = 0.05;
/** How often is looked whether a sentence may begin, ms. */
const LOOK_MS = 100;
/** A browser that lets sound out begins within this time, ms. */
const BEGINS_WITHIN_MS = 500;
/** What the loudspeaker's level is taken from: about 85 ms. */
const LEVEL_SAMPLES = 4_096;

/** Speaks through the default output, or a chosen one. */
export class Player {
  private context: AudioContext | null = null;
  private gain: GainNode | null = null;
  private meter: AnalyserNode | null = null;
  private output: Output | null = null;
  /** The loudspeaker that is wanted; null for the browser's own choice. */
  private outputId: string | null = null;
  /** So many changes of the loudspeaker are under way. */
  private rerouting = 0;
  private readonly line = new SpeechLine<AudioBuffer>();
  private readonly queued = new Set<AudioBufferSourceNode>();
  private timer: number | undefined;
  /** Context time at which everything queued so far has been heard. */
  private until = 0;
  /** The wanted loudspeaker can't be had: the browser's own choice is taken. */
  onOutputRefused: () => void = () => {};
  state: PlayerState = { speaking: null, waiting: [], blocked: false, muted: false, volume: 1 };

  constructor(
    private readonly onChange: (state: PlayerState) => void,
    /** Somebody speaks here: no voice begins now. */
    private readonly isSpoken: () => boolean = () => false,
  ) {}

  /** Called in a press of the person, so that the browser lets sound out. */
  async unlock(): Promise<void> {
    const context = this.open();
    if (context === null) return;
    try {
      await context.resume();
    } catch {
      // Said by `blocked` below.
    }
    this.set({ blocked: context.state !== "running" });
  }

  /**
   * Looks whether the browser lets sound out of a page in which nobody has pressed anything yet: known only with the
   * first sentence, that would be lost, and both sides believe until then that it is heard.
   */
  lookWhetherLetOut(): void {
    if (this.context !== null || window.AudioContext === undefined) return;
    // The own one begins in a press: outside of one, a browser may refuse it the chosen loudspeaker.
    const tried = new AudioContext();
    window.setTimeout(() => {
      if (this.context === null) this.set({ blocked: tried.state !== "running" });
      void tried.close();
    }, BEGINS_WITHIN_MS);
  }

  /** How long the device holds sound back before it is heard, ms. */
  get latencyMs(): number {
    const { outputLatency, baseLatency } = this.context ?? {};
    // Browsers without the first know at least their own part.
    return 1000 * (outputLatency || baseLatency || 0);
  }

  /** What the loudspeaker plays at this moment, as `meterLevel`. */
  level(): number {
    if (this.meter === null || this.queued.size === 0) return 0;
    const samples = new Float32Array(this.meter.fftSize);
    this.meter.getFloatTimeDomainData(samples);
    return meterLevel(samples);
  }

  /** Queues a piece. A muted or blocked player drops it: late speech would only confuse. */
  play(piece: Piece, pcm: ArrayBuffer): void {
    if (this.state.muted) return;
    const context = this.open();
    if (context === null) return;
    // On its way to another loudspeaker it stands still for a moment: what comes meanwhile is heard after it.
    if (context.state !== "running" && this.rerouting === 0) {
      this.set({ blocked: true });
      return;
    }
    if (context.state === "running") this.set({ blocked: false });
    const samples = fromPcm16(pcm);
    let buffer: AudioBuffer | null = null;
    if (samples.length > 0) {
      buffer = context.createBuffer(1, samples.length, piece.sample_rate);
      buffer.copyToChannel(samples, 0);
    }
    this.line.add(piece, buffer, (buffer?.duration ?? 0) * 1000, performance.now());
    this.look();
  }

  /** The connection broke: what is missing of a sentence does not come any more. */
  broken(): void {
    this.line.broken();
    this.look();
  }

  /** Forgets sentences that wait; the one that is being said goes on to its end. */
  forget(isUnwanted: (utterance: number) => boolean): void {
    this.line.forget(isUnwanted);
    this.look();
  }

  /** Stops what is being said and forgets the rest. */
  stop(): void {
    for (const source of this.queued) {
      source.onended = null;
      source.stop();
    }
    this.queued.clear();
    this.until = 0;
    this.line.clear();
    this.look();
  }

  setMuted(muted: boolean): void {
    if (muted) this.stop();
    this.set({ muted });
  }

  /** @param volume 0 to 1 */
  setVolume(volume: number): void {
    const value = Math.max(0, Math.min(1, volume));
    if (this.gain !== null) this.gain.gain.value = value;
    this.set({ volume: value });
  }

  /** @param id of the loudspeaker, or null for the browser's own choice, which is taken if it can't be had. */
  useOutput(id: string | null): void {
    if (id === this.outputId) return;
    this.outputId = id;
    // Without a context nothing is played yet: it is asked for with the first sound.
    if (this.context !== null && this.output !== null) void this.reroute(this.context, this.output);
  }

  private async reroute(context: AudioContext, output: Output): Promise<void> {
    const id = this.outputId;
    const ran = context.state === "running";
    this.rerouting += 1;
    let refused = false;
    try {
      await output.use(id);
    } catch {
      refused = true;
    }
    this.rerouting -= 1;
    const lost = refused && id !== null && id === this.outputId;
    // Before it is looked at: a refusal may leave the context standing still, and this lets it go on.
    if (lost) this.useOutput(null);
    // What was queued meanwhile must not wait for a context that lets nothing out.
    const { state } = context;
    const told = ran || state === "running" || !this.line.isEmpty;
    if (told && this.rerouting === 0) this.stateChanged(context);
    if (lost) this.onOutputRefused();
  }

  private open(): AudioContext | null {
    if (this.context !== null) return this.context;
    if (window.AudioContext === undefined) return null;
    const context = new AudioContext();
    this.context = context;
    this.gain = context.createGain();
    this.gain.gain.value = this.state.volume;
    this.meter = context.createAnalyser();
    this.meter.fftSize = LEVEL_SAMPLES;
    this.gain.connect(this.meter);
    this.output = new Output(context, this.meter);
    if (this.outputId !== null) void this.reroute(context, this.output);
    context.onstatechange = () => {
      // On its way to another loudspeaker it stands still for a moment, and goes on where it was.
      if (this.rerouting === 0) this.stateChanged(context);
    };
    return context;
  }

  private stateChanged({ state }: AudioContext): void {
    const blocked = state !== "running";
    // What is queued would never end, and the microphone stay deaf for it; or it would come much too late.
    if (blocked) this.stop();
    this.set({ blocked });
  }

  /** Goes on with the line: what may be heard next is queued, and the state told. */
  private look(): void {
    const { line } = this;
    if (this.queued.size === 0) line.played(performance.now());
    line.advance(performance.now(), this.isSpoken());
    for (const buffer of line.current?.parts.splice(0) ?? []) this.queue(buffer);
    window.clearTimeout(this.timer);
    if (!line.isEmpty) this.timer = window.setTimeout(() => this.look(), LOOK_MS);
    const speaking = line.current?.utterance ?? null;
    const { ahead } = line;
    const same = ahead.join() === this.state.waiting.join();
    this.set({ speaking, waiting: same ? this.state.waiting : ahead });
  }

  private queue(buffer: AudioBuffer): void {
    const { context, gain } = this;
    if (context === null || gain === null) return;
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(gain);
    const start = Math.max(this.until, context.currentTime + LEAD_S);
    this.until = start + buffer.duration;
    source.onended = () => {
      this.queued.delete(source);
      this.look();
    };
    this.queued.add(source);
    source.start(start);
  }

  private set(change: Partial<PlayerState>): void {
    const changed = Object.entries(change).some(
      ([key, value]) => this.state[key as keyof PlayerState] !== value,
    );
    if (!changed) return;
    this.state = { ...this.state, ...change };
    this.onChange(this.state);
  }
}
