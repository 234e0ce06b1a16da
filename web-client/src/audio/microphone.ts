// The microphone: asks for it, runs the worklet, hands out PCM frames.

import workletUrl from "./capture-worklet.ts?worker&url";

/** What the worklet posts for every frame. */
export interface CaptureMessage {
  /** 60 ms of 16 kHz mono PCM, signed 16-bit little-endian. */
  pcm: ArrayBuffer;
  /** 0 to 1, see `meterLevel`. */
  level: number;
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
  /** It stopped by itself. */
  onLost(): void;
}

/** A running microphone. */
export class Microphone {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
  ) {}

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
      const context = await listen(stream, listener);
      const microphone = new Microphone(stream, context);
      stream.getAudioTracks()[0]?.addEventListener("ended", () => {
        microphone.close();
        listener.onLost();
      });
      return microphone;
    } catch (error) {
      stop(stream);
      throw new MicFailure(micTrouble(error));
    }
  }

  /** Lets go of the microphone; the browser's recording sign goes out. */
  close(): void {
    stop(this.stream);
    if (this.context.state !== "closed") void this.context.close();
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

async function listen(stream: MediaStream, listener: MicListener): Promise<AudioContext> {
  const { context, source } = connectSource(stream);
  try {
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, "tolkebot-capture", {
      channelCount: 1,
      channelCountMode: "explicit",
      numberOfOutputs: 0,
    });
    node.port.onmessage = (event: MessageEvent<CaptureMessage>) => listener.onFrame(event.data);
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
