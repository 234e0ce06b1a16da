import { describe, expect, test } from "vitest";
import { ApiFailure, type SessionState } from "../../src/protocol/api";
import { beganAtSupervisor, forgetBegun, leftSupervisor, whereItBegan } from "../../src/protocol/sign-in-return";
import type { TextStore } from "../../src/protocol/ticket-store";

function memory(): TextStore {
  const kept = new Map<string, string>();
  return {
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, text) => void kept.set(name, text),
    removeItem: (name) => void kept.delete(name),
  };
}

const signedIn = (): Promise<SessionState> =>
  Promise.resolve({ accounts: true, account: { name: "bente", role: "supervisor" } });
const signedOut = (): Promise<SessionState> => Promise.resolve({ accounts: true, account: null });
const away = (): Promise<SessionState> => Promise.reject(new ApiFailure("unreachable", "no network"));
const notAsked = (): Promise<SessionState> => Promise.reject(new Error("asked for nothing"));

describe("signing in at a provider ends where it began", () => {
  test("once, with its answer", async () => {
    const store = memory();
    expect(await whereItBegan(store, "", 1_000, notAsked)).toBeNull();
    beganAtSupervisor(store, 1_000);
    expect(await whereItBegan(store, "", 60_000, signedIn)).toBe("/supervisor");
    expect(await whereItBegan(store, "", 60_000, notAsked)).toBeNull();
    beganAtSupervisor(store, 1_000);
    expect(await whereItBegan(store, "?sign_in=no_role", 2_000, notAsked)).toBe("/supervisor?sign_in=no_role");
  });

  test("not if it was given up, ended otherwise, or the server cannot say", async () => {
    const store = memory();
    for (const session of [signedOut, away]) {
      beganAtSupervisor(store, 1_000);
      expect(await whereItBegan(store, "", 2_000, session)).toBeNull();
    }
    beganAtSupervisor(store, 1_000);
    expect(await whereItBegan(store, "", 700_000, notAsked)).toBeNull();
    beganAtSupervisor(store, 1_000);
    forgetBegun(store);
    expect(await whereItBegan(store, "", 2_000, notAsked)).toBeNull();
    beganAtSupervisor(null, 1_000);
    expect(await whereItBegan(null, "", 2_000, notAsked)).toBeNull();
  });
});

test("signing out at a provider ends where it began: once, and soon", async () => {
  const store = memory();
  leftSupervisor(store, 1_000);
  expect(await whereItBegan(store, "", 20_000, notAsked)).toBe("/supervisor");
  expect(await whereItBegan(store, "", 20_000, notAsked)).toBeNull();
  leftSupervisor(store, 1_000);
  expect(await whereItBegan(store, "", 62_000, notAsked)).toBeNull();
  leftSupervisor(store, 1_000);
  forgetBegun(store);
  expect(await whereItBegan(store, "", 20_000, notAsked)).toBeNull();
  leftSupervisor(null, 1_000);
  expect(await whereItBegan(null, "", 20_000, notAsked)).toBeNull();
});
