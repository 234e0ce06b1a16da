// A slow network and a slow device, to find tests and pages that only pass where everything is at
// once there. Off by default:
//
//   MOCK_DELAY_MS=400 BROWSER_SLOWNESS=5 npx vitest run --config vitest.e2e.config.ts NAMES
//
// `MOCK_DELAY_MS`: each request, each answer and each message of the mock server's wire takes up to so
// long, at random; messages of one connection keep their order. `BROWSER_SLOWNESS`: how many times
// slower the browser computes.

import type { ServerResponse } from "node:http";
import type { Page } from "playwright-core";
import type { WebSocket } from "ws";

const LONGEST_MS = Number(process.env.MOCK_DELAY_MS ?? 0);
const SLOWNESS = Number(process.env.BROWSER_SLOWNESS ?? 1);
/** Nothing is quicker than this on a slow network, ms. */
const SHORTEST_MS = 3;

/** One direction of a connection: what goes in later comes out later. */
export class Lane {
  private lastAt = 0;
  private readonly underway: (() => void)[] = [];

  /** Does it once it has arrived; at once on the usual, quick network. */
  pass(arrived: () => void): void {
    if (LONGEST_MS === 0) {
      arrived();
      return;
    }
    const now = performance.now();
    const takes = SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS);
    this.lastAt = Math.max(this.lastAt, now + takes);
    this.underway.push(arrived);
    // Timers that are due at nearly the same time may fire in any order: each lets the first one out.
    setTimeout(() => this.underway.shift()?.(), this.lastAt - now);
  }
}

/** What the server sends on this socket takes its time. */
export function slowSocket(socket: WebSocket): void {
  if (LONGEST_MS === 0) return;
  const lane = new Lane();
  const send = socket.send.bind(socket) as (data: string | Buffer) => void;
  const close = socket.close.bind(socket);
  socket.send = ((data: string | Buffer) =>
    lane.pass(() => {
      if (socket.readyState === socket.OPEN) send(data);
    })) as WebSocket["send"];
  socket.close = (code, reason) => lane.pass(() => close(code, reason));
}

/** The answer takes its time. */
export function slowAnswer(response: ServerResponse): void {
  if (LONGEST_MS === 0) return;
  const lane = new Lane();
  const end = response.end.bind(response) as (content?: string) => ServerResponse;
  response.end = ((content?: string) => {
    lane.pass(() => end(content));
    return response;
  }) as ServerResponse["end"];
}

/** The page's device is slow. */
export async function slowDevice(page: Page): Promise<void> {
  if (SLOWNESS <= 1) return;
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWNESS });
}
