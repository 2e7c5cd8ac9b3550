// Makes quiz questions about a run that is no lesson's, which is a capture or a simulated connection of one, and opens that run in the
// player.

import {asCaptured, captureKinds} from '../quiz/captured.ts';
import {drawFrom} from '../quiz/draw.ts';
import {excerptOf, mostPackets} from '../quiz/excerpt.ts';
import {withinConnection} from '../quiz/finish.ts';
import type {QuestionKind} from '../quiz/kinds.ts';
import type {Question} from '../quiz/question.ts';
import {sheetAbout} from '../quiz/sheet.ts';
import {type Asked, happened} from '../quiz/variant.ts';
import {faultsIn} from '../sim/fault-text.ts';
import type {Trace} from '../sim/trace.ts';
import type {OpenedRun, OpenResult} from '../ui/opened-run.ts';
import {openSimulatedWith} from './open-simulated.ts';
import {conversationOf, type Opened} from './opened.ts';

type AskedAbout = {
  readonly asked: Asked;
  /** The kinds of questions that can be asked about the run; absent if all kinds can. */
  readonly kinds?: readonly QuestionKind[];
};

/**
 * Returns the material for questions about a capture or a simulated connection; undefined for a lesson or a script. `trace` is the part
 * read so far, or the run with other faults.
 */
export const askedAbout = (
  {simulated, replay, trace: own}: Opened,
  trace: Trace = own,
): AskedAbout | undefined => {
  if (trace.header.profile === 'capture') return {asked: asCaptured(excerptOf(trace)), kinds: captureKinds};
  const {profile, seed} = trace.header;
  const [run] = simulated?.lesson.runs ?? [];
  if (!simulated || !run) return undefined;
  const variant = {lesson: simulated.lesson, run, seed, profile, faults: replay?.faults ?? []};
  return {asked: happened(variant, {}, trace)};
};

/**
 * The most connections of a capture that questions are made about. Cutting one out of a long capture takes about 10 ms, and many may have
 * nothing to ask about.
 */
const mostConnections = 200;

type Captured = NonNullable<Opened['captured']>['trace'];

/** Yields questions about a capture with many connections, which it shuffles by the seed and asks about in turn, one question each. */
function* inTurns(trace: Captured, seed: number): Generator<Question, void> {
  const ids = trace.connections.map(({id}) => id);
  const order = drawFrom(`connections ${seed}`).shuffled('order', ids).slice(0, mostConnections);
  let sheets: readonly {
    readonly id: number;
    readonly index: number;
    /** The questions about the connection; absent until its first turn, because cutting out a connection takes time. */
    readonly made?: Generator<Question, void>;
  }[] = order.map((id, index) => ({id, index}));
  while (sheets.length > 0) {
    const left = [];
    for (const each of sheets) {
      const {id, index} = each;
      const wish = {seed: seed + index, kinds: captureKinds};
      const made = each.made ?? sheetAbout(asCaptured(excerptOf(trace.only(id))), wish);
      const next = made.next();
      if (next.done) continue;
      yield withinConnection(next.value, id);
      left.push({...each, made});
    }
    sheets = left;
  }
}

/**
 * Returns quiz questions about an opened capture or simulated connection; undefined for a lesson or a script. `connection` is the number in
 * the capture, if the run is one of its connections.
 */
export const questionsAbout = (
  opened: Opened,
  seed: number,
  connection?: number,
): Iterable<Question> | undefined => {
  const {captured, trace} = opened;
  // The connections of a long capture take turns, because questions about its beginning would concern only the first ones.
  const isMany = captured?.trace === trace && trace.packetCount > mostPackets;
  if (captured && isMany && captured.trace.connections.length > 1) return inTurns(captured.trace, seed);
  const about = askedAbout(opened);
  if (!about) return undefined;
  const {asked, ...kinds} = about;
  const questions = sheetAbout(asked, {seed, ...kinds});
  // Questions about a simulated connection already name the connection's number in their evidence.
  return connection === undefined || opened.simulated ? questions : within(questions, connection);
};

function* within(questions: Iterable<Question>, connection: number): Generator<Question, void> {
  for (const question of questions) yield withinConnection(question, connection);
}

/**
 * Returns the run of the connection that a question is about; the whole capture if it has only one connection or the question names none.
 */
const partOf = (about: Opened, connection: number | undefined): Opened => {
  const {captured} = about;
  if (connection === undefined || !captured || captured.trace !== about.trace) return about;
  if (captured.trace.connections.length < 2) return about;
  return conversationOf(about, captured, {id: connection, label: `${connection}`});
};

/**
 * Returns a function that opens the run of a question about a capture or a simulated connection, at the question's place. `play` opens a
 * run in the player.
 */
export const openAskedIn =
  (about: Opened, play: (opened: Opened) => OpenedRun) =>
  async ({place, evidence}: Question): Promise<OpenResult> => {
    const at = {event: Math.max(0, place.n - 1)};
    const {simulated, replay} = about;
    if (!simulated || evidence.faults.length === (replay?.faults.length ?? 0))
      return {run: {...play(partOf(about, evidence.connection)), at, asked: true}};
    const opened = await openSimulatedWith(simulated, {faults: faultsIn(evidence.faults)});
    return opened.ok ? {run: {...play(opened.value), at, asked: true}} : {message: opened.error.what};
  };
