// Where signing in or out at the OpenID provider began. Its answer always comes to the staff console, the
// one page that the server names to it; this leads on to the page that somebody meant.

import { providerTrouble, type SessionState } from "./api";
import type { TextStore } from "./ticket-store";

const IN = "tolkebot.sign_in_began";
const OUT = "tolkebot.sign_out_began";
const SUPERVISOR = "/supervisor";
/** The server waits no longer for the provider's answer, ms. */
const IN_WITHIN_MS = 600_000;
/** Nobody types anything when signing out: who comes to the console later, ms, means the console. */
const OUT_WITHIN_MS = 60_000;

/** Signing in begins on the supervisor's page. */
export function beganAtSupervisor(store: TextStore | null, now: number): void {
  note(store, IN, now);
}

/** Signing out at the provider begins on the supervisor's page. */
export function leftSupervisor(store: TextStore | null, now: number): void {
  note(store, OUT, now);
}

/** Signing in or out ended, or was given up. */
export function forgetBegun(store: TextStore | null): void {
  taken(store, IN);
  taken(store, OUT);
}

/**
 * Where the browser must go on from the staff console with the provider's answer; null to stay. Told
 * once: whoever opens the console later means the console.
 */
export async function whereItBegan(
  store: TextStore | null,
  search: string,
  now: number,
  session: () => Promise<SessionState>,
): Promise<string | null> {
  const [began, left] = [taken(store, IN), taken(store, OUT)];
  if (now - left < OUT_WITHIN_MS) return SUPERVISOR;
  if (!(now - began < IN_WITHIN_MS)) return null;
  // Why nobody was let in is said there.
  if (providerTrouble(search) !== null) return `${SUPERVISOR}${search}`;
  try {
    // Nobody is signed in: it was given up on the way.
    return (await session()).account === null ? null : SUPERVISOR;
  } catch {
    return null;
  }
}

function note(store: TextStore | null, name: string, now: number): void {
  try {
    store?.setItem(name, String(now));
  } catch {
    // Then it ends on the staff console.
  }
}

/** When it was noted, NaN if it was not; it is forgotten. */
function taken(store: TextStore | null, name: string): number {
  try {
    const at = Number(store?.getItem(name) ?? Number.NaN);
    store?.removeItem(name);
    return at;
  } catch {
    // Nothing can have been kept.
    return Number.NaN;
  }
}
