// Questions and records of an entry. Records are written as in zone files (RFC 1035 §5.1), and read as those are.

import {text} from '../../lesson/problem.ts';
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, parseName, rootName} from '../../wire/dns/name.ts';
import {classNumber, RecordClass, typeNumber} from '../../wire/dns/registry.ts';
import type {Result} from '../../wire/result.ts';
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
        text(`“${given}” is no domain name`, `「${given}」不是域名`),
        text(
          'labels of 1 to 63 octets with dots between them, 255 octets in all',
          '各标签 1 到 63 个八位组，以点分隔，总长不超过 255 个八位组',
        ),
      );
};

const typeOf = (word: Word): number =>
  typeNumber(word.text) ??
  refuse(
    word.position,
    text(`no record type “${word.text}”`, `没有名为「${word.text}」的记录类型`),
    text('write a type such as A, or TYPE65280', '写类型名，例如 A，或 TYPE65280'),
  );

export const parseQuestion = (line: Line, {origin}: Readonly<Defaults>): DnsQuestion => {
  const name = parseOwner(line.words[0], origin);
  const second = wordAt(line, 1, text('a record type', '记录类型'));
  // ANY is a class too, but a question for any class is nobody's.
  const given = typeNumber(second.text) === undefined ? classNumber(second.text) : undefined;
  const at = given === undefined ? 1 : 2;
  const type = typeOf(wordAt(line, at, text('a record type', '记录类型')));
  endAt(line, at + 1);
  return {name, type, class: given ?? RecordClass.IN};
};

export const parseRecord = (line: Line, defaults: Readonly<Defaults>, read: RecordReader): DnsRecord => {
  const record = read(line, defaults);
  if (record.ok) return record.value;
  throw new ReplaySyntaxError(record.error.position, record.error);
};
