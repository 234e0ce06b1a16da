// A field to sign in by finger, pen or mouse: strokes are kept as vectors with times.

import type { Ink } from "../protocol/types";

/** Points closer together than this say nothing new, in units of the field. */
const STEP = 2;
/** The server takes at most 20,000. */
const MAX_POINTS = 10_000;

/** Collects the strokes of one signature. */
export class SignaturePad {
  private canvas: HTMLCanvasElement | null = null;
  private strokes: Array<Array<[number, number, number]>> = [];
  private startedAt = 0;
  /** The pointer whose stroke is being drawn; null between strokes. */
  private drawing: { id: number; type: string } | null = null;
  /** A stroke begins: what was said of the drawing so far does not hold any more. */
  onStroke: () => void = () => undefined;

  /**
   * Listens on the canvas that the screen shows; called with nothing when it is gone. One function
   * for all renderings: another one each time would be called again, in the middle of a stroke.
   */
  readonly attach = (element: Element | undefined): void => {
    if (this.canvas === element) return;
    this.strokes = [];
    this.drawing = null;
    if (!(element instanceof HTMLCanvasElement)) {
      this.canvas = null;
      return;
    }
    this.canvas = element;
    element.addEventListener("pointerdown", (event) => {
      if (!this.mayBegin(event)) return;
      element.setPointerCapture(event.pointerId);
      this.drawing = { id: event.pointerId, type: event.pointerType };
      if (this.strokes.length === 0) this.fit(element);
      this.strokes.push([]);
      this.point(event);
      this.onStroke();
    });
    element.addEventListener("pointermove", (event) => {
      if (event.pointerId === this.drawing?.id) this.point(event);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
      element.addEventListener(end, (event) => {
        if (event.pointerId === this.drawing?.id) this.drawing = null;
      });
    }
  };

  /**
   * One pointer draws at a time: a hand that comes to rest on the field neither draws nor ends the stroke. A pen goes
   * on where the hand was there first.
   */
  private mayBegin({ pointerId, pointerType }: PointerEvent): boolean {
    const { drawing } = this;
    if (drawing === null || drawing.id === pointerId) return true;
    return pointerType === "pen" && drawing.type !== "pen";
  }

  /** The units are as wide as they are high, on whatever shape the field has on this screen. */
  private fit(canvas: HTMLCanvasElement): void {
    const { width, height } = canvas.getBoundingClientRect();
    if (width > 0 && height > 0) canvas.height = Math.round((canvas.width * height) / width);
  }

  /** Begins anew. */
  clear(): void {
    this.strokes = [];
    this.drawing = null;
    const { canvas } = this;
    canvas?.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
  }

  /** The signature, or null if it is too small to be one. */
  ink(): Ink | null {
    const { canvas } = this;
    const points = this.strokes.flat();
    if (canvas === null || points.length < 8) return null;
    const span = (axis: 0 | 1): number => {
      const all = points.map((point) => point[axis]);
      return Math.max(...all) - Math.min(...all);
    };
    if (span(0) < canvas.width / 20 && span(1) < canvas.height / 20) return null;
    return { width: canvas.width, height: canvas.height, strokes: this.strokes };
  }

  private point(event: PointerEvent): void {
    const { canvas } = this;
    const stroke = this.strokes.at(-1);
    if (canvas === null || stroke === undefined) return;
    if (this.strokes.reduce((sum, one) => sum + one.length, 0) >= MAX_POINTS) return;
    const box = canvas.getBoundingClientRect();
    const inside = (value: number, most: number): number =>
      Math.round(Math.max(0, Math.min(most, value)));
    const x = inside(((event.clientX - box.left) / box.width) * canvas.width, canvas.width);
    const y = inside(((event.clientY - box.top) / box.height) * canvas.height, canvas.height);
    const now = performance.now();
    if (this.strokes.length === 1 && stroke.length === 0) this.startedAt = now;
    const last = stroke.at(-1);
    if (last !== undefined && Math.hypot(x - last[0], y - last[1]) < STEP) return;
    stroke.push([x, y, Math.round(now - this.startedAt)]);
    this.draw(last, x, y);
  }

  private draw(last: [number, number, number] | undefined, x: number, y: number): void {
    const pen = this.canvas?.getContext("2d");
    if (pen === null || pen === undefined) return;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    // On the white of the field, whatever colours the person has chosen for pages.
    pen.strokeStyle = "#000";
    pen.beginPath();
    pen.moveTo(last?.[0] ?? x, last?.[1] ?? y);
    pen.lineTo(x, y);
    pen.stroke();
  }
}
