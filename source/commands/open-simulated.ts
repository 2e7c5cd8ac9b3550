// A connection of a capture as the simulator makes it: `--simulated`, and the other half of the comparison that the player shows.
import {type OpenCapture, openCapture} from '../io/capture.ts';
import {aside} from '../lesson/bound-beat.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {Replayed} from '../lesson/replay/from-capture.ts';
import type {CapturedTrace} from '../observe/capture-trace.ts';
import type {Endpoint, ObservedConnection} from '../observe/observed-connection.ts';
import {noRun, otherVersion} from '../present/text/errors.ts';
import {
  assumedText,
  cannotReplay,
  noConnectionHere,
  notSimulated,
  pipeReadOnce,
  simulatedTitle,
  whichConnection,
} from '../present/text/replay.ts';
import type {Replay} from '../sim/replay.ts';
import type {Trace} from '../sim/trace.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {type Wish, wishOf} from './choose-run.ts';
import type {Arguments, Failure} from './command.ts';
import {captureFailure} from './lesson-failure.ts';
import {type Opened, openLesson} from './open-lesson.ts';
import {connectionOf} from './options.ts';

export type Simulated = {
  /** The connection alone. */
  readonly capture: Trace;
  readonly replayed: Replayed;
  readonly opened: Opened;
};

const connectionAt = (trace: CapturedTrace, packet: number): ObservedConnection | undefined => {
  const {connections} = trace;
  const [only, ...others] = connections;
  if (only && others.length === 0) return only;
  const {frame} = packet > 0 ? trace.packet(packet) : {frame: undefined};
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

const unaltered: Wish = {run: undefined, seed: undefined, profile: undefined, faults: [], drops: []};

type Made = {readonly capture: OpenCapture; readonly replayed: Replayed; readonly lesson: Lesson};

/** `connection` absent: the capture has one. */
const made = async (source: string, connection: number | undefined): Promise<Result<Made, Failure>> => {
  const capture = await openCapture(source, {only: connection});
  if (!capture.ok) return err(captureFailure(capture.error));
  const {trace} = capture.value;
  const count = trace.connections.length;
  if (connection === undefined && count > 1) return err({...whichConnection(source, count), exit: 2});
  const {replayOf} = await import('../lesson/replay/from-capture.ts');
  const replayed = replayOf(trace);
  if (!replayed.ok) return err({...cannotReplay(source, replayed.error), exit: 1});
  const {asLesson, simulatedRun} = await import('../lesson/replay/as-lesson.ts');
  const number = connection ?? 1;
  const run = {...replayed.value.run, name: simulatedRun(number)};
  const lesson = asLesson(trace, run, simulatedTitle(source, number));
  return ok({capture: capture.value, replayed: replayed.value, lesson});
};

const openSimulated = async (
  source: string,
  connection: number | undefined,
  wish: Wish = unaltered,
): Promise<Result<Simulated, Failure>> => {
  const found = await made(source, connection);
  if (!found.ok) return found;
  const {capture, replayed, lesson} = found.value;
  const place = `${source} --connection ${connection ?? 1} --simulated`;
  const opened = await openLesson(lesson, wish, place);
  if (!opened.ok) return opened;
  const {agreementOf} = await import('../lesson/replay/agreement.ts');
  const agreement = agreementOf(replayed, opened.value.trace);
  const beats = [aside(0, 0, assumedText(agreement, replayed.assumptions))];
  // Nothing to be learned is written in it.
  const {track: _, lesson: __, ...rest} = opened.value;
  return ok({capture: capture.trace, replayed, opened: {...rest, beats, warning: capture.warning}});
};

/** What a replay code names: the file has to be there, unchanged. */
export const openSimulatedReplay = async ({
  source,
  sourceDigest,
  seed,
  profile,
  run,
  faults,
}: Replay): Promise<Result<Opened, Failure>> => {
  const {connectionOfRun} = await import('../lesson/replay/as-lesson.ts');
  const connection = connectionOfRun(run);
  if (connection === undefined) return err({...noRun(run, source, []), exit: 2});
  const wish = {run, seed, profile, faults, drops: []};
  const simulated = await openSimulated(source, connection, wish);
  if (!simulated.ok) return simulated;
  if (!simulated.value.capture.header.sourceDigest.startsWith(sourceDigest))
    return err({...otherVersion(source), exit: 2});
  return ok(simulated.value.opened);
};

/** The connection that a packet of the capture belongs to. */
export const openSimulatedAt = async (
  source: string,
  trace: CapturedTrace,
  packet: number,
): Promise<Result<Simulated, Failure>> => {
  if (source === '-') return err({...pipeReadOnce(), exit: 2});
  const connection = connectionAt(trace, packet);
  return connection === undefined
    ? err({...noConnectionHere(), exit: 2})
    : openSimulated(source, connection.id);
};

export const openSimulatedSource = async (
  source: string,
  args: Arguments,
): Promise<Result<Opened, Failure>> => {
  const idle = ['run', 'seed', 'keylog'].find((name) => args.list(name).length > 0);
  if (idle !== undefined) return err({...notSimulated(`--${idle}`), exit: 2});
  const connection = connectionOf(args);
  if (!connection.ok) return connection;
  const wish = wishOf(args);
  if (!wish.ok) return wish;
  const simulated = await openSimulated(source, connection.value, wish.value);
  return simulated.ok ? ok(simulated.value.opened) : simulated;
};
