// Parses ENTRY_BEGIN … ENTRY_END of a resolver replay script: a DNS message, or the conditions that a message has to meet.

import {worded} from '../../lesson/text.ts';
import {optRecord} from '../../wire/dns/edns.ts';
import {encodeDns} from '../../wire/dns/encode.ts';
import type {DnsFlags, DnsMessage, DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {rplParseEntrySentences} from '../../words/catalogue/drills-rpl.ts';
import {endAt, knownWord, type Line, type Lines, refuse, type Word, wholeNumber, wordAt} from './lines.ts';
import {parseHex} from './parse-hex.ts';
import {type Defaults, parseOwner, parseQuestion, parseRecord} from './parse-record.ts';
import {type AdjustWord, adjustWords, type Entry, type MatchWord, matchWords} from './replay.ts';
import {dnssecOk, flagWords, opcodeWords, rcodeWords, replyWords} from './reply-words.ts';

const sections = ['QUESTION', 'ANSWER', 'AUTHORITY', 'ADDITIONAL'] as const;
type Section = (typeof sections)[number];

/** Words of the replay format that are not supported in an entry; they are refused by name rather than read as records. */
const leftOut = ['EXTRA_PACKET', 'HEX_EDNSDATA_BEGIN', 'HEX_EDNSDATA_END', 'HEX_ANSWER_END', 'RAW'];
const misplaced = /^(?:ENTRY_BEGIN|STEP|RANGE_BEGIN|RANGE_END|SCENARIO_END)$/;

/**
 * The most questions and records in an entry: a record takes at least eleven octets (RFC 1035 §4.1.3), and a message has at most 65,535.
 */
const recordsMost = 5_000;
/** The most octets of an entry's message, which leaves room for a question that ADJUST copies into it. */
const octetsMost = 65_535 - 300;

/** The UDP payload size in octets that an entry with the flag DO announces by EDNS, as Unbound does. */
const udpSize = 1232;
const ttlMost = 2 ** 31 - 1;

type Draft = {
  readonly match: Set<MatchWord>;
  readonly adjust: Set<AdjustWord>;
  readonly flags: Set<keyof DnsFlags>;
  opcode: number;
  rcode: number;
  dnssecOk: boolean;
  section: Section;
  octets: Uint8Array | undefined;
  readonly questions: DnsQuestion[];
  readonly records: Readonly<Record<Exclude<Section, 'QUESTION'>, DnsRecord[]>>;
};

const emptyDraft = (): Draft => ({
  match: new Set(),
  adjust: new Set(),
  flags: new Set(),
  opcode: 0,
  rcode: 0,
  dnssecOk: false,
  section: 'QUESTION',
  octets: undefined,
  questions: [],
  records: {ANSWER: [], AUTHORITY: [], ADDITIONAL: []},
});

const messageOf = ({flags, opcode, rcode, questions, records, dnssecOk}: Draft): DnsMessage => ({
  id: 0,
  opcode,
  flags: {
    qr: flags.has('qr'),
    aa: flags.has('aa'),
    tc: flags.has('tc'),
    rd: flags.has('rd'),
    ra: flags.has('ra'),
    ad: flags.has('ad'),
    cd: flags.has('cd'),
  },
  rcode,
  questions,
  answers: records.ANSWER,
  authorities: records.AUTHORITY,
  additionals: dnssecOk ? [...records.ADDITIONAL, optRecord({udpSize, doBit: true})] : records.ADDITIONAL,
});

/** Returns the words of a script's line after the first one, up to a comment. */
const operands = ({words}: Line): readonly Word[] => {
  const [, ...rest] = words;
  const comment = rest.findIndex((word) => word.text.startsWith('#'));
  return comment < 0 ? rest : rest.slice(0, comment);
};

const readReply = (draft: Draft, word: Word): void => {
  const opcode = opcodeWords.get(word.text);
  const rcode = rcodeWords.get(word.text);
  const flag = flagWords.get(word.text);
  if (opcode !== undefined) draft.opcode = opcode;
  else if (rcode !== undefined) draft.rcode = rcode;
  else if (flag !== undefined) draft.flags.add(flag);
  else if (word.text === dnssecOk) draft.dnssecOk = true;
  else knownWord(word, replyWords, rplParseEntrySentences.readReply);
};

const refuseLeftOut = ({text: given, position}: Word): void => {
  if (leftOut.includes(given))
    refuse(
      position,
      worded(rplParseEntrySentences.refuseLeftOut.isNotAvailable, {given}),
      rplParseEntrySentences.refuseLeftOut.thisScriptCannot,
    );
  if (misplaced.test(given))
    refuse(
      position,
      worded(rplParseEntrySentences.refuseLeftOut.insideAnEntry, {given}),
      rplParseEntrySentences.refuseLeftOut.endTheEntry,
    );
};

const readContent = (draft: Draft, line: Line, defaults: Defaults): void => {
  const {section, questions, records} = draft;
  refuseLeftOut(line.words[0]);
  if (section === 'QUESTION') questions.push(parseQuestion(line, defaults));
  else records[section].push(parseRecord(line, defaults));
  const {ANSWER, AUTHORITY, ADDITIONAL} = records;
  if (questions.length + ANSWER.length + AUTHORITY.length + ADDITIONAL.length > recordsMost)
    refuse(
      line.words[0].position,
      worded(rplParseEntrySentences.readContent.moreThanRecords, {recordsMost}),
      rplParseEntrySentences.readContent.noMessageHolds,
    );
};

/** Applies a line `$ORIGIN` or `$TTL` of a replay script to the defaults for the lines after it; false if the line is another one. */
export const readDirective = (line: Line, defaults: Defaults): boolean => {
  const [{text: word}] = line.words;
  if (word === '$ORIGIN')
    defaults.origin = parseOwner(
      wordAt(line, 1, rplParseEntrySentences.readDirective.aName),
      defaults.origin,
    );
  else if (word === '$TTL')
    defaults.ttl = wholeNumber(
      wordAt(line, 1, rplParseEntrySentences.readDirective.aNumberOf),
      rplParseEntrySentences.readDirective.aNumberOf,
      ttlMost,
    );
  else return false;
  endAt(line, 2);
  return true;
};

export type EntryContext = {readonly lines: Lines; readonly defaults: Defaults};

const readLine = (draft: Draft, line: Line, {lines, defaults}: EntryContext): void => {
  switch (line.words[0].text) {
    case 'MATCH':
      for (const word of operands(line))
        draft.match.add(knownWord(word, matchWords, rplParseEntrySentences.readLine.MATCH));
      break;
    case 'ADJUST':
      for (const word of operands(line))
        draft.adjust.add(knownWord(word, adjustWords, rplParseEntrySentences.readLine.ADJUST));
      break;
    case 'REPLY':
      for (const word of operands(line)) readReply(draft, word);
      break;
    case 'SECTION':
      draft.section = knownWord(
        wordAt(line, 1, rplParseEntrySentences.readLine.SECTION.theNameOf),
        sections,
        rplParseEntrySentences.readLine.SECTION.theSection,
      );
      endAt(line, 2);
      break;
    case 'HEX_ANSWER_BEGIN':
      draft.octets = parseHex(lines, line);
      break;
    default:
      if (!readDirective(line, defaults)) readContent(draft, line, defaults);
  }
};

/** Parses an entry of a replay script up to ENTRY_END; `begin` is its line ENTRY_BEGIN. */
export const parseEntry = (begin: Line, context: EntryContext): Entry => {
  const draft = emptyDraft();
  endAt(begin, 1);
  for (;;) {
    const line = context.lines.within(begin.words[0], 'ENTRY_END');
    if (line.words[0].text === 'ENTRY_END') break;
    readLine(draft, line, context);
  }
  const {match, adjust, octets} = draft;
  const {position} = begin.words[0];
  const message = messageOf(draft);
  if (encodeDns(message).length > octetsMost)
    refuse(
      position,
      rplParseEntrySentences.parseEntry.thisIsMore,
      worded(rplParseEntrySentences.parseEntry.atMostOctets, {octetsMost}),
    );
  return {position, match, adjust, message, octets};
};
