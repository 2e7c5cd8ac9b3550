// Compares a message with an entry in what its MATCH names, and lists the differences line by line in the format's own words.

import {type Text, worded} from '../../lesson/text.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
import {isAtOrBelow, sameName} from '../../wire/dns/name.ts';
import {rplCompareSentences} from '../../words/catalogue/drills-rpl.ts';
import {flagsText, isOpt, opcodeText, questionText, rcodeText, recordText} from './record-text.ts';
import type {Dialect, Entry, MatchWord} from './replay.ts';

export type Transport = 'TCP' | 'UDP';

/** A message with its transport. */
export type Carried = {readonly message: DnsMessage; readonly transport: Transport};

/** The lines that one side has and the other has not. */
export type Difference = {
  readonly what: Text;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
};

/** The rules for comparing records: Deckard ignores TTL and order. */
type Reading = {readonly ttl: boolean; readonly ordered: boolean};

/** A part of a message. `same` is there for speed, because most comparisons are with entries that do not match. */
type Part = {
  readonly name: Text;
  same(expected: DnsMessage, actual: DnsMessage, reading: Reading): boolean;
  lines(message: DnsMessage, reading: Reading): readonly string[];
};

const scalar = (name: Text, label: string, of: (message: DnsMessage) => string | number): Part => ({
  name,
  same: (expected, actual) => of(expected) === of(actual),
  lines: (message) => [`${label} ${of(message)}`.trimEnd()],
});

const firstQuestion = ({questions: [first]}: DnsMessage): string =>
  first === undefined ? 'none' : questionText(first);

const qname: Part = {
  name: rplCompareSentences.qname.name,
  same: ({questions: [expected]}, {questions: [actual]}) =>
    expected !== undefined && actual !== undefined && sameName(expected.name, actual.name),
  lines: (message) => [`QUESTION ${firstQuestion(message)}`],
};

const subdomain: Part = {
  ...qname,
  same: ({questions: [expected]}, {questions: [actual]}) =>
    expected !== undefined && actual !== undefined && isAtOrBelow(actual.name, expected.name),
};

const qtype: Part = {
  ...qname,
  name: rplCompareSentences.qtype.name,
  same: ({questions: [expected]}, {questions: [actual]}) => expected?.type === actual?.type,
};

const question: Part = {
  name: rplCompareSentences.question.name,
  same: (expected, actual) =>
    expected.questions.map(questionText).join('\n') === actual.questions.map(questionText).join('\n'),
  lines: ({questions}) => questions.map((each) => `QUESTION ${questionText(each)}`),
};

const recordLines = (records: readonly DnsRecord[], {ttl, ordered}: Reading): readonly string[] => {
  const lines = records.map((record) => recordText(record, ttl));
  return ordered ? lines : lines.toSorted();
};

const section = (label: string, of: (message: DnsMessage) => readonly DnsRecord[]): Part => ({
  name: worded(rplCompareSentences.section.name, {label}),
  same: (expected, actual, reading) =>
    of(expected).length === of(actual).length &&
    recordLines(of(expected), reading).join('\n') === recordLines(of(actual), reading).join('\n'),
  lines: (message, {ttl}) => of(message).map((record) => `${label} ${recordText(record, ttl)}`),
});

const answer = section('ANSWER', ({answers}) => answers);
const authority = section('AUTHORITY', ({authorities}) => authorities);
const additional = section('ADDITIONAL', ({additionals}) => additionals.filter((record) => !isOpt(record)));
const edns = section('OPT', ({additionals}) => additionals.filter(isOpt));

const id = scalar(rplCompareSentences.id, 'ID', (message) => message.id);
const opcode = scalar(rplCompareSentences.opcode, 'opcode', opcodeText);
const rcode = scalar(rplCompareSentences.rcode, 'rcode', rcodeText);
const flags = scalar(rplCompareSentences.flags, 'flags', flagsText);

/** The parts for `all`: Unbound compares the whole message as text, Deckard what its guide lists. */
const all: Readonly<Record<Dialect, readonly Part[]>> = {
  unbound: [opcode, rcode, flags, id, question, answer, authority, additional, edns],
  deckard: [opcode, qtype, qname, flags, rcode, answer, authority, additional],
};

const parts: Readonly<Record<Exclude<MatchWord, 'all' | 'ttl' | 'TCP' | 'UDP'>, Part>> = {
  opcode,
  qtype,
  qname,
  subdomain,
  question,
  answer,
  rcode,
};

const partsOf = (word: MatchWord, dialect: Dialect): readonly Part[] => {
  if (word === 'all') return all[dialect];
  return word === 'ttl' || word === 'TCP' || word === 'UDP' ? [] : [parts[word]];
};

const readingOf = ({match}: Entry, dialect: Dialect): Reading =>
  dialect === 'unbound' ? {ttl: match.has('ttl'), ordered: true} : {ttl: false, ordered: false};

const carriedAs = ({match}: Entry, transport: Transport): boolean =>
  !(match.has('TCP') || match.has('UDP')) || match.has(transport);

/** Tells whether a message matches an entry; an entry without MATCH matches everything. */
export const matches = (entry: Entry, {message, transport}: Carried, dialect: Dialect): boolean => {
  if (!carriedAs(entry, transport)) return false;
  const reading = readingOf(entry, dialect);
  for (const word of entry.match)
    for (const part of partsOf(word, dialect)) if (!part.same(entry.message, message, reading)) return false;
  return true;
};

/** Returns the lines that one list has more often than the other. */
const without = (lines: readonly string[], others: readonly string[]): readonly string[] => {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

const differenceIn = (part: Part, entry: Entry, actual: DnsMessage, reading: Reading): Difference => {
  const [wanted, got] = [part.lines(entry.message, reading), part.lines(actual, reading)];
  const [expected, came] = [without(wanted, got), without(got, wanted)];
  // Nothing is missing and nothing is surplus, so the order differs, and all lines have to be shown.
  if (expected.length === 0 && came.length === 0) return {what: part.name, expected: wanted, actual: got};
  return {what: part.name, expected, actual: came};
};

/** Returns everything that keeps the message from matching, in the order of a message. */
export const differences = (
  entry: Entry,
  {message, transport}: Carried,
  dialect: Dialect,
): readonly Difference[] => {
  const reading = readingOf(entry, dialect);
  const wanted = new Set([...entry.match].flatMap((word) => partsOf(word, dialect)));
  const found = [...wanted]
    .filter((part) => !part.same(entry.message, message, reading))
    .map((part) => differenceIn(part, entry, message, reading));
  if (carriedAs(entry, transport)) return found;
  const what = rplCompareSentences.differences.what;
  return [{what, expected: [transport === 'TCP' ? 'UDP' : 'TCP'], actual: [transport]}, ...found];
};
