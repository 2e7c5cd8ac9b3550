// Parses zone files (RFC 1035 §5, $TTL: RFC 2308 §4): returns the records, each with its place, or all errors.
import type {DnsRecord} from '../../wire/dns/message.ts';
import type {DnsName} from '../../wire/dns/name.ts';
import {classNumber, RecordClass, typeNumber} from '../../wire/dns/registry.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {apexOf, type ZoneData, zoneFaults} from './zone-check.ts';
import type {ZonePlace, ZoneProblem} from './zone-problem.ts';
import {isZoneType, periodOf, readRData, ttlMost, zoneName} from './zone-rdata.ts';
import {type ZoneEntry, type ZoneWord, zoneEntries} from './zone-tokens.ts';

type PlacedRecord = {readonly record: DnsRecord; readonly place: ZonePlace};

/** The values that hold before the first line of a zone file: the `origin` that completes relative names, and a default TTL in seconds. */
type ZoneGround = {
  readonly origin?: DnsName | undefined;
  readonly ttl?: number;
  /** The record classes that the zone file may have; a record that names none gets the first one. @default IN alone */
  readonly classes?: readonly [number, ...number[]];
};

/** The part of a zone file's line after the owner: TTL and class, in any order, then type and RDATA. */
type Head = {
  readonly ttl?: number;
  readonly class?: number;
  readonly type: number;
  readonly rdata: readonly ZoneWord[];
};

const isProblem = (read: object | string): read is ZoneProblem => typeof read === 'object' && 'code' in read;

const lineAndColumn = ({line, column}: ZonePlace): ZonePlace => ({line, column});

/** Returns the class that a word in a zone file names, such as IN; undefined if it names none. No type may have the name of a class. */
const classOf = (word: ZoneWord): number | undefined => (word.quoted ? undefined : classNumber(word.text));

const readHead = (
  words: readonly ZoneWord[],
  {end, classes}: {readonly end: ZonePlace; readonly classes: readonly number[]},
): Head | ZoneProblem => {
  let before: Pick<Head, 'ttl' | 'class'> = {};
  for (const [index, word] of words.entries()) {
    const given = word.text;
    const period = periodOf(given);
    const classFound = classOf(word);
    if (period !== undefined && before.ttl === undefined) {
      if (period > ttlMost) return {...lineAndColumn(word), code: 'ttl', given};
      before = {...before, ttl: period};
    } else if (classFound !== undefined && before.class === undefined) {
      if (!classes.includes(classFound)) return {...lineAndColumn(word), code: 'class', given};
      before = {...before, class: classFound};
    } else {
      const type = typeNumber(given);
      const rdata = words.slice(index + 1);
      if (type === undefined || !isZoneType(type, rdata))
        return {...lineAndColumn(word), code: 'type', given};
      return {...before, type, rdata};
    }
  }
  return {...end, code: 'typeMissing'};
};

class ZoneReader {
  readonly records: PlacedRecord[] = [];
  readonly problems: ZoneProblem[] = [];
  #origin: DnsName | undefined;
  #owner: DnsName | undefined;
  /** The TTL of the $TTL directive, or the MINIMUM of an SOA record without a TTL (RFC 1035 §3.3.13), for records that state none. */
  #defaultTtl: number | undefined;
  /** The last TTL that a record of the zone file has stated (RFC 1035 §5.1), for records without one if there is no default. */
  #statedTtl: number | undefined;
  readonly #classes: readonly [number, ...number[]];

  constructor({origin, ttl, classes = [RecordClass.IN]}: ZoneGround) {
    this.#origin = origin;
    this.#defaultTtl = ttl;
    this.#classes = classes;
  }

  read(entries: readonly ZoneEntry[]): void {
    for (const entry of entries) {
      const [first] = entry.words;
      if (!entry.blank && !first.quoted && first.text.startsWith('$')) this.#obey(entry);
      else this.#readRecord(entry);
    }
  }

  #obey({words: [directive, ...others], end}: ZoneEntry): void {
    const [word, surplus] = others;
    const given = directive.text.toUpperCase();
    if (given === '$INCLUDE') this.problems.push({...lineAndColumn(directive), code: 'include'});
    else if (given !== '$ORIGIN' && given !== '$TTL')
      this.problems.push({...lineAndColumn(directive), code: 'directive', given: directive.text});
    else if (!word) this.problems.push({...end, code: 'missing', field: given});
    else if (surplus) this.problems.push({...lineAndColumn(surplus), code: 'surplus', given: surplus.text});
    else if (given === '$ORIGIN') this.#origin = this.#nameOf(word) ?? this.#origin;
    else this.#setTtl(word);
  }

  #setTtl(word: ZoneWord): void {
    const ttl = periodOf(word.text);
    if (ttl !== undefined && ttl <= ttlMost) this.#defaultTtl = ttl;
    else this.problems.push({...lineAndColumn(word), code: 'ttl', given: word.text});
  }

  #nameOf(word: ZoneWord): DnsName | undefined {
    const name = zoneName(word, this.#origin);
    if (!isProblem(name)) return name;
    this.problems.push(name);
    return undefined;
  }

  #readRecord({words, blank, end}: ZoneEntry): void {
    const place = lineAndColumn(words[0]);
    if (!blank) {
      this.#owner = this.#nameOf(words[0]);
      if (this.#owner === undefined) return;
    }
    const name = this.#owner;
    if (name === undefined) {
      this.problems.push({...place, code: 'owner'});
      return;
    }
    const classes = this.#classes;
    const head = readHead(blank ? words : words.slice(1), {end, classes});
    const data = isProblem(head) ? head : readRData(head.type, head.rdata, {origin: this.#origin, end});
    if (isProblem(head) || isProblem(data)) {
      this.problems.push(isProblem(head) ? head : isProblem(data) ? data : {...place, code: 'typeMissing'});
      return;
    }
    const {type} = head;
    if (head.ttl === undefined && data.kind === 'SOA') this.#defaultTtl ??= data.minimum;
    this.#statedTtl = head.ttl ?? this.#statedTtl;
    const ttl = head.ttl ?? this.#defaultTtl ?? this.#statedTtl;
    const [classDefault] = this.#classes;
    if (ttl === undefined) this.problems.push({...place, code: 'ttlMissing'});
    else this.records.push({record: {name, type, class: head.class ?? classDefault, ttl, data}, place});
  }
}

const inOrder = (a: ZonePlace, b: ZonePlace): number => a.line - b.line || a.column - b.column;

const readAll = (
  text: string,
  ground: ZoneGround,
): Result<readonly PlacedRecord[], readonly ZoneProblem[]> => {
  const entries = zoneEntries(text);
  if (!entries.ok) return entries;
  const reader = new ZoneReader(ground);
  reader.read(entries.value);
  return reader.problems.length > 0 ? err(reader.problems.toSorted(inOrder)) : ok(reader.records);
};

/** Parses lines in the format of zone files that need not form a whole zone. */
export const parseRecords = (
  text: string,
  ground: ZoneGround = {},
): Result<readonly DnsRecord[], readonly ZoneProblem[]> => {
  const read = readAll(text, ground);
  return read.ok ? ok(read.value.map(({record}) => record)) : read;
};

const start: ZonePlace = {line: 1, column: 1};

/** Parses the text of a zone file as a whole zone, whose apex is the name of its SOA record, and checks it. */
export const parseZone = (text: string, origin?: DnsName): Result<ZoneData, readonly ZoneProblem[]> => {
  const read = readAll(text, {origin});
  if (!read.ok) return read;
  const records = read.value.map(({record}) => record);
  const apex = apexOf(records);
  if (apex === undefined) return err([{...start, code: 'soaMissing'}]);
  const problems = zoneFaults({origin: apex, records}).map(({index, fault}) => ({
    ...(read.value[index]?.place ?? start),
    ...fault,
  }));
  return problems.length > 0 ? err(problems.toSorted(inOrder)) : ok({origin: apex, records});
};
