// The microphone: asks for it, runs the worklet, hands out PCM frames.

import { CaptureWatch } from "./capture-watch";
import type { OpenedDevice } from "./device-list";
import { askForMicrophone, MicFailure, micTrouble, type MicTrouble } from "./microphone-access";
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

  /**
   * Asks for the microphone and starts it; throws `MicFailure`.
   *
   * @param id of the one that is wanted, or null for the browser's own choice
   */
  static async open(listener: MicListener, id: string | null = null): Promise<Microphone> {
    if (!window.isSecureContext) throw new MicFailure("insecure");
    if (window.AudioWorkletNode === undefined) throw new MicFailure("unsupported");
    const stream = await askForMicrophone(navigator.mediaDevices, id);
    try {
      const microphone = new Microphone(stream, listener);
      await microphone.start();
      return microphone;
    } catch (error) {
      stop(stream);
      throw new MicFailure(micTrouble(error));
    }
  }

  /** Which one the browser has given. */
  get device(): OpenedDevice {
    const track = this.stream.getAudioTracks()[0];
    const { deviceId = "", groupId = "" } = track?.getSettings() ?? {};
    return { id: deviceId, groupId, label: track?.label ?? "" };
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
