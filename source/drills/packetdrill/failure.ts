// The failure of a packetdrill script: its line, what it expected and what happened, in packetdrill's notation and in this program's.

import type {Position} from '../../lesson/position.ts';
import {type Problem, problemWith} from '../../lesson/problem.ts';
import {allowMore} from '../../lesson/run-too-long.ts';
import {type Text, worded} from '../../lesson/text.ts';
import {
  packetdrillFailureSentences,
  packetdrillUnsupportedSentences,
} from '../../words/catalogue/drills-packetdrill.ts';
import type {Feature, Outcome} from './calls.ts';
import {packetText, spokenText} from './notation.ts';
import type {PacketSpec, Syscall} from './script.ts';

/** The same packet, time or value as packetdrill writes it and as this program writes it. */
export type Notations = {readonly packetdrill: string; readonly spoken: string};

export type ScriptFailure = Problem & {
  readonly position: Position;
  readonly expected?: Notations;
  readonly actual?: Notations;
  /** The feature that the stack or the runner lacks and the script asks for; absent if the script failed for another reason. */
  readonly needs?: string;
};

/** A failure of a script without the line and column, which the runner adds. */
export type Fault = Omit<ScriptFailure, 'position'>;

const look = packetdrillFailureSentences.look;

/** Returns the failure of a script that needs more than `most` steps of the stack before its current line is complete. */
export const tooManySteps = (most: number, nowUs: number): Fault => ({
  message: worded(packetdrillFailureSentences.tooManySteps.message, {most, nowUs: nowUs / 1_000_000}),
  remedy: worded(packetdrillFailureSentences.tooManySteps.remedy, {most: allowMore(most)}),
});

export const secondsText = (us: number): string => (us / 1_000_000).toFixed(6);

const notationsOf = (packet: PacketSpec): Notations => ({
  packetdrill: `> ${packetText(packet)}`,
  spoken: spokenText(packet),
});

/**
 * Makes both notations of a time or a number, which are equal. Equal notations are not shown below the message, because it names the value
 * already.
 */
const alike = (value: string): Notations => ({packetdrill: value, spoken: value});

const isPacket = ({packetdrill, spoken}: Notations): boolean => packetdrill !== spoken;

/**
 * Returns the lines below a failure's message: the expected packet and the one that came, each in both notations; none if the failure is
 * not about a packet.
 */
export const packetLines = ({expected, actual}: ScriptFailure): readonly Text[] => {
  const line = (label: Text, notations: Notations | undefined): readonly Text[] =>
    notations === undefined || !isPacket(notations)
      ? []
      : [notations.packetdrill, notations.spoken].map((words) =>
          worded(packetdrillFailureSentences.packetLines.line, {label, words}),
        );
  return [
    ...line(packetdrillFailureSentences.packetLines.expected, expected),
    ...line(packetdrillFailureSentences.packetLines.came, actual),
  ];
};

/** Returns a script's failure in one sentence, with the expected packet and the one that came. */
export const wholeMessage = ({message, expected, actual}: ScriptFailure): Text => {
  if (expected === undefined || !isPacket(expected)) return message;
  const came = actual === undefined ? undefined : `${actual.packetdrill} (${actual.spoken})`;
  const wanted = `${expected.packetdrill} (${expected.spoken})`;
  return worded(packetdrillFailureSentences.whole, {message, wanted, came});
};

export const packetFault = (expected: PacketSpec, actual: PacketSpec, what: Text): Fault => ({
  message: what,
  remedy: look,
  expected: notationsOf(expected),
  actual: notationsOf(actual),
});

export const absentFault = (expected: PacketSpec, untilUs: number): Fault => {
  const until = secondsText(untilUs);
  return {
    message: worded(packetdrillFailureSentences.absentFault.message, {until}),
    remedy: look,
    expected: notationsOf(expected),
  };
};

/** The earliest and the latest time at which an event of a script may happen, and the tolerance on both sides, in microseconds. */
export type TimeRange = {readonly fromUs: number; readonly untilUs: number; readonly toleranceUs: number};

export const timeFault = (what: Text, {fromUs, untilUs, toleranceUs}: TimeRange, actualUs: number): Fault => {
  const expected =
    fromUs === untilUs ? secondsText(fromUs) : `${secondsText(fromUs)}~${secondsText(untilUs)}`;
  const actual = secondsText(actualUs);
  const tolerance = secondsText(toleranceUs);
  return {
    message: worded(packetdrillFailureSentences.timeFault.message, {what, actual, expected, tolerance}),
    remedy: look,
    expected: alike(expected),
    actual: alike(actual),
  };
};

/** Tells whether a time is in the range that a script allows; `lateUs` is how much later the event might happen on a real host. */
export const isInTime = ({fromUs, untilUs, toleranceUs}: TimeRange, actualUs: number, lateUs = 0): boolean =>
  actualUs + lateUs >= fromUs - toleranceUs && actualUs <= untilUs + toleranceUs;

export const missingFault = (feature: Feature, detail: string): Fault => ({
  ...problemWith(packetdrillFailureSentences.missingFault, {
    unsupported: packetdrillUnsupportedSentences[feature],
    detail,
  }),
  needs: `${feature}: ${detail}`,
});

export const valueFault = (what: string, expected: string, actual: string): Fault => ({
  message: worded(packetdrillFailureSentences.valueFault.message, {what, expected, actual}),
  remedy: look,
  expected: alike(expected),
  actual: alike(actual),
});

const resultText = (value: number, errno: string | undefined): string =>
  errno === undefined ? `${value}` : `${value} ${errno}`;

/**
 * Tells whether the error that a script expects is the one that the call gave. A script's EAGAIN means EWOULDBLOCK: on real systems they
 * are one number, and calls here fail with EWOULDBLOCK.
 */
const sameError = (said: string | undefined, came: string | undefined): boolean =>
  said === undefined || (said === 'EAGAIN' ? 'EWOULDBLOCK' : said) === came;

/**
 * Returns the fault of a system call whose result differs from the script's; undefined if it does not. A new descriptor has the number that
 * the script gives it, so it always matches.
 */
export const resultFault = (call: Syscall, outcome: Outcome): Fault | undefined => {
  const {name, result, errno} = call;
  const wanted = result.kind === 'number' ? result.value : undefined;
  switch (outcome.kind) {
    case 'missing':
      return missingFault(outcome.feature, outcome.detail);
    case 'mismatch':
      return valueFault(`${name} ${outcome.what}`, outcome.expected, outcome.actual);
    case 'blocked':
      return problemWith(packetdrillFailureSentences.resultFault.blocked, {name});
    case 'descriptor':
    case 'made':
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
