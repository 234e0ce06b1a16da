// Where the interpreter's voice comes out: the browser's own choice, or a chosen loudspeaker.

/** Newer than TypeScript's DOM library. */
type Routed = AudioContext & { setSinkId(id: string): Promise<void> };

function routesItself(context: AudioContext): context is Routed {
  return "setSinkId" in context;
}

/** Whether this browser lets a page choose. */
export function canChooseOutput(): boolean {
  const { AudioContext: context, HTMLMediaElement: element } = globalThis;
  return [context, element].some((one) => one !== undefined && "setSinkId" in one.prototype);
}

/** The last part of the way from the player's nodes to the loudspeaker. */
export class Output {
  private element: HTMLAudioElement | null = null;
  /** Counts what is asked for: only the newest stays. */
  private turn = 0;

  constructor(
    private readonly context: AudioContext,
    private readonly from: AudioNode,
  ) {
    from.connect(context.destination);
  }

  /** @param id of a loudspeaker, or null for the browser's own choice; rejected if it can't be had */
  async use(id: string | null): Promise<void> {
    this.turn += 1;
    if (routesItself(this.context)) await this.context.setSinkId(id ?? "");
    else if (id === null) this.direct();
    else await this.throughElement(id, this.turn);
  }

  private direct(): void {
    if (this.element === null) return;
    this.from.disconnect();
    this.from.connect(this.context.destination);
    this.element.pause();
    this.element = null;
  }

  /** Browsers in which a context has only one way out let an element choose. */
  private async throughElement(id: string, turn: number): Promise<void> {
    // A new one each time: what is asked of one element twice may be done in another order.
    const element = new Audio();
    await element.setSinkId(id);
    if (turn !== this.turn) return;
    const end = this.context.createMediaStreamDestination();
    element.srcObject = end.stream;
    await element.play();
    if (turn !== this.turn) {
      element.pause();
      return;
    }
    this.from.disconnect();
    this.from.connect(end);
    this.element?.pause();
    this.element = element;
  }
}
