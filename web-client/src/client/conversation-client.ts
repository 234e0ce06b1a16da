// A conversation as one screen takes part in it: socket, microphone, loudspeaker and the fold.

import { InputCheck } from "../audio/input-check";
import { Microphone, type CaptureMessage } from "../audio/microphone";
import { canChooseOutput } from "../audio/output";
import { Player } from "../audio/player";
import { SpokenOver } from "../audio/spoken-over";
import { VoiceActivity } from "../audio/voice";
import { Connection, type Link } from "../protocol/connection";
import { emptyConversation, fold } from "../protocol/fold";
import { KeptText, tabStorage, type TicketStore } from "../protocol/ticket-store";
import { SAMPLE_RATE, type ClientMessage, type ErrorCode } from "../protocol/types";
import type { DeviceNames } from "./chosen-microphone";
import type { ClientState } from "./client-state";
import { afterHeard, HeardWords, whileHearing, withNotice, type NoticeCode } from "./notices";
import { ToldDevices } from "./devices";
import { deviceStorage, KeptDevices } from "./kept-devices";
import { KeptMicrophone } from "./kept-microphone";
import { isReadOut, ReadOut } from "./read-out";
import { SentStep } from "./sent-step";
import { SoundDevices, type SoundEvents } from "./sound-devices";
import { ECHO_WITHIN_MS, newTextId, TypedTexts, type TypedDraft } from "./typed-text";
import { UnheardWords } from "./unheard-words";
import { Uplink } from "./uplink";

/** The room's echo dies away, ms after the last interpreted sound. */
const ECHO_TAIL_MS = 250;
/** Whoever speaks in so many first frames after a gap of the microphone, about 0.6 s, spoke in it. */
const AFTER_GAP_FRAMES = 10;
/** An interpreter that fails again so soon is not started again, ms. */
const RESTART_PAUSE_MS = 10_000;
/** How often the connection is looked at, ms. */
const LOOK_MS = 1_000;
/** These are shown by the screen's own connection banner. */
const SHOWN_AS_LINK: ErrorCode[] = ["bad_ticket", "replaced", "idle_timeout", "shutting_down", "signed_out"];

/** Takes part in a conversation. */
export class ConversationClient {
  state: ClientState;
  private readonly connection: Connection;
  private readonly player: Player;
  readonly sound: SoundDevices;
  private afterGap = 0;
  private deafUntil = 0;
  /** A repetition was asked for and has not come yet. */
  private repeatAsked = false;
  private restartedAt = 0;
  private readonly typed: TypedTexts;
  /** It was said of this case that the browser does not keep its ticket. */
  private saidNotKept = false;
  private sentStep: SentStep | null = null;
  private readonly unheard = new UnheardWords();
  private readonly heard = new HeardWords();
  private readonly voice = new VoiceActivity();
  private readonly over = new SpokenOver();
  private readonly readOut = new ReadOut();
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
    /** The same of a microphone that is being tried: nobody hears it. */
    onTrialLevel: (level: number | null) => void,
    /** What a person is typing. */
    box: TypedDraft,
  ) {
    this.typed = new TypedTexts({
      kept: new KeptText(`tolkebot.${tickets.seat}.typed`, tabStorage()),
      box,
      send: (message) => this.connection.send(message),
      asksBehind: () => this.connection.asksBehind,
      onLost: () => this.notice("not_said"),
      newId: newTextId,
      now: () => Date.now(),
    });
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
    this.sound = new SoundDevices(
      {
        media: navigator.mediaDevices,
        open: (listener, id) => Microphone.open(listener, id),
        kept: new KeptDevices(`tolkebot.${tickets.seat}.devices`, deviceStorage()),
        player: this.player,
        canChooseSpeaker: canChooseOutput(),
        now: () => performance.now(),
        isSpoken: () => this.voice.active,
      },
      this.soundEvents(onTrialLevel),
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
      fullDuplex: this.sound.headset,
      sound: this.sound.state,
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
        const heard = this.readOut.hear(header, this.state.conversation);
        if (heard === "instead") this.player.stop();
        if (heard !== "not") this.player.play(header, pcm);
      },
      onMessage: (message) => {
        if (this.typed.heard(message, this.state.conversation)) this.set({});
        if (message.type === "error") {
          this.readOut.trouble(message.code);
          this.trouble(message.code, message.fatal, message.kept ?? false);
          const n = (this.state.lastTrouble?.n ?? 0) + 1;
          this.set({ lastTrouble: { code: message.code, n } });
        }
        const now = performance.now();
        const begun = this.heard.begunIn(message, this.state.conversation.role, now);
        if (begun !== null) this.set({ notices: afterHeard(this.state.notices, begun) });
        const conversation = fold(this.state.conversation, message);
        if (conversation === this.state.conversation) return;
        if (conversation.ended || conversation.cancelled) this.stopSound();
        if (this.readOut.isOver(this.state.conversation, message, conversation)) {
          this.player.forget((utterance) => isReadOut(conversation, utterance));
        }
        this.set({ conversation });
        this.sendTyped();
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
    this.typed.resume(this.tickets.load()?.case ?? null);
    this.connection.start();
  }

  /** Goes on after the page was loaded anew: nobody has pressed anything in it, and the browser may hold sound back. */
  startAnew(): void {
    this.start();
    this.player.lookWhetherLetOut();
  }

  /** Leaves this conversation on this device; the case stays on the server. */
  leave(): void {
    this.stopSound();
    this.player.stop();
    this.connection.close();
    this.tickets.clear();
    this.typed.forget();
    this.saidNotKept = false;
    this.unheard.take();
    this.heard.forget();
    this.set({ conversation: emptyConversation(), notices: [], mic: { kind: "off" } });
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

  /** Says typed text. What is `boxed` stands in the box until it has arrived. */
  type(text: string, boxed: boolean): void {
    if (this.state.typing) return;
    if (this.typed.type(text, boxed, this.state.conversation.seq)) this.set({});
    else this.notice("not_sent");
  }

  /** What was typed in a case goes with it. */
  forgetTyped(): void {
    this.typed.forget();
  }

  /** The microphone button. */
  toggleMicrophone(): void {
    // A press is the browser's condition for sound in the other direction, too.
    void this.player.unlock();
    if (this.state.mic.kind === "on" || this.state.mic.kind === "starting") {
      this.stopMicrophone();
      return;
    }
    this.set({ mic: { kind: "starting" } });
    this.sound.open();
  }

  /** The conversation goes from the screen for a while: nobody sees there that it listens, nor could end it. */
  outOfSight(): void {
    this.sound.hide();
    const { kind } = this.state.mic;
    if (kind !== "on" && kind !== "starting") return;
    this.stopMicrophone();
    // Told with the next welcome, also where the page is loaded anew on the way.
    this.keptMicrophone.on(this.state.conversation.caseId);
  }

  /** Lets the browser play speech; call in a press of the person. */
  unlockSound(): void {
    void this.player.unlock();
  }

  /** The person asks to hear something, in a press: also where they had turned the voice off before. */
  letHear(): void {
    this.unlockSound();
    this.makeAudible();
  }

  /** Nothing goes past a loudspeaker that is turned off here. */
  makeAudible(): void {
    this.player.setMuted(false);
    if (this.state.player.volume === 0) this.player.setVolume(1);
  }

  /** Stops what is being said; of the form that is read out nothing more is heard until somebody asks for it. */
  silence(): void {
    this.readOut.stop(this.state.conversation);
    this.player.stop();
  }

  /** Asks for the form to be read out from the beginning. What is heard now goes on until that comes: it may be refused. */
  readAgain(): void {
    this.letHear();
    if (this.send({ type: "read_again" })) this.readOut.again();
  }

  setMuted(muted: boolean): void {
    this.player.setMuted(muted);
  }

  setVolume(volume: number): void {
    this.player.setVolume(volume);
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
    // One that is being made anew because of the text takes its time.
    const overdue = this.state.link.kind === "open" && this.typed.look();
    if (this.typed.waits !== this.state.typing) this.set({});
    // A timer that comes so late was asleep with the machine.
    if (away > ECHO_WITHIN_MS) this.connection.wake(away);
    else if (overdue) this.connection.networkLost();
    else this.connection.look(now);
  }

  private linkChanged(link: Link): void {
    const welcomed = link.kind === "open" && this.state.link.kind !== "open";
    if (link.kind !== "open") {
      this.player.broken();
      this.typed.broken();
    }
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
    if (welcomed && this.sound.microphone.isOpen) {
      this.uplink.reset();
      this.set({ soundPause: null });
      this.connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
    }
    if (welcomed && this.tickets.refused && !this.saidNotKept) {
      this.saidNotKept = true;
      this.notice("not_kept");
    }
    if (welcomed && this.unheard.take()) this.notice("not_heard");
    if (link.kind === "stopped") this.stopSound();
    this.sendTyped();
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

  /** After a broken connection: sends again what did not arrive. */
  private sendTyped(): void {
    if (this.state.link.kind !== "open") return;
    this.typed.caughtUp(this.state.conversation);
    if (this.typed.waits !== this.state.typing) this.set({});
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
    if (code === "engine_failed" && !fatal && this.sound.microphone.isOpen) {
      if (now - this.restartedAt < RESTART_PAUSE_MS) return;
      this.restartedAt = now;
      this.connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
    }
  }

  private soundEvents(onTrialLevel: (level: number | null) => void): SoundEvents {
    return {
      onFrame: (frame) => this.frame(frame),
      onOn: () => {
        this.otherMicrophone();
        this.forgetFrames();
        this.connection.send({ type: "start_audio", sample_rate: SAMPLE_RATE });
        this.keptMicrophone.on(this.state.conversation.caseId);
        this.set({ mic: { kind: "on" }, micWentOff: false });
        this.dismiss("mic_ready");
      },
      onSwitched: () => {
        this.otherMicrophone();
        this.set({ micHint: null });
      },
      onGap: () => {
        // Cut off in the middle of a sentence.
        if (this.voice.active) this.notice("not_heard");
        this.afterGap = AFTER_GAP_FRAMES;
        this.soundEnds();
        this.set({ mic: { kind: "starting" } });
      },
      onOff: (trouble) => {
        this.afterGap = 0;
        this.keptMicrophone.off();
        this.soundEnds();
        this.set({ mic: { kind: "trouble", trouble } });
      },
      onTold: (code, names) => this.notice(code, names),
      onChange: () => {
        const { state: sound, headset: fullDuplex } = this.sound;
        this.set({ sound, fullDuplex, notices: whileHearing(this.state.notices, sound.using) });
      },
      onTrialLevel,
    };
  }

  private otherMicrophone(): void {
    this.voice.reset();
    this.input = new InputCheck();
  }

  /** No more of it comes: what was said so far is settled. */
  private soundEnds(): void {
    if (this.state.mic.kind === "on") this.connection.send({ type: "end_audio" });
    this.onLevel(null);
    this.forgetFrames();
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
    if (this.afterGap > 0) {
      this.afterGap = this.voice.active ? 0 : this.afterGap - 1;
      if (this.voice.active) this.noticeOnce("not_heard");
    }
    const { partials, role } = this.state.conversation;
    const other = role === "staff" ? "citizen" : "staff";
    const micHint = this.input.push(frame, partials[other] !== null);
    if (micHint !== this.state.micHint) this.set({ micHint });
  }

  private sendFrame(pcm: ArrayBuffer, level: number): void {
    const { uplink, connection } = this;
    const speaking = this.voice.active;
    const step = uplink.frame({ waiting: connection.waiting, speaking, typing: this.typed.underWay });
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
    this.sound.close();
    this.afterGap = 0;
    this.keptMicrophone.off();
    this.soundEnds();
    if (this.state.mic.kind !== "off" || this.state.micWentOff) {
      this.set({ mic: { kind: "off" }, micWentOff: false });
    }
  }

  /** The conversation is over here: nothing is tried out any more either. */
  private stopSound(): void {
    this.sound.hide();
    this.stopMicrophone();
  }

  /** Told again it is news: what was lost now is not what was lost before. */
  private notice(code: NoticeCode, names?: DeviceNames): void {
    this.set({ notices: withNotice(this.state.notices, code, performance.now(), names) });
  }

  private noticeOnce(code: NoticeCode): void {
    if (!this.state.notices.some((one) => one.code === code)) this.notice(code);
  }

  private set(change: Partial<ClientState>): void {
    this.state = { ...this.state, ...change, typing: this.typed.waits };
    if (this.sentStep?.isAnswered(this.state, Date.now()) === true) {
      this.sentStep = null;
      this.state = { ...this.state, stepping: false };
    }
    const devices = this.toldDevices.due(this.state);
    if (devices !== null) this.connection.send(devices);
    this.onState(this.state);
  }
}
