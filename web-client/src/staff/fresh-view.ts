// The console's state before anything was done in it.

import type { Pairing } from "../protocol/types";
import type { StaffView } from "./context";

/** Of somebody who has not begun anything. */
export function freshView(): StaffView {
  return {
    screen: "start",
    opening: false,
    startTrouble: null,
    signingIn: false,
    returning: false,
    provider: null,
    account: null,
    ownCases: [],
    pairing: null,
    tabletGoneAt: null,
    showPairing: false,
    pairTrouble: null,
    editing: null,
    revealed: new Set(),
    highlight: null,
    typing: false,
    draft: "",
    showEmpty: false,
    interpreterCalledAt: 0,
    voiding: null,
    removing: null,
    covered: new Set(),
    nemlogin: false,
    mitId: null,
  };
}

/** @param after the newest event when the code was made: a tablet that comes in later has used it up */
export function withExpiry(pairing: Pairing, after: number): NonNullable<StaffView["pairing"]> {
  return { ...pairing, expires_at: Date.now() + pairing.expires_in_s * 1000, after };
}
