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

/** The time in ms within which a file that is piped in has been read. */
const settlingMs = 300;
/** The shortest time between two updates in ms; it is longer if an update takes long. */
const leastBetweenMs = 250;
const restForWork = 4;
const drawnByMs = 100;

type Follow = NonNullable<AppOptions['follow']>;
type Grown = Parameters<Follow>[0];

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Returns the trace as far as the secrets decrypt it; the key log may still grow. */
const unlocked = async (capture: OpenCapture, ring: KeyRing): Promise<CapturedTrace> => {
  const opened = await openSecrets(capture, ring);
  return opened.ok ? opened.value.trace : capture.trace;
};

/** Tells the newest listener what has come, at limited intervals, and that the capture has ended. */
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

  /** Notes that more has come. */
  readonly more = (): void => {
    if (this.#grown === undefined || this.#ended) return;
    this.#timer ??= setTimeout(() => void this.#tell(), Math.max(0, this.#restUntilMs - performance.now()));
  };

  /** Rests longer if the last update has turned out to be much work. */
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
    // A listener that starts later hears of the end, too.
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
    // The picture is drawn a little later, which is most of the work for a long capture and is done by then.
    setTimeout(() => {
      const {active} = performance.eventLoopUtilization(before);
      this.#rest(performance.now() + restForWork * active);
    }, drawnByMs).unref();
  }
}

/** The beginning of a capture: it has packets, or nothing more comes. */
type Begun = {
  readonly opened: Opened;
  readonly follow?: Follow;
  /** Returns what has come by now. */
  readonly now?: () => Opened;
};

/** Opens what has come by now; `simulate` replays that much, and is asked again for more. */
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
