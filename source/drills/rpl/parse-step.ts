// Parses `STEP n TYPE …` of a replay script: its next event, with the entry if the type has one.

import {worded} from '../../lesson/text.ts';
import type {IpAddress} from '../../wire/ip-address.ts';
import {rplParseStepSentences} from '../../words/catalogue/drills-rpl.ts';
import {endAt, knownWord, type Line, refuse, type Word, wholeNumber, wordAt} from './lines.ts';
import {parseAddress} from './parse-address.ts';
import {type EntryContext, parseEntry, readDirective} from './parse-entry.ts';
import {parseOwner} from './parse-record.ts';
import type {Entry, ReplayStep, StepKind} from './replay.ts';

const stepKinds = [
  'QUERY',
  'CHECK_ANSWER',
  'CHECK_OUT_QUERY',
  'REPLY',
  'TIME_PASSES',
  'TRAFFIC',
  'INFRA_RTT',
  'NOTHING',
  'ERROR',
] as const satisfies readonly StepKind[];

/** The most seconds that a step may let pass: thirty years, longer than any TTL that is kept in practice (RFC 2181 §8 allows 68 years). */
const secondsMost = 1_000_000_000;

const elapsedUs = (line: Line): number => {
  const [, , , keyword, seconds] = line.words;
  if (keyword?.text !== 'ELAPSE' || seconds === undefined || !/^\d+(?:\.\d*)?$/.test(seconds.text))
    return refuse(
      (keyword?.text === 'ELAPSE' ? seconds : keyword)?.position ?? line.end,
      rplParseStepSentences.elapsedUs.timePASSESNeeds,
      rplParseStepSentences.elapsedUs.writeTIMEPASSESELAPSE5,
    );
  if (Number(seconds.text) > secondsMost)
    refuse(
      seconds.position,
      worded(rplParseStepSentences.elapsedUs.moreThanSeconds, {secondsMost}),
      rplParseStepSentences.elapsedUs.noTTLIs,
    );
  endAt(line, 5);
  return Math.round(Number(seconds.text) * 1_000_000);
};

const rttMostMs = 600_000;

const infraRtt = (
  line: Line,
  context: EntryContext,
): Pick<Extract<ReplayStep, {kind: 'INFRA_RTT'}>, 'address' | 'zone' | 'rttUs'> => {
  const address = parseAddress(wordAt(line, 3, rplParseStepSentences.infraRtt.address));
  const zone = parseOwner(wordAt(line, 4, rplParseStepSentences.infraRtt.zone), context.defaults.origin);
  const ms = rplParseStepSentences.infraRtt.ms;
  const rttUs = 1000 * wholeNumber(wordAt(line, 5, ms), ms, rttMostMs);
  endAt(line, 6);
  return {address, zone, rttUs};
};

const addressOf = (line: Line): IpAddress | undefined => {
  const keyword = line.words[3];
  if (keyword?.text !== 'ADDRESS') {
    endAt(line, 3);
    return undefined;
  }
  const address = parseAddress(wordAt(line, 4, rplParseStepSentences.addressOf.address));
  endAt(line, 5);
  return address;
};

const entryOf = (step: Line, context: EntryContext): Entry => {
  for (;;) {
    const line = context.lines.next();
    if (line !== undefined && readDirective(line, context.defaults)) continue;
    if (line?.words[0].text === 'ENTRY_BEGIN') return parseEntry(line, context);
    return refuse(
      line?.words[0].position ?? context.lines.end,
      rplParseStepSentences.entryOf.theStepHas,
      worded(rplParseStepSentences.entryOf.writeENTRYBEGINBelow, {number: step.number}),
    );
  }
};

const actionOf = (kind: (typeof stepKinds)[number], line: Line, context: EntryContext) => {
  switch (kind) {
    case 'QUERY':
    case 'CHECK_ANSWER':
    case 'CHECK_OUT_QUERY': {
      const address = addressOf(line);
      return {kind, address, entry: entryOf(line, context)};
    }
    case 'REPLY':
      endAt(line, 3);
      return {kind, entry: entryOf(line, context)};
    case 'TIME_PASSES':
      return {kind, us: elapsedUs(line)};
    case 'INFRA_RTT':
      return {kind, ...infraRtt(line, context)};
    case 'TRAFFIC':
    case 'NOTHING':
    case 'ERROR':
      endAt(line, 3);
      return {kind};
  }
};

const checkOrder = (number: number, word: Word, before: ReplayStep | undefined): void => {
  if (before === undefined || before.number < number) return;
  refuse(
    word.position,
    worded(rplParseStepSentences.checkOrder.stepComesAfter, {number, number2: before.number}),
    rplParseStepSentences.checkOrder.numberTheSteps,
  );
};

export const parseStep = (line: Line, before: ReplayStep | undefined, context: EntryContext): ReplayStep => {
  const what = rplParseStepSentences.parseStep.what;
  const word = wordAt(line, 1, what);
  const number = wholeNumber(word, what);
  checkOrder(number, word, before);
  const kind = knownWord(
    wordAt(line, 2, rplParseStepSentences.parseStep.kind.aStepType),
    stepKinds,
    rplParseStepSentences.parseStep.kind.theStepType,
  );
  return {number, position: line.words[0].position, ...actionOf(kind, line, context)};
};
