// Runs in the audio thread: microphone samples in, 16 kHz PCM frames out.

import { clippedShare, Framer, meterLevel, Resampler, toPcm16 } from "./pcm";
import type { CaptureMessage } from "./microphone";

// The worklet's global scope is not part of TypeScript's DOM library.
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][]): boolean;
}
declare const sampleRate: number;
declare function registerProcessor(name: string, type: new () => AudioWorkletProcessor): void;

const TARGET_RATE = 16_000;
/** 60 ms: few messages, little delay. */
const FRAME_SAMPLES = 960;

class CaptureProcessor extends AudioWorkletProcessor {
  private readonly resampler =
    sampleRate === TARGET_RATE ? null : new Resampler(sampleRate, TARGET_RATE);
  private readonly framer = new Framer(FRAME_SAMPLES);

  process(inputs: Float32Array[][]): boolean {
    const channel = inputs[0]?.[0];
    if (channel === undefined) return true;
    const samples = this.resampler === null ? channel : this.resampler.push(channel);
    this.framer.push(samples, (frame) => {
      const message: CaptureMessage = {
        pcm: toPcm16(frame),
        level: meterLevel(frame),
        clipped: clippedShare(frame),
      };
      this.port.postMessage(message, [message.pcm]);
    });
    return true;
  }
}

registerProcessor("tolkebot-capture", CaptureProcessor);
