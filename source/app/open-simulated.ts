// Opens a simulation that reproduces one TCP connection of a capture, for `--simulated` and for the player's comparison of both.

import {packetOf} from '../account/packet.ts';
import {asLesson, connectionOfRun, simulatedRun} from '../drills/replay/as-lesson.ts';
import type {Replayed} from '../drills/replay/from-capture.ts';
import {openCapture} from '../io/capture.ts';
import type {CaptureProblem} from '../io/capture-reading.ts';
import type {ReadBudget} from '../io/capture-source.ts';
import {aside} from '../lesson/bound-beat.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import type {Endpoint, ObservedConnection} from '../observe/observed-connection.ts';
import type {Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {replaySentences} from '../words/catalogue/replay.ts';
import {noRun} from '../words/errors.ts';
import {
  assumedText,
  cannotReplay,
  notSimulated,
  simulatedTitle,
  twoConnections,
  whichConnection,
} from '../words/replay.ts';
import {shell, shellFile} from '../words/written.ts';
import {type Wish, wishOf} from './choose-run.ts';
import type {Arguments, Failure} from './command.ts';
import {captureFailure} from './lesson-failure.ts';
import {asCoded, openLesson} from './open-lesson.ts';
import type {Opened, Simulated} from './opened.ts';
import {type Budget, connectionOf, readBudgetOf} from './options.ts';

const connectionAt = (trace: CapturedTrace, packet: number | undefined): ObservedConnection | undefined => {
  const {connections} = trace;
  const [only, ...others] = connections;
  if (only && others.length === 0) return only;
  if (packet === undefined) return undefined;
  const {frame} = packetOf(trace, packet);
  const ip = frame?.payload.kind === 'ip' ? frame.payload.packet : undefined;
  if (ip?.transport.kind !== 'tcp') return undefined;
  const {srcPort, dstPort} = ip.transport.segment;
  const isEnd = ({address, port}: Endpoint, wanted: string, at: number): boolean =>
    address === wanted && port === at;
  return connections.findLast(
    ({ends: [a, b], firstFrame}) =>
      firstFrame <= packet &&
      ((isEnd(a, ip.src, srcPort) && isEnd(b, ip.dst, dstPort)) ||
        (isEnd(b, ip.src, srcPort) && isEnd(a, ip.dst, dstPort))),
  );
};

type Made = {readonly replayed: Replayed; readonly lesson: Lesson};

/** Makes the lesson whose run simulates a captured connection; `trace` contains only this connection. Fails if it cannot be reproduced. */
const made = async (source: string, trace: Trace, connection: number): Promise<Result<Made, Failure>> => {
  const {replayOf} = await import('../drills/replay/path-times.ts');
  const replayed = replayOf(trace);
  if (!replayed.ok) return err({...cannotReplay(source, replayed.error), exit: 1});
  const run = {...replayed.value.run, name: simulatedRun(connection)};
  const lesson = asLesson(trace, run, simulatedTitle(source, connection));
  return ok({replayed: replayed.value, lesson});
};

type Asked = {
  readonly source: string;
  readonly connection: number;
  readonly wish?: Wish;
  readonly warning?: CaptureProblem | undefined;
};

const simulate = async (
  trace: CapturedTrace,
  {source, connection, wish, warning}: Asked,
): Promise<Result<Simulated, Failure>> => {
  const found = await made(source, trace, connection);
  if (!found.ok) return found;
  const {replayed, lesson} = found.value;
  const place = shell`${shellFile(source)} --connection ${connection} --simulated`;
  const opened = await openLesson(lesson, wish, place);
  if (!opened.ok) return opened;
  const {agreementOf} = await import('../drills/replay/agreement.ts');
  const agreement = agreementOf(replayed, opened.value.trace);
  const beats = [aside(0, 0, assumedText(agreement, replayed.assumptions))];
  // The track and the lesson are removed, because the run of a simulated connection teaches nothing.
  const {track: _, lesson: __, ...rest} = opened.value;
  return ok({
    capture: trace,
    replayed,
    opened: {...rest, beats, warning: warning ?? opened.value.warning, simulated: {lesson, place}},
  });
};

/** Reads a capture and simulates one of its connections. `connection` may be undefined if the capture has only one. */
const openSimulated = async (
  source: string,
  connection: number | undefined,
  {budget = {}, ...wish}: Wish & {readonly budget?: ReadBudget},
): Promise<Result<Simulated, Failure>> => {
  const capture = await openCapture(source, {only: connection, ...budget});
  if (!capture.ok) return err(captureFailure(capture.error));
  const {trace, warning} = capture.value;
  const count = trace.connections.length;
  if (connection === undefined && count > 1) return err({...whichConnection(source, count), exit: 2});
  // If the caller named no connection, the capture has at most one. Only its packets are kept, as when a connection is named, so that
  // packet 1 is the connection's first.
  const [first] = trace.connections;
  const alone = connection === undefined && first ? trace.only(first.id) : trace;
  return simulate(alone, {source, connection: connection ?? 1, wish, warning});
};

/** Opens the run of a simulated connection again, with the faults of `wish`. */
export const openSimulatedWith = (
  {lesson, place}: NonNullable<Opened['simulated']>,
  wish: Pick<Wish, 'faults'>,
): Promise<Result<Opened, Failure>> => openLesson(lesson, wish, place);

/** Opens the simulated connection that a replay code names. Fails if the capture is gone or now gives another run. */
export const openSimulatedReplay = async (
  replay: Replay,
  budget: Budget = {},
): Promise<Result<Opened, Failure>> => {
  const {source, seed, profile, run, faults} = replay;
  const connection = connectionOfRun(run);
  if (connection === undefined) return err({...noRun(run, source, []), exit: 2});
  const wish = {run, seed, profile, faults, ...budget};
  const simulated = await openSimulated(source, connection, wish);
  return simulated.ok ? asCoded(ok(simulated.value.opened), replay) : simulated;
};

/**
 * Simulates the TCP connection of a capture to which a packet belongs; the only connection if there is just one. Fails if no connection is
 * found.
 */
export const openSimulatedAt = async (
  source: string,
  trace: CapturedTrace,
  packet: number | undefined,
): Promise<Result<Simulated, Failure>> => {
  const connection = connectionAt(trace, packet);
  return connection === undefined
    ? err({...replaySentences.noConnectionHere, exit: 2})
    : simulate(trace.only(connection.id), {source, connection: connection.id});
};

export const openSimulatedSource = async (
  source: string,
  args: Arguments,
): Promise<Result<Opened, Failure>> => {
  if (args.list('keylog').length > 0) return err({...notSimulated('--keylog'), exit: 2});
  const connection = connectionOf(args);
  if (!connection.ok) return connection;
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  const {run} = wish.value;
  const named = run === undefined ? undefined : connectionOfRun(run);
  if (run !== undefined && named === undefined) return err({...notSimulated('--run'), exit: 2});
  if (named !== undefined && (connection.value ?? named) !== named)
    return err({...twoConnections(`${connection.value}`, run ?? ''), exit: 2});
  const budget = readBudgetOf(args);
  if (!budget.ok) return budget;
  const simulated = await openSimulated(source, connection.value ?? named, {
    ...wish.value,
    budget: budget.value,
  });
  if (!simulated.ok) return simulated;
  const {opened} = simulated.value;
  const seed = opened.simulated?.lesson.runs[0]?.seed;
  if ((wish.value.seed ?? seed) !== seed) return err({...notSimulated('--seed'), exit: 2});
  return ok(opened);
};
