// The microphone: asks for it, runs the worklet, hands out PCM frames.

import { CaptureWatch } from "./capture-watch";
import workletUrl from "./capture-worklet.ts?worker&url";

/** What the worklet posts for every frame. */
export interface CaptureMessage {
  /** 60 ms of 16 kHz mono PCM, signed 16-bit little-endian. */
  pcm: ArrayBuffer;
  /** 0 to 1, see `meterLevel`. */
  level: number;
  /** 0 to 1, see `clippedShare`. */
  clipped: number;
}

/** Why there is no sound from the microphone. */
export type MicTrouble =
  /** The page is not served over HTTPS (or from this machine). */
  | "insecure"
  | "unsupported"
  | "denied"
  | "missing"
  /** Another program holds it. */
  | "in_use"
  /** It was unplugged or taken away while in use. */
  | "lost"
  /** It is there, and no sound comes from it any more. */
  | "silent"
  | "failed";

/** The microphone cannot be used. */
export class MicFailure extends Error {
  constructor(readonly trouble: MicTrouble) {
    super(`microphone: ${trouble}`);
    this.name = "MicFailure";
  }
}

/** The trouble that an exception of `getUserMedia` stands for. */
export function micTrouble(error: unknown): MicTrouble {
  if (error instanceof MicFailure) return error.trouble;
  switch ((error as { name?: string } | null)?.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "in_use";
    default:
      return "failed";
  }
}

/** What a running microphone tells. */
export interface MicListener {
  onFrame(frame: CaptureMessage): void;
  /** It stopped by itself; it is closed already. */
  onLost(trouble: MicTrouble): void;
}

/** A running microphone. */
export class Microphone {
  private context: AudioContext | null = null;
  private readonly watch: CaptureWatch;

  private constructor(
    private readonly stream: MediaStream,
    private readonly listener: MicListener,
  ) {
    const track = stream.getAudioTracks()[0];
    this.watch = new CaptureWatch(() => this.lose("silent"), () => track?.muted === true);
    track?.addEventListener("ended", () => this.lose("lost"));
    track?.addEventListener("unmute", () => this.resume());
  }

  /** Asks for the microphone and starts it; throws `MicFailure`. */
  static async open(listener: MicListener): Promise<Microphone> {
    if (!window.isSecureContext) throw new MicFailure("insecure");
    if (navigator.mediaDevices === undefined || window.AudioWorkletNode === undefined) {
      throw new MicFailure("unsupported");
    }
    let stream: MediaStream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: {
          channelCount: 1,
          echoCancellation: true,
          noiseSuppression: true,
          autoGainControl: true,
        },
      });
    } catch (error) {
      throw new MicFailure(micTrouble(error));
    }
    try {
      const microphone = new Microphone(stream, listener);
      await microphone.start();
      return microphone;
    } catch (error) {
      stop(stream);
      throw new MicFailure(micTrouble(error));
    }
  }

  /** Lets go of the microphone; the browser's recording sign goes out. */
  close(): void {
    this.watch.stop();
    stop(this.stream);
    if (this.context !== null && this.context.state !== "closed") void this.context.close();
  }

  private async start(): Promise<void> {
    this.context = await listen(this.stream, (frame) => {
      this.watch.frame();
      this.listener.onFrame(frame);
    });
    this.context.onstatechange = () => this.resume();
    this.watch.start();
  }

  /** What interrupted it may be over. If it is not, the watch finds that no sound comes. */
  private resume(): void {
    const { context } = this;
    if (context === null || context.state === "running" || context.state === "closed") return;
    context.resume().catch(() => undefined);
  }

  private lose(trouble: MicTrouble): void {
    this.close();
    this.listener.onLost(trouble);
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function listen(
  stream: MediaStream,
  onFrame: (frame: CaptureMessage) => void,
): Promise<AudioContext> {
  const { context, source } = connectSource(stream);
  try {
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, "tolkebot-capture", {
      channelCount: 1,
      channelCountMode: "explicit",
      numberOfOutputs: 0,
    });
    node.port.onmessage = (event: MessageEvent<CaptureMessage>) => onFrame(event.data);
    source.connect(node);
    await context.resume();
    return context;
  } catch (error) {
    void context.close();
    throw error;
  }
}

/**
 * Some browsers refuse a 16 kHz context, or a stream whose rate differs from the context's; then
 * the context runs at the device's own rate and the worklet resamples.
 */
function connectSource(stream: MediaStream): {
  context: AudioContext;
  source: MediaStreamAudioSourceNode;
} {
  let context: AudioContext | null = null;
  try {
    context = new AudioContext({ sampleRate: 16_000 });
    return { context, source: context.createMediaStreamSource(stream) };
  } catch {
    void context?.close();
    const own = new AudioContext();
    return { context: own, source: own.createMediaStreamSource(stream) };
  }
}
