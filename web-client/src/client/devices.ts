// What this screen's microphone and loudspeaker do, as the server is told: pure rules.

import type { ClientMessage } from "../protocol/types";
import type { ClientState } from "./client-state";

type Devices = Extract<ClientMessage, { type: "devices" }>;
type Seen = Pick<ClientState, "link" | "mic" | "player" | "micWentOff">;

/** What the other side must know. */
export function devicesOf({ mic, player, micWentOff }: Omit<Seen, "link">): Devices {
  const lost = mic.kind === "trouble" || (mic.kind === "off" && micWentOff);
  return {
    type: "devices",
    microphone: lost ? "lost" : mic.kind === "on" ? "on" : "off",
    voice: !player.muted && !player.blocked && player.volume > 0,
    speaking: player.speaking !== null,
  };
}

/** Remembers what the server was told on this connection. */
export class ToldDevices {
  private told: string | null = null;

  /** What is to be told now, or null. */
  due(state: Seen): Devices | null {
    if (state.link.kind !== "open") {
      this.told = null;
      return null;
    }
    const now = devicesOf(state);
    const text = JSON.stringify(now);
    if (text === this.told) return null;
    this.told = text;
    return now;
  }
}
