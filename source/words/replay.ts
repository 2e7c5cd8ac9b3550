// The words about a simulated run that reproduces a connection of a capture: what was assumed, how well both agree, and why it can be
// impossible.

import type {Agreement} from '../drills/replay/agreement.ts';
import type {Departure} from '../drills/replay/departure.ts';
import type {Difference} from '../drills/replay/differences.ts';
import type {Assumption, NoReplay} from '../drills/replay/from-capture.ts';
import {fileName} from '../lesson/file-name.ts';
import {type Text, worded} from '../lesson/text.ts';
import {inEvery} from './catalogue/language.ts';
import {punctuation} from './catalogue/punctuation.ts';
import {nameOf, places, reasons, replaySentences, things} from './catalogue/replay.ts';
import {formatEstimate, formatTime} from './format.ts';
import {type Problem, problemOf} from './problem.ts';

export const cannotReplay = (source: string, reason: NoReplay): Problem =>
  problemOf(replaySentences.cannotReplay, {source: fileName(source), reasons: reasons[reason]});

export const whichConnection = (source: string, count: number): Problem =>
  problemOf(replaySentences.whichConnection, {source, count});

export const notSimulated = (option: string): Problem => problemOf(replaySentences.notSimulated, {option});

export const twoConnections = (connection: string, run: string): Problem =>
  problemOf(replaySentences.twoConnections, {connection, run});

export const simulatedTitle = (source: string, connection: number): Text => {
  const name = fileName(source);
  return worded(replaySentences.simulatedTitle, {name, connection});
};

/** Returns how well a capture and its simulated run agree, such as “31 of 34 packets alike, 2 only in the simulator”. */
export const agreementText = ({alike, captured, extra}: Agreement): Text => {
  const more =
    extra === 0
      ? replaySentences.agreement.more.text
      : worded(replaySentences.agreement.more.onlyInThe, {extra});
  return worded(replaySentences.agreement.itself, {alike, captured, more});
};

const assumptionText = (assumption: Assumption): Text => {
  switch (assumption.kind) {
    case 'path': {
      const time = formatEstimate(assumption.delayUs);
      const place = places[assumption.at];
      return worded(replaySentences.assumption.path, {time, place});
    }
    case 'profile':
      return worded(replaySentences.assumption.profile, {profile: assumption.profile});
    case 'octets':
      return replaySentences.assumption.octets;
    case 'offload':
      return replaySentences.assumption.offload;
    case 'address':
      return worded(replaySentences.assumption.address, {host: assumption.host, ip: assumption.ip});
    case 'silent':
      return replaySentences.assumption.silent;
  }
};

/** Returns the narration at the start of a run that reproduces a capture: how well both agree, and what was assumed. */
export const assumedText = (agreement: Agreement, assumptions: readonly Assumption[]): Text => {
  const all = assumptions.map(assumptionText);
  const agree = agreementText(agreement);
  const taken = inEvery((language) =>
    all.map((each) => each[language]).join(punctuation.semicolon[language]),
  );
  return worded(replaySentences.assumed, {agree, taken});
};

const differenceText = (difference: Difference): Text => {
  switch (difference.kind) {
    case 'again': {
      const {captured, captureWaitUs, simulatedWaitUs, by} = difference;
      const [a, b] = [formatTime(captureWaitUs), formatTime(simulatedWaitUs)];
      const causes = replaySentences.difference.again.cause;
      const cause = {RTO: causes.itsRTOHas, 'duplicate ACKs': causes.duplicateACKs, probe: causes.probe}[by];
      const which = worded(nameOf, captured);
      return worded(replaySentences.difference.again.itself, {which, a, b, cause});
    }
    case 'acknowledges': {
      const {captured, simulated} = difference;
      const which = worded(nameOf, captured);
      // The text tells how many bytes are acknowledged, because the ladder may show raw or relative numbers; 1 is subtracted for the SYN.
      const [a, b] = [(captured.ack ?? 1) - 1, (simulated.ack ?? 1) - 1];
      return worded(replaySentences.difference.acknowledges, {which, a, b});
    }
    case 'order': {
      const {captured, count} = difference;
      const which = worded(nameOf, captured);
      return count === 1
        ? worded(replaySentences.difference.order.leavesInAnother, {which})
        : worded(replaySentences.difference.order.packetsLeaveIn, {count, which});
    }
    case 'alone': {
      const {count, what, first} = difference;
      const thing = worded(things[what], {count});
      const inCapture = difference.in === 'capture';
      // Capture and simulated run number their own packets, so a letter tells whose packet is meant.
      const letter = inCapture ? 'A' : 'B';
      const at = worded(replaySentences.at, {packet: first.packet, letter});
      const where =
        count === 1
          ? worded(replaySentences.difference.alone.where.text, {at})
          : worded(replaySentences.difference.alone.where.fromOn, {at});
      const side = inCapture
        ? replaySentences.difference.alone.side.onlyInTheCapture
        : replaySentences.difference.alone.side.onlyInTheSimulator;
      return worded(replaySentences.difference.alone.itself, {side, thing, where});
    }
  }
};

/** Returns the first `most` differences between a capture and its simulated run, and how many more there are. */
export const differencesText = (differences: readonly Difference[], most: number): Text => {
  const told = differences.slice(0, most).map(differenceText);
  const rest = differences.length - told.length;
  if (told.length === 0) return replaySentences.differences.itself;
  const more =
    rest > 0 ? worded(replaySentences.differences.more.more, {rest}) : replaySentences.differences.more.text;
  return inEvery((language) => {
    const all = told.map((each) => each[language]).join(punctuation.semicolon[language]);
    return `${all.charAt(0).toUpperCase()}${all.slice(1)}${more[language]}${punctuation.period[language]}`;
  });
};

/** Returns where a simulated run first departs from its capture, and why, as far as the capture point shows. */
export const departureText = ({first, reason, awayUs, ...departure}: Departure): Text => {
  const letter = departure.in === 'capture' ? 'A' : 'B';
  const at = worded(replaySentences.at, {packet: first.packet, letter});
  const away = formatEstimate(awayUs);
  const why = worded(replaySentences.departure.why, {reason, away});
  return worded(replaySentences.departure.itself, {at, why});
};
