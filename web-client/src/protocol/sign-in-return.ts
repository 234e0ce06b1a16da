// Where signing in at the OpenID provider began. Its answer always comes to the staff console, the one
// page that the server names to it; this leads on to the page that somebody meant.

import { providerTrouble, type SessionState } from "./api";
import type { TextStore } from "./ticket-store";

const NAME = "tolkebot.sign_in_began";
const SUPERVISOR = "/supervisor";
/** The server waits no longer for the provider's answer, ms. */
const WITHIN_MS = 600_000;

/** Signing in begins on the supervisor's page. */
export function beganAtSupervisor(store: TextStore | null, now: number): void {
  try {
    store?.setItem(NAME, String(now));
  } catch {
    // Then it ends on the staff console.
  }
}

/** Signing in ended, or was given up. */
export function forgetBegun(store: TextStore | null): void {
  try {
    store?.removeItem(NAME);
  } catch {
    // Nothing was kept.
  }
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
  let began = Number.NaN;
  try {
    began = Number(store?.getItem(NAME) ?? Number.NaN);
  } catch {
    // Nothing can have been kept.
  }
  forgetBegun(store);
  if (!(now - began < WITHIN_MS)) return null;
  // Why nobody was let in is said there.
  if (providerTrouble(search) !== null) return `${SUPERVISOR}${search}`;
  try {
    // Nobody is signed in: it was given up on the way.
    return (await session()).account === null ? null : SUPERVISOR;
  } catch {
    return null;
  }
}
