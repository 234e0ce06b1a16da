import { expect, test } from "vitest";
import { ToldDevices } from "../../src/client/devices";
import { KeptMicrophone } from "../../src/client/kept-microphone";

const player = { speaking: null, waiting: [], blocked: false, muted: false, volume: 1 };
const fresh = {
  link: { kind: "open" as const },
  mic: { kind: "off" as const },
  micWentOff: false,
  player,
};

test("the server is told of the devices once, again when they change, and on a new connection", () => {
  const told = new ToldDevices();
  const silent = { type: "devices", microphone: "off", voice: true, speaking: false };
  expect(told.due(fresh)).toEqual(silent);
  expect(told.due(fresh)).toBeNull();
  const on = { ...fresh, mic: { kind: "on" as const } };
  expect(told.due(on)?.microphone).toBe("on");
  expect(told.due({ ...on, link: { kind: "closed" } })).toBeNull();
  expect(told.due(on)?.microphone).toBe("on");
});

test("the server is told when the voice begins and when it ends, not of each sentence", () => {
  const told = new ToldDevices();
  const playing = (speaking: number | null, waiting: number[] = []) =>
    told.due({ ...fresh, player: { ...player, speaking, waiting } })?.speaking;
  expect(playing(null)).toBe(false);
  // It has come, and waits for whoever speaks here.
  expect(playing(null, [4])).toBeUndefined();
  expect(playing(4)).toBe(true);
  expect(playing(5)).toBeUndefined();
  // The server forgot it with the old connection.
  const sounding = { ...fresh, player: { ...player, speaking: 5 } };
  expect(told.due({ ...sounding, link: { kind: "closed" } })).toBeNull();
  expect(told.due(sounding)?.speaking).toBe(true);
  expect(playing(null)).toBe(false);
});

test("what is silent or not listening is told as such", () => {
  const due = (change: object) => new ToldDevices().due({ ...fresh, ...change });
  expect(due({ player: { ...player, muted: true } })?.voice).toBe(false);
  expect(due({ player: { ...player, blocked: true } })?.voice).toBe(false);
  expect(due({ player: { ...player, volume: 0 } })?.voice).toBe(false);
  expect(due({ mic: { kind: "trouble", trouble: "denied" } })?.microphone).toBe("lost");
  expect(due({ micWentOff: true })?.microphone).toBe("lost");
});

test("a reload knows that the microphone was on in this case", () => {
  const texts = new Map<string, string>();
  const store = {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, text: string) => void texts.set(name, text),
    removeItem: (name: string) => void texts.delete(name),
  };
  new KeptMicrophone("x", store).on("a");
  const after = new KeptMicrophone("x", store);
  expect([after.wasOn("a"), after.wasOn("b"), after.wasOn(null)]).toEqual([true, false, false]);
  after.off();
  expect(new KeptMicrophone("x", store).wasOn("a")).toBe(false);
});
