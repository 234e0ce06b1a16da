// Signing on a tablet whose field is touched by more than the finger or pen that writes.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SignaturePad } from "../../src/ui/signature-pad";

type Pointer = { pointerId: number; pointerType: string; isPrimary: boolean };

const FINGER: Pointer = { pointerId: 1, pointerType: "touch", isPrimary: true };
const PALM: Pointer = { pointerId: 2, pointerType: "touch", isPrimary: false };
const PEN: Pointer = { pointerId: 3, pointerType: "pen", isPrimary: true };
/** Of its own kind it is the first. */
const PALM_ALONE: Pointer = { ...PALM, isPrimary: true };

/** As much of a canvas as the pad needs: 1000 units wide and 300 high, a unit a pixel. */
class FakeCanvas {
  width = 1000;
  height = 300;
  private readonly listeners = new Map<string, (event: unknown) => void>();
  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.listeners.set(type, listener);
  }
  setPointerCapture = (): void => {};
  getBoundingClientRect = () => ({ left: 0, top: 0, width: 1000, height: 300 });
  getContext = (): null => null;
  tell(type: string, pointer: Pointer, clientX = 0, clientY = 0): void {
    this.listeners.get(type)?.({ ...pointer, clientX, clientY });
  }
}

let canvas: FakeCanvas;
let pad: SignaturePad;

beforeEach(() => {
  vi.stubGlobal("HTMLCanvasElement", FakeCanvas);
  canvas = new FakeCanvas();
  pad = new SignaturePad();
  pad.attach(canvas as never);
});
afterEach(() => vi.unstubAllGlobals());

function move(pointer: Pointer, from: number, to: number): void {
  for (let x = from; x <= to; x += 10) canvas.tell("pointermove", pointer, x, 100);
}

/** Where each stroke begins and ends, from left to right. */
function strokes(): unknown {
  return pad.ink()?.strokes.map((one) => [one[0]?.[0], one.at(-1)?.[0]]);
}

test("a hand that comes down and is lifted again does not end what a finger draws", () => {
  canvas.tell("pointerdown", FINGER, 100, 100);
  move(FINGER, 110, 200);
  canvas.tell("pointerdown", PALM, 900, 250);
  move(PALM, 910, 950);
  canvas.tell("pointerup", PALM);
  move(FINGER, 210, 300);
  canvas.tell("pointerup", FINGER);
  expect(strokes()).toEqual([[100, 300]]);
});

test("a hand that stays down does not keep a finger from its next stroke", () => {
  canvas.tell("pointerdown", FINGER, 100, 100);
  move(FINGER, 110, 200);
  canvas.tell("pointerdown", PALM, 900, 250);
  canvas.tell("pointerup", FINGER);
  // The browser calls none the first while another one is there.
  const again = { ...FINGER, pointerId: 4, isPrimary: false };
  canvas.tell("pointerdown", again, 400, 100);
  move(again, 410, 500);
  expect(strokes()).toEqual([[100, 200], [400, 500]]);
});

test("a hand beside a pen draws nothing", () => {
  canvas.tell("pointerdown", PEN, 100, 100);
  move(PEN, 110, 200);
  canvas.tell("pointerdown", PALM_ALONE, 900, 250);
  move(PALM_ALONE, 910, 950);
  move(PEN, 210, 300);
  expect(strokes()).toEqual([[100, 300]]);
});

test("a pen writes where a hand rests already", () => {
  canvas.tell("pointerdown", PALM_ALONE, 900, 250);
  canvas.tell("pointerdown", PEN, 100, 100);
  move(PEN, 110, 200);
  move(PALM_ALONE, 910, 950);
  canvas.tell("pointerup", PALM_ALONE);
  move(PEN, 210, 300);
  expect(strokes()).toEqual([[900, 900], [100, 300]]);
});

test("begun anew, nothing of the stroke before goes on", () => {
  canvas.tell("pointerdown", FINGER, 100, 100);
  pad.clear();
  const other = { ...FINGER, pointerId: 5 };
  canvas.tell("pointerdown", other, 300, 100);
  move(other, 310, 400);
  move(FINGER, 600, 700);
  expect(strokes()).toEqual([[300, 400]]);
});
