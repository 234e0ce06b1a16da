// A conversation as one screen takes part in it: socket, microphone, loudspeaker and the fold.

import { InputCheck, type MicHint } from "../audio/input-check";
import { Microphone, micTrouble, type CaptureMessage, type MicTrouble } from "../audio/microphone";
import { Player, type PlayerState } from "../audio/player";
import { SpokenOver } from "../audio/spoken-over";
import { VoiceActivity } from "../audio/voice";
import { Connection, type Link } from "../protocol/connection";
import { emptyConversation, fold, type Conversation } from "../protocol/fold";
import { tabStorage, type TicketStore } from "../protocol/ticket-store";
import { SAMPLE_RATE, type ClientMessage, type ErrorCode } from "../protocol/types";
import { afterHeard, HeardWords, withNotice, type Notice, type NoticeCode } from "./notices";
import { ToldDevices } from "./devices";
import { KeptMicrophone } from "./kept-microphone";
import { SentStep } from "./sent-step";
import { TypedText } from "./typed-text";
import { UnheardWords } from "./unheard-words";
import { Uplink, type SoundPause } from "./uplink";

/** Where the microphone stands. */
export type MicState =
  | { kind: "off" }
  | { kind: "starting" }
  | { kind: "on" }
  | { kind: "trouble"; trouble: MicTrouble };

/** All that a screen renders from. */
export interface ClientState {
  conversation: Conversation;
  link: Link;
  /** When whoever opened this client is signed out, ms since 1970; null for no end by the clock. */
  signedInUntil: number | null;
  mic: MicState;
  /** What is wrong with the sound of a microphone that is on. */
  micHint: MicHint | null;
  /** Why no sound goes out although the microphone is on. */
  soundPause: SoundPause | null;
  /** It was on before the page was loaded anew. */
  micWentOff: boolean;
  player: PlayerState;
  /** Listen while interpreted speech plays here (headset). Off: the microphone is deaf then. */
  fullDuplex: boolean;
  notices: readonly Notice[];
  /** Typed text was sent and has not arrived yet. */
  typing: boolean;
  /** A step of the case was asked for and not answered yet. */
  stepping: boolean;
  /** The newest trouble that the server told of; `n` counts them. */
  lastTrouble: { code: ErrorCode; n: number } | null;
}

/** The room's echo dies away, ms after the last interpreted sound. */
const ECHO_TAIL_MS = 250;
/** An interpreter that fails again so soon is not started again, ms. */
const RESTART_PAUSE_MS = 10_000;
/** How often the connection is looked at, ms. */
const LOOK_MS = 1_000;
/** Typed text is in the conversation sooner than this, ms, or the connection is dead. */
const ECHO_WITHIN_MS = 10_000;
/** The same for text that had to wait for sound in front of it: that is on its way for longer, too. */
const ECHO_BEHIND_MS = 30_000;
/** These are shown by the screen's own connection banner. */
const SHOWN_AS_LINK: ErrorCode[] = ["bad_ticket", "replaced", "idle_timeout", "shutting_down", "signed_out"];

/** Takes part in a conversation. */
export class ConversationClient {
  state: ClientState;
  private readonly connection: Connection;
  private readonly player: Player;
  private microphone: Microphone | null = null;
  /** Counts presses of the microphone button: an answer to an older press is ignored. */
  private press = 0;
  private deafUntil = 0;
  /** A repetition was asked for and has not come yet. */
  private repeatAsked = false;
  private restartedAt = 0;
  private typed: { text: TypedText; arrived: () => void } | null = null;
  private typedAt = 0;
  private typedBehind = false;
  /** It was said of this case that the browser does not keep its ticket. */
  private saidNotKept = false;
  private sentStep: SentStep | null = null;
  private readonly unheard = new UnheardWords();
  private readonly heard = new HeardWords();
  private readonly voice = new VoiceActivity();
  private readonly over = new SpokenOver();
  private readonly uplink = new Uplink();
  private input = new InputCheck();
  private readonly toldDevices = new ToldDevices();
  private readonly keptMicrophone: KeptMicrophone;
  /** When the connection was looked at last, by the clock that goes on while the machine sleeps. */
  private lookedAt = Date.now();

  constructor(
    url: string,
    private readonly tickets: TicketStore,
    private readonly onState: (state: ClientState) => void,
    /** Level of the own microphone, 0 to 1, many times a second; null once no more comes. */
    private readonly onLevel: (level: number | null) => void,
  ) {
    this.keptMicrophone = new KeptMicrophone(`tolkebot.${tickets.seat}.microphone`, tabStorage());
    this.player = new Player(
      (player) => {
        if (this.state.player.speaking !== null && player.speaking === null) {
          this.deafUntil = performance.now() + ECHO_TAIL_MS + this.player.latencyMs;
        }
        this.set({ player });
      },
      // Into a sentence that is being said here, the voice would cut a hole.
      () => this.voice.active && !this.state.fullDuplex && this.state.mic.kind === "on",
    );
    this.state = {
      conversation: emptyConversation(),
      link: { kind: "closed" },
      mic: { kind: "off" },
      micHint: null,
      soundPause: null,
      micWentOff: false,
      signedInUntil: null,
      player: this.player.state,
      fullDuplex: false,
      notices: [],
      typing: false,
      stepping: false,
      lastTrouble: null,
    };
    this.connection = new Connection(url, tickets, {
      lastSeq: () => this.state.conversation.seq,
      onLink: (link) => this.linkChanged(link),
      onSpeech: (header, pcm) => {
        this.repeatAsked = false;
        this.player.play(header, pcm);
      },
      onMessage: (message) => {
        if (message.type === "error") {
          this.trouble(message.code, message.fatal, message.kept ?? false);
          const n = (this.state.lastTrouble?.n ?? 0) + 1;
          // If it was about something else, the text still arrives.
          this.set({ lastTrouble: { code: message.code, n }, typing: false });
        }
        if (this.typed?.text.arrivedIn(message, this.state.conversation) === true) {
          this.typed.arrived();
          this.typed = null;
          this.set({ typing: false });
        }
        const now = performance.now();
        const begun = this.heard.begunIn(message, this.state.conversation.role, now);
        if (begun !== null) this.set({ notices: afterHeard(this.state.notices, begun) });
        const conversation = fold(this.state.conversation, message);
        if (conversation === this.state.conversation) return;
        if (conversation.ended || conversation.cancelled) this.stopMicrophone();
        this.set({ conversation });
        this.findLostText();
        if (conversation.gap) this.connection.resync();
      },
    });
    window.addEventListener("online", () => this.connection.wake());
    window.addEventListener("offline", () => this.connection.networkLost());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "visible") return;
      this.connection.wake();
      this.look();
    });
    window.setInterval(() => this.look(), LOOK_MS);
  }

  /** Connects with the kept ticket. */
  start(): void {
    this.connection.start();
  }

  /** Leaves this conversation on this device; the case stays on the server. */
  leave(): void {
    this.stopMicrophone();
    this.player.stop();
    this.connection.close();
    this.tickets.clear();
    this.typed = null;
    this.saidNotKept = false;
    this.unheard.take();
    this.heard.forget();
    this.set({ conversation: emptyConversation(), notices: [], mic: { kind: "off" }, typing: false });
  }

  /** Sends what a person asked for; tells the person if there is no connection. */
  send(message: ClientMessage): boolean {
    const sent = this.connection.send(message);
    if (message.type === "speak_again") this.repeatAsked = sent;
    if (!sent) this.notice("not_sent");
    return sent;
  }

  /** Asks for a step of the case: pressed again before the answer, it is passed over. */
  step(message: ClientMessage): void {
    const before = this.state;
    if (before.stepping || !this.send(message)) return;
    this.sentStep = new SentStep(before, Date.now());
    this.set({ stepping: true });
  }

  /** Says typed text. `arrived` is called once the conversation has it, and never if it was lost. */
  type(text: string, arrived: () => void): void {
    if (this.state.typing || !this.send({ type: "type_text", text })) return;
    this.typed = { text: new TypedText(text, this.state.conversation.seq), arrived };
    this.typedAt = Date.now();
    this.typedBehind = false;
    this.set({ typing: true });
  }

  /** The microphone button. */
  async toggleMicrophone(): Promise<void> {
    // A press is the browser's condition for sound in the other direction, too.
    void this.player.unlock();
    if (this.state.mic.kind === "on" || this.state.mic.kind === "starting") {
      this.stopMicrophone();
      return;
    }
    this.press += 1;
    const press = this.press;
    this.set({ mic: { kind: "starting" } });
    try {
      const microphone = await Microphone.open({
        onFrame: (frame) => this.frame(frame),
        onLost: (trouble) => {
          // Switched off meanwhile: nobody waits for it.
          if (press !== this.press) return;
          this.press += 1;
          this.microphone = null;
          this.keptMicrophone.off();
          this.connection.send({ type: "end_audio" });
          this.onLevel(null);
          this.forgetFrames();
          this.set({ mic: { kind: "trouble", trouble } });
        },
      });
      if (press !== this.press) {
        microphone.close();
        return;
      }
      this.microphone = microphone;
      this.voice.reset();
      this.input = new InputCheck();
      this.forgetFrames();
      this.connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
      this.keptMicrophone.on(this.state.conversation.caseId);
      this.set({ mic: { kind: "on" }, micWentOff: false });
    } catch (error) {
      if (press !== this.press) return;
      this.set({ mic: { kind: "trouble", trouble: micTrouble(error) } });
    }
  }

  /** Lets the browser play speech; call in a press of the person. */
  unlockSound(): void {
    void this.player.unlock();
  }

  silence(): void {
    this.player.stop();
  }

  setMuted(muted: boolean): void {
    this.player.setMuted(muted);
  }

  setVolume(volume: number): void {
    this.player.setVolume(volume);
  }

  setFullDuplex(fullDuplex: boolean): void {
    this.set({ fullDuplex });
  }

  dismiss(code: NoticeCode): void {
    this.set({ notices: this.state.notices.filter((other) => other.code !== code) });
  }

  /** Browsers do not tell of a dead connection, least of all after sleep. */
  private look(): void {
    // Timers of a hidden page hardly run: that says nothing. It is looked at when it is back.
    if (document.visibilityState !== "visible") return;
    const now = Date.now();
    const away = now - this.lookedAt;
    if (this.sentStep?.isAnswered(this.state, now) === true) this.set({});
    this.lookedAt = now;
    if (this.state.typing && this.connection.asksBehind) {
      // It goes out slowly, and has not gone: the connection is looked at instead.
      this.typedAt = now;
      this.typedBehind = true;
    }
    // A timer that comes so late was asleep with the machine.
    if (away > ECHO_WITHIN_MS) this.connection.wake(away);
    else if (this.textIsOverdue(now)) this.connection.networkLost();
    else this.connection.look(now);
  }

  /** Only of a connection that looks open: one that is being made anew because of it takes its time. */
  private textIsOverdue(now: number): boolean {
    const { typing, link } = this.state;
    const within = this.typedBehind ? ECHO_BEHIND_MS : ECHO_WITHIN_MS;
    return typing && link.kind === "open" && now - this.typedAt >= within;
  }

  private linkChanged(link: Link): void {
    const welcomed = link.kind === "open" && this.state.link.kind !== "open";
    // What arrived before the break is told first.
    if (welcomed) this.typedAt = Date.now();
    if (link.kind !== "open") this.player.broken();
    if (this.connection.leftUnsent()) this.unheard.stuck();
    this.set(
      welcomed
        ? {
            link,
            notices: this.state.notices.filter(({ code }) => code !== "not_sent"),
            ...this.asWelcomed(),
          }
        : { link },
    );
    // The server forgot the microphone with the old socket.
    if (welcomed && this.microphone !== null) {
      this.uplink.reset();
      this.set({ soundPause: null });
      this.connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
    }
    if (welcomed && this.tickets.refused && !this.saidNotKept) {
      this.saidNotKept = true;
      this.notice("not_kept");
    }
    if (welcomed && this.unheard.take()) this.notice("not_heard");
    if (link.kind === "stopped") this.stopMicrophone();
    this.findLostText();
  }

  private asWelcomed(): Pick<ClientState, "signedInUntil" | "micWentOff"> {
    const { conversation, mic } = this.state;
    const { caseId, signedInForS } = conversation;
    return {
      signedInUntil: signedInForS === null ? null : Date.now() + signedInForS * 1000,
      // A reload took it away: whoever was speaking must know.
      micWentOff: mic.kind === "off" && this.keptMicrophone.wasOn(caseId),
    };
  }

  /** After a broken connection: says what did not arrive, so that it is sent again. */
  private findLostText(): void {
    const { link, conversation, typing } = this.state;
    if (this.typed?.text.isLost(link, conversation) !== true) return;
    this.typed = null;
    if (!typing) return;
    this.set({ typing: false });
    this.notice("not_said");
  }

  private trouble(code: ErrorCode, fatal: boolean, kept: boolean): void {
    if (code === "bad_message" && !fatal && this.repeatAsked) {
      this.repeatAsked = false;
      this.notice("not_repeated");
      return;
    }
    if (!fatal || !SHOWN_AS_LINK.includes(code)) {
      // Nobody must believe that words are kept which nobody heard.
      this.notice(code === "engine_failed" && !kept ? "not_heard" : code);
    }
    if (code === "bad_audio" || code === "busy") this.stopMicrophone();
    // If it was the whole interpreter that failed, this starts a new one.
    const now = performance.now();
    if (code === "engine_failed" && !fatal && this.microphone !== null) {
      if (now - this.restartedAt < RESTART_PAUSE_MS) return;
      this.restartedAt = now;
      this.connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
    }
  }

  private frame(frame: CaptureMessage): void {
    if (this.state.mic.kind !== "on") return;
    const deaf =
      !this.state.fullDuplex &&
      (this.state.player.speaking !== null || performance.now() < this.deafUntil);
    const open = this.state.link.kind === "open";
    this.judge(frame, deaf);
    // Silence instead of nothing, so that the server's clock for this channel goes on.
    if (open) this.sendFrame(deaf ? new ArrayBuffer(frame.pcm.byteLength) : frame.pcm, deaf ? 0 : frame.level);
    else if (!deaf) this.unheard.dropped(frame.level);
    // A level that moves says that somebody listens.
    this.onLevel(deaf || !open || this.uplink.paused !== null ? 0 : frame.level);
  }

  /** What a frame says of the person and of the microphone, wherever it goes. */
  private judge(frame: CaptureMessage, deaf: boolean): void {
    if (deaf) {
      this.voice.pause();
      if (this.over.frame(frame.level, this.player.level())) this.notice("spoken_over");
      return;
    }
    this.over.end();
    this.voice.push(frame.level);
    const { partials, role } = this.state.conversation;
    const other = role === "staff" ? "citizen" : "staff";
    const micHint = this.input.push(frame, partials[other] !== null);
    if (micHint !== this.state.micHint) this.set({ micHint });
  }

  private sendFrame(pcm: ArrayBuffer, level: number): void {
    const { uplink, connection } = this;
    const speaking = this.voice.active;
    const step = uplink.frame({ waiting: connection.waiting, speaking, typing: this.state.typing });
    switch (step) {
      case "pause":
        // What was said so far ends here; the rest with a hole in it would be taken for all of it.
        connection.send({ type: "end_audio" });
        if (uplink.paused === "slow") this.notice("slow_network");
        else if (speaking) this.notice("text_first");
        break;
      case "drop":
        this.unheard.dropped(level);
        if (this.unheard.take()) {
          this.noticeOnce(uplink.paused === "text" ? "text_first" : "slow_network");
        }
        break;
      case "resume":
        connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
        connection.sendSound(pcm);
        break;
      case "send":
        connection.sendSound(pcm);
    }
    if (uplink.paused !== this.state.soundPause) this.set({ soundPause: uplink.paused });
  }

  private forgetFrames(): void {
    this.voice.pause();
    this.over.end();
    this.uplink.reset();
    this.set({ micHint: null, soundPause: null });
  }

  private stopMicrophone(): void {
    this.press += 1;
    if (this.microphone !== null) {
      this.microphone.close();
      this.microphone = null;
      this.connection.send({ type: "end_audio" });
    }
    this.keptMicrophone.off();
    this.onLevel(null);
    this.forgetFrames();
    if (this.state.mic.kind !== "off" || this.state.micWentOff) {
      this.set({ mic: { kind: "off" }, micWentOff: false });
    }
  }

  /** Told again it is news: what was lost now is not what was lost before. */
  private notice(code: NoticeCode): void {
    this.set({ notices: withNotice(this.state.notices, code, performance.now()) });
  }

  private noticeOnce(code: NoticeCode): void {
    if (!this.state.notices.some((one) => one.code === code)) this.notice(code);
  }

  private set(change: Partial<ClientState>): void {
    this.state = { ...this.state, ...change };
    if (this.sentStep?.isAnswered(this.state, Date.now()) === true) {
      this.sentStep = null;
      this.state = { ...this.state, stepping: false };
    }
    const devices = this.toldDevices.due(this.state);
    if (devices !== null) this.connection.send(devices);
    this.onState(this.state);
  }
}
