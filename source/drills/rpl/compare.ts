// Compares a DNS message with an entry of a replay script in the parts that its MATCH names, and lists the differences line by line in the
// script format's words.

import {type Text, worded} from '../../lesson/text.ts';
import type {DnsMessage, DnsRecord} from '../../wire/dns/message.ts';
import {isAtOrBelow, sameName} from '../../wire/dns/name.ts';
import {rplCompareSentences} from '../../words/catalogue/drills-rpl.ts';
import {flagsText, isOpt, opcodeText, questionText, rcodeText, recordText} from './record-text.ts';
import type {Dialect, Entry, MatchWord} from './replay.ts';

export type Transport = 'TCP' | 'UDP';

/** A DNS message and whether it was sent over TCP or UDP. */
export type Carried = {readonly message: DnsMessage; readonly transport: Transport};

/** A part of a DNS message that differs: the lines that only the script's entry has, and those that only the actual message has. */
export type Difference = {
  readonly what: Text;
  readonly expected: readonly string[];
  readonly actual: readonly string[];
};

/** How records are compared: Unbound's scripts compare TTLs only with `MATCH ttl` and always the order; Deckard's compare neither. */
type Reading = {readonly ttl: boolean; readonly ordered: boolean};

/** A part of a DNS message that MATCH compares. `same` compares without writing `lines`, for speed, because most entries do not match. */
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

/** The parts of a message that `MATCH all` compares: Unbound compares the whole message, Deckard the parts that its guide lists. */
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

/** Tells whether a DNS message matches an entry of a replay script; an entry without MATCH matches every message. */
export const matches = (entry: Entry, {message, transport}: Carried, dialect: Dialect): boolean => {
  if (!carriedAs(entry, transport)) return false;
  const reading = readingOf(entry, dialect);
  for (const word of entry.match)
    for (const part of partsOf(word, dialect)) if (!part.same(entry.message, message, reading)) return false;
  return true;
};

/** Returns the lines that the first list has more often than the second. */
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
  // If both sides have the same lines, their order differs, so all lines are shown.
  if (expected.length === 0 && came.length === 0) return {what: part.name, expected: wanted, actual: got};
  return {what: part.name, expected, actual: came};
};

/** Returns the parts of a DNS message that keep it from matching an entry of the script, and, if that differs, its transport. */
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
