// The loudspeaker: plays pieces of interpreted speech one after the other.

import { fromPcm16 } from "./pcm";

/** What is announced with a piece of speech. */
export interface Piece {
  utterance: number;
  sample_rate: number;
  last: boolean;
}

/** What the player is doing. */
export interface PlayerState {
  /** The utterance that is heard now, or null. */
  speaking: number | null;
  /** The browser lets no sound out before the person has pressed something. */
  blocked: boolean;
  muted: boolean;
  /** 0 to 1. */
  volume: number;
}

/** Start of the first piece after `currentTime`, s: room for the next one to arrive. */
const LEAD_S = 0.05;

/** Plays speech through the default output. */
export class Player {
  private context: AudioContext | null = null;
  private gain: GainNode | null = null;
  /** Queued pieces in order, with their utterances. */
  private readonly queued = new Map<AudioBufferSourceNode, number>();
  /** Context time at which everything queued so far has been heard. */
  private until = 0;
  state: PlayerState = { speaking: null, blocked: false, muted: false, volume: 1 };

  constructor(private readonly onChange: (state: PlayerState) => void) {}

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

  /** Queues a piece. A muted or blocked player drops it: late speech would only confuse. */
  play(piece: Piece, pcm: ArrayBuffer): void {
    if (this.state.muted || pcm.byteLength < 2) return;
    const context = this.open();
    if (context === null || this.gain === null) return;
    if (context.state !== "running") {
      this.set({ blocked: true });
      return;
    }
    const samples = fromPcm16(pcm);
    const buffer = context.createBuffer(1, samples.length, piece.sample_rate);
    buffer.copyToChannel(samples, 0);
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.gain);
    const start = Math.max(this.until, context.currentTime + LEAD_S);
    this.until = start + buffer.duration;
    source.onended = () => {
      this.queued.delete(source);
      this.tellSpeaking();
    };
    this.queued.set(source, piece.utterance);
    source.start(start);
    this.tellSpeaking();
  }

  /** Stops what is being said and forgets the rest. */
  stop(): void {
    for (const source of this.queued.keys()) {
      source.onended = null;
      source.stop();
    }
    this.queued.clear();
    this.until = 0;
    this.tellSpeaking();
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

  private open(): AudioContext | null {
    if (this.context !== null) return this.context;
    if (window.AudioContext === undefined) return null;
    const context = new AudioContext();
    this.context = context;
    this.gain = context.createGain();
    this.gain.gain.value = this.state.volume;
    this.gain.connect(context.destination);
    context.onstatechange = () => {
      const blocked = context.state !== "running";
      // What is queued would never end, and the microphone stay deaf for it; or it would come much too late.
      if (blocked) this.stop();
      this.set({ blocked });
    };
    return context;
  }

  private tellSpeaking(): void {
    const [first] = this.queued.values();
    this.set({ speaking: first ?? null });
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
