// Questions and records of an entry. Records are written as in zone files (RFC 1035 §5.1), and read as those are.

import {worded} from '../../lesson/text.ts';
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, parseName, rootName} from '../../wire/dns/name.ts';
import {classNumber, RecordClass, typeNumber} from '../../wire/dns/registry.ts';
import type {Result} from '../../wire/result.ts';
import {rplParseRecordSentences} from '../../words/catalogue/drills-rpl.ts';
import {endAt, type Line, ReplaySyntaxError, refuse, type Word, wordAt} from './lines.ts';
import type {ReplayProblem} from './replay.ts';

/** `$ORIGIN` and `$TTL` hold from where they stand to the end of the script, whatever the entry. */
export type Defaults = {origin: DnsName; ttl: number};

/** Reads the one record of a line; given by whoever may import the zone-file reader. */
export type RecordReader = (
  line: {readonly text: string; readonly number: number},
  defaults: Readonly<Defaults>,
) => Result<DnsRecord, ReplayProblem>;

const under = (relative: string, origin: DnsName): string =>
  origin === rootName ? relative : `${relative}.${origin}`;

/** Relative names end at `origin`. */
export const parseOwner = ({text: given, position}: Word, origin: DnsName): DnsName => {
  if (given === '@') return origin;
  const name = parseName(/(?:^|[^\\])\.$/.test(given) ? given : under(given, origin));
  return name.ok
    ? name.value
    : refuse(
        position,
        worded(rplParseRecordSentences.parseOwner.isNoDomain, {given}),
        rplParseRecordSentences.parseOwner.labelsOf1To63,
      );
};

const typeOf = (word: Word): number =>
  typeNumber(word.text) ??
  refuse(
    word.position,
    worded(rplParseRecordSentences.typeOf.noRecordType, {text: word.text}),
    rplParseRecordSentences.typeOf.writeAType,
  );

export const parseQuestion = (line: Line, {origin}: Readonly<Defaults>): DnsQuestion => {
  const name = parseOwner(line.words[0], origin);
  const second = wordAt(line, 1, rplParseRecordSentences.parseQuestion.second);
  // ANY is a class too, but a question for any class is nobody's.
  const given = typeNumber(second.text) === undefined ? classNumber(second.text) : undefined;
  const at = given === undefined ? 1 : 2;
  const type = typeOf(wordAt(line, at, rplParseRecordSentences.parseQuestion.type));
  endAt(line, at + 1);
  return {name, type, class: given ?? RecordClass.IN};
};

export const parseRecord = (line: Line, defaults: Readonly<Defaults>, read: RecordReader): DnsRecord => {
  const record = read(line, defaults);
  if (record.ok) return record.value;
  throw new ReplaySyntaxError(record.error.position, record.error);
};
