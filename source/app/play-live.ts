// Plays a capture from a pipe (`play -`) while it is being written.

import {followStdin, type OpenCapture} from '../io/capture.ts';
import type {CaptureProblem} from '../io/capture-reading.ts';
import type {Text} from '../lesson/text.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import type {AppOptions} from '../ui/app-options.ts';
import type {Growth} from '../ui/opened-run.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {readingTexts} from '../words/catalogue/reading.ts';
import type {Arguments, Context, Failure} from './command.ts';
import {captureFailure} from './lesson-failure.ts';
import {captureOpened} from './open-capture.ts';
import {KeyRing, openSecrets} from './open-secrets.ts';
import {captureWanted} from './open-source.ts';
import type {Opened} from './opened.ts';
import {printNote} from './print.ts';

/** The time in ms to wait before the player opens, within which a complete file from a pipe has been read. */
const settlingMs = 300;
/** The shortest time in ms between two updates of a growing capture; slow updates make it longer. */
const leastBetweenMs = 250;
const restForWork = 4;
const drawnByMs = 100;

type Follow = NonNullable<AppOptions['follow']>;
type Grown = Parameters<Follow>[0];

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Returns the trace of a growing capture, decrypted by the secrets known now, because the key log may still grow. */
const unlocked = async (capture: OpenCapture, ring: KeyRing): Promise<CapturedTrace> => {
  const opened = await openSecrets(capture, ring);
  return opened.ok ? opened.value.trace : capture.trace;
};

/** Tells the player how a growing capture has grown, at limited intervals, and when it has ended. */
class News {
  #grown: Grown | undefined;
  #missed: [Growth, Text | undefined] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #restUntilMs = 0;
  #ended = false;
  readonly #look: () => Promise<Growth>;

  constructor(look: () => Promise<Growth>) {
    this.#look = look;
  }

  readonly follow: Follow = (grown) => {
    this.#grown = grown;
    if (this.#missed) grown(...this.#missed);
  };

  /** Notes that more packets have been read, and schedules an update. */
  readonly more = (): void => {
    if (this.#grown === undefined || this.#ended) return;
    this.#timer ??= setTimeout(() => void this.#tell(), Math.max(0, this.#restUntilMs - performance.now()));
  };

  /** Postpones the next update of a growing capture, because the last one was much work. */
  #rest(untilMs: number): void {
    this.#restUntilMs = Math.max(this.#restUntilMs, untilMs);
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.more();
  }

  end(growth: Growth, message: Text | undefined): void {
    this.#ended = true;
    clearTimeout(this.#timer);
    // Kept for a player that starts later and has to learn of the end.
    this.#missed = [growth, message];
    this.#grown?.(growth, message);
  }

  async #tell(): Promise<void> {
    const before = performance.eventLoopUtilization();
    const growth = await this.#look();
    this.#timer = undefined;
    if (this.#ended) return;
    this.#grown?.(growth, undefined);
    this.#restUntilMs = performance.now() + leastBetweenMs;
    // The work of an update is measured a little later, because it includes drawing, the largest part for a long capture.
    setTimeout(() => {
      const {active} = performance.eventLoopUtilization(before);
      this.#rest(performance.now() + restForWork * active);
    }, drawnByMs).unref();
  }
}

/** A capture from standard input when the player opens: it has packets, or has ended already. */
type Begun = {
  readonly opened: Opened;
  readonly follow?: Follow;
  /** Returns the part of the capture that has been read so far; absent if the capture was complete at the beginning. */
  readonly now?: () => Opened;
};

/** Opens the part of a capture that has been read so far. `ended` is the title after its end; undefined while it grows. */
const openedLive = (
  capture: OpenCapture,
  ended: Text | undefined,
  simulate: NonNullable<Opened['simulate']>,
): Opened => ({
  ...captureOpened({trace: capture.trace, warning: capture.warning}, capture.inspector),
  runTitle: ended ?? readingTexts.live,
  simulate,
  ...(ended ? {} : {live: true}),
});

export const openLive = async (args: Arguments, context: Context): Promise<Result<Begun, Failure>> => {
  const wanted = captureWanted(args);
  if (!wanted.ok) return wanted;
  const ring = new KeyRing(args.value('keylog'));
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let latest: Opened | undefined;
  const simulate: NonNullable<Opened['simulate']> = async (
    packet,
    shown = latest?.captured?.trace ?? first.trace,
  ) => (await import('./open-simulated.ts')).openSimulatedAt(first.trace.header.source, shown, packet);
  const news = new News(async () => {
    const capture = live.now();
    const trace = await unlocked(capture, ring);
    latest = openedLive({...capture, trace}, undefined, simulate);
    return {trace, ended: undefined};
  });
  const waits = setTimeout(() => printNote(readingTexts.waiting[context.language]), settlingMs);
  const heard = (packets: number): void => {
    if (packets > 0) {
      clearTimeout(waits);
      begin();
    }
    news.more();
  };
  const live = await followStdin({...wanted.value, contents: true, watch: {read: heard}});
  await Promise.race([begun.then(() => delay(settlingMs)), live.whole]);
  clearTimeout(waits);
  const first = live.now();
  const whole = await Promise.race([live.whole, undefined]);
  if (whole !== undefined) {
    if (!whole.ok) return err(captureFailure(whole.error));
    const secrets = await openSecrets(whole.value, ring);
    if (!secrets.ok) return secrets;
    latest = {...captureOpened(secrets.value, whole.value.inspector), simulate};
    return ok({opened: latest});
  }
  void live.whole.then(async (result) => {
    const last = result.ok ? result.value : live.now();
    const trace = await unlocked(last, ring);
    latest = openedLive({...last, trace}, readingTexts.ended, simulate);
    const problem: CaptureProblem | undefined = result.ok ? result.value.warning : result.error;
    news.end({trace, ended: readingTexts.ended}, problem?.problem.what);
  });
  const secrets = await openSecrets(first, ring);
  if (!secrets.ok) return secrets;
  const opened = openedLive({...first, trace: secrets.value.trace}, undefined, simulate);
  return ok({opened, follow: news.follow, now: () => latest ?? opened});
};
