// Parses the questions and records in the entries of a replay script, which are written as in zone files (RFC 1035 §5.1).

import {zoneProblem} from '../../lesson/dns/zone-problem.ts';
import {worded} from '../../lesson/text.ts';
import {parseRecords} from '../../stack/dns/zone-file.ts';
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, parseName, rootName} from '../../wire/dns/name.ts';
import {classNumber, RecordClass, typeNumber} from '../../wire/dns/registry.ts';
import {rplParseRecordSentences, rplZoneRecordSentences} from '../../words/catalogue/drills-rpl.ts';
import {endAt, type Line, ReplaySyntaxError, refuse, type Word, wordAt} from './lines.ts';

/** The values of `$ORIGIN` and `$TTL` in a replay script, which hold from their line to the end of the script, across entries. */
export type Defaults = {origin: DnsName; ttl: number};

const under = (relative: string, origin: DnsName): string =>
  origin === rootName ? relative : `${relative}.${origin}`;

/** Parses a domain name in a replay script; a name without a dot at the end is relative to `origin`. */
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
  // ANY is the name of a type and of a class; in a question it means the type.
  const given = typeNumber(second.text) === undefined ? classNumber(second.text) : undefined;
  const at = given === undefined ? 1 : 2;
  const type = typeOf(wordAt(line, at, rplParseRecordSentences.parseQuestion.type));
  endAt(line, at + 1);
  return {name, type, class: given ?? RecordClass.IN};
};

const classes = [RecordClass.IN, RecordClass.CH, RecordClass.HS] as const;

/** Parses one record in an entry of a replay script, as a zone file that has only this line. */
export const parseRecord = ({text: line, number}: Line, defaults: Readonly<Defaults>): DnsRecord => {
  // Leading blanks are removed, because in a zone file they would mean that the line has the previous record's owner.
  const bare = line.trimStart();
  const read = parseRecords(bare, {...defaults, classes});
  if (!read.ok) {
    const [fault] = read.error;
    if (fault === undefined) throw new Error('a line was refused without a reason');
    const column = line.length - bare.length + fault.column;
    throw new ReplaySyntaxError({line: number, column}, zoneProblem(fault));
  }
  const [record] = read.value;
  const {message, remedy} = rplZoneRecordSentences.thereIsNo;
  return record ?? refuse({line: number, column: 1}, message, remedy);
};
