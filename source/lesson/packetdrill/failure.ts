// Why a script fails: the line, what it expected and what came, in packetdrill's own words and in ours.
import type {Position, Text} from '../lesson.ts';
import {text} from '../problem.ts';
import type {Outcome} from './calls.ts';
import type {KnobProblem} from './knobs.ts';
import {packetText, spokenText} from './notation.ts';
import type {PacketSpec, Syscall} from './script.ts';
import {type Feature, unsupported} from './unsupported.ts';

/** The same thing as packetdrill writes it and as this program says it. */
export type Notations = {readonly packetdrill: string; readonly spoken: string};

export type ScriptFailure = {
  readonly position: Position;
  readonly message: Text;
  readonly remedy: Text;
  readonly expected?: Notations;
  readonly actual?: Notations;
  /** What the stack or the runner would have to have. */
  readonly needs?: string;
};

/** A failure before its line is known. */
export type Fault = Omit<ScriptFailure, 'position'>;

const look = text('step through the script to see what came before', '逐步播放这个脚本，看看之前发生了什么');

const secondsText = (us: number): string => (us / 1_000_000).toFixed(6);

const notationsOf = (packet: PacketSpec): Notations => ({
  packetdrill: packetText(packet),
  spoken: spokenText(packet),
});

export const packetFault = (expected: PacketSpec, actual: PacketSpec, what: Text): Fault => {
  const wanted = notationsOf(expected);
  const came = notationsOf(actual);
  return {
    message: text(
      `${what.en}; expected > ${wanted.packetdrill} (${wanted.spoken}), came > ${came.packetdrill} (${came.spoken})`,
      `${what.zh}；期望 > ${wanted.packetdrill}（${wanted.spoken}），来的是 > ${came.packetdrill}（${came.spoken}）`,
    ),
    remedy: look,
    expected: wanted,
    actual: came,
  };
};

export const absentFault = (expected: PacketSpec, untilUs: number): Fault => {
  const wanted = notationsOf(expected);
  const until = secondsText(untilUs);
  return {
    message: text(
      `no packet until ${until} s; expected > ${wanted.packetdrill} (${wanted.spoken})`,
      `到 ${until} 秒为止没有分组；期望 > ${wanted.packetdrill}（${wanted.spoken}）`,
    ),
    remedy: look,
    expected: wanted,
  };
};

/** When something should have happened, and how far it may be off; microseconds. */
export type TimeRange = {readonly fromUs: number; readonly untilUs: number; readonly toleranceUs: number};

export const timeFault = (what: Text, {fromUs, untilUs, toleranceUs}: TimeRange, actualUs: number): Fault => {
  const expected =
    fromUs === untilUs ? secondsText(fromUs) : `${secondsText(fromUs)}~${secondsText(untilUs)}`;
  const actual = secondsText(actualUs);
  const tolerance = secondsText(toleranceUs);
  return {
    message: text(
      `${what.en} at ${actual} s; expected at ${expected} s (± ${tolerance} s)`,
      `${what.zh}发生在 ${actual} 秒；期望在 ${expected} 秒（± ${tolerance} 秒）`,
    ),
    remedy: look,
    expected: {packetdrill: expected, spoken: `${expected} s`},
    actual: {packetdrill: actual, spoken: `${actual} s`},
  };
};

export const isInTime = ({fromUs, untilUs, toleranceUs}: TimeRange, actualUs: number): boolean =>
  actualUs >= fromUs - toleranceUs && actualUs <= untilUs + toleranceUs;

export const missingFault = (feature: Feature, detail: string): Fault => ({
  message: text(`needs ${unsupported[feature].en}: ${detail}`, `需要${unsupported[feature].zh}：${detail}`),
  remedy: text('this script cannot be judged here', '这里无法评判这个脚本'),
  needs: `${feature}: ${detail}`,
});

export const knobFault = ({message, remedy, needs}: KnobProblem): Fault => ({
  message,
  remedy,
  ...(needs === undefined ? {} : {needs}),
});

export const valueFault = (what: string, expected: string, actual: string): Fault => ({
  message: text(`${what}: expected ${expected}, got ${actual}`, `${what}：期望 ${expected}，实为 ${actual}`),
  remedy: look,
  expected: {packetdrill: expected, spoken: expected},
  actual: {packetdrill: actual, spoken: actual},
});

const resultText = (value: number, errno: string | undefined): string =>
  errno === undefined ? `${value}` : `${value} ${errno}`;

/** Both are names of one number on the systems that scripts are written for. */
const sameError = (a: string | undefined, b: string | undefined): boolean =>
  a === b || (a === 'EAGAIN' && b === 'EWOULDBLOCK') || (a === 'EWOULDBLOCK' && b === 'EAGAIN');

/** Does the call's result equal what the script says? Descriptors are named by the script and always fit. */
export const resultFault = (call: Syscall, outcome: Outcome): Fault | undefined => {
  const {name, result, errno} = call;
  const wanted = result.kind === 'number' ? result.value : undefined;
  switch (outcome.kind) {
    case 'missing':
      return missingFault(outcome.feature, outcome.detail);
    case 'mismatch':
      return valueFault(`${name} ${outcome.what}`, outcome.expected, outcome.actual);
    case 'blocked':
      return {
        message: text(`${name} does not return: it would block`, `${name} 不返回：它会阻塞`),
        remedy: text('give the time of its return, as in +0...0.100', '写上它返回的时间，例如 +0...0.100'),
      };
    case 'descriptor':
      return wanted === undefined || wanted >= 0
        ? undefined
        : valueFault(name, resultText(wanted, errno), 'a descriptor');
    case 'returned': {
      if (wanted === undefined) return undefined;
      const fits = wanted === outcome.value && (wanted >= 0 || sameError(errno, outcome.errno));
      return fits
        ? undefined
        : valueFault(name, resultText(wanted, errno), resultText(outcome.value, outcome.errno));
    }
  }
};
