import { expect, test } from "vitest";
import { Uplink } from "../../src/client/uplink";

const QUIET = { waiting: 0, speaking: false, typing: false };

test("from the first frame that finds no room on, nothing more of what is being said goes out", () => {
  const uplink = new Uplink();
  expect(uplink.frame({ ...QUIET, waiting: 48_000, speaking: true })).toBe("send");
  expect(uplink.frame({ ...QUIET, waiting: 48_001, speaking: true })).toBe("pause");
  expect(uplink.paused).toBe("slow");
  // There is room again, in the middle of a number.
  expect(uplink.frame({ ...QUIET, speaking: true })).toBe("drop");
  expect(uplink.frame({ ...QUIET, waiting: 20_000 })).toBe("drop");
  expect(uplink.frame(QUIET)).toBe("resume");
  expect(uplink.paused).toBeNull();
  expect(uplink.frame({ ...QUIET, speaking: true })).toBe("send");
});

test("what is typed goes before sound where sound would be in its way", () => {
  const uplink = new Uplink();
  expect(uplink.frame({ ...QUIET, typing: true })).toBe("send");
  expect(uplink.frame({ ...QUIET, typing: true, waiting: 20_000 })).toBe("pause");
  expect(uplink.paused).toBe("text");
  expect(uplink.frame({ ...QUIET, typing: true })).toBe("drop");
  expect(uplink.frame({ ...QUIET, speaking: true })).toBe("drop");
  expect(uplink.frame(QUIET)).toBe("resume");
});

test("in a noise that never pauses it is listened to again after a while", () => {
  const uplink = new Uplink();
  uplink.frame({ ...QUIET, waiting: 50_000 });
  const steps = Array.from({ length: 260 }, () => uplink.frame({ ...QUIET, speaking: true }));
  expect(steps.indexOf("resume")).toBe(249);
});
