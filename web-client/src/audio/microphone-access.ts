// Asking the browser for a microphone, and what may come of it.

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

/**
 * Sound of the microphone with this id and of no other, or with null of the browser's own choice;
 * throws `MicFailure`.
 */
export async function askForMicrophone(
  media: Pick<MediaDevices, "getUserMedia"> | undefined,
  id: string | null,
): Promise<MediaStream> {
  if (media === undefined) throw new MicFailure("unsupported");
  try {
    return await media.getUserMedia({
      audio: {
        // Without `exact` the browser takes another one and says nothing of it.
        ...(id === null ? {} : { deviceId: { exact: id } }),
        channelCount: 1,
        echoCancellation: true,
        noiseSuppression: true,
        autoGainControl: true,
      },
    });
  } catch (error) {
    throw new MicFailure(micTrouble(error));
  }
}
