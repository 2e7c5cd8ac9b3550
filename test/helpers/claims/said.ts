// How claims are found in sentences: patterns in both languages in which `<host>` stands for a host's name, `#bytes` for a
// number, `@at` for a time, `~name` for a word; and what was said of them.

import {hostName} from '../../../source/lesson/host-names.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {Seen} from './seen.ts';

/** Each a claim of its own, by what it is about. */
export type Facts = {readonly [about: string]: boolean | undefined};

export type Row = {readonly en: string; readonly zh: string; readonly facts: (said: Said) => Facts};

export const row = (en: string, zh: string, facts: Row['facts']): Row => ({en, zh, facts});

const unitsUs: {readonly [unit: string]: number} = {
  µs: 1,
  ms: 1000,
  s: 1_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
};

type Span = {readonly least: number; readonly most: number};

export class Said extends Seen {
  readonly words: string;
  /** Where they stand in the text. */
  readonly span: readonly [start: number, end: number];
  readonly #groups: {readonly [name: string]: string | undefined};
  readonly #hosts: ReadonlyMap<string, string>;
  readonly #spans = new Map<string, Span>();

  constructor(at: {trace: Trace; n: number}, match: RegExpMatchArray, hosts: ReadonlyMap<string, string>) {
    super(at.trace, at.n);
    this.words = match[0];
    this.span = [match.index ?? 0, (match.index ?? 0) + match[0].length];
    this.#groups = match.groups ?? {};
    this.#hosts = hosts;
  }

  has(name: string): boolean {
    return this.#groups[name] !== undefined;
  }

  word(name: string): string {
    return this.#groups[name] ?? '';
  }

  /** Of a long name its beginning, its end and its octets, those that tell lengths too (RFC 1035 §3.1). */
  isNamed(group: string, name: string): boolean {
    const own = name.replace(/\.$/, '').toLowerCase();
    const words = this.word(group).toLowerCase();
    const octets = /^\d+(?= 字节长的 )|(?<= \()\d+(?= octets\)$)/.exec(words)?.[0];
    const [start = '', end = ''] = words.replace(/^\d+ 字节长的 | \(\d+ octets\)$/g, '').split('…');
    if (octets === undefined) return own === words;
    return own.startsWith(start) && own.endsWith(end) && own.length + 2 === Number(octets);
  }

  host(name = 'host'): string {
    return this.#hosts.get(this.word(name).toLowerCase()) ?? '';
  }

  number(name: string): number {
    return Number(this.#groups[name] ?? Number.NaN);
  }

  /** Times are cut, not rounded: `450 ms` is said of 450.0 to 450.9 ms. */
  isTime(name: string, us: number | undefined): boolean {
    if (us === undefined) return false;
    const {least, most} = this.#spans.get(name) ?? this.#span(name);
    return us >= least - 0.5 && us < most;
  }

  lengthUs(name: string): number {
    return (this.#spans.get(name) ?? this.#span(name)).least;
  }

  #span(name: string): Span {
    const [, digits = '', unit = ''] = /^([\d.]+) (\S+)$/.exec(this.word(name)) ?? [];
    const least = Number(digits) * (unitsUs[unit] ?? 0);
    // Whole seconds are written so where nothing is cut: of long times tenths would be.
    const whole = unit !== 's' || Number(digits) >= 1000 ? 0 : Number(digits) < 100 ? 3 : 1;
    const decimals = digits.split('.')[1]?.length ?? whole;
    const span = {least, most: least + (unitsUs[unit] ?? 0) / 10 ** decimals};
    this.#spans.set(name, span);
    return span;
  }
}

/** By their names. */
export const hosts = ({trace}: Seen): readonly string[] => trace.header.hosts.map(({name}) => name);

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

type Names = {
  readonly pattern: string;
  readonly language: Language;
  /** By what a sentence calls them. */
  readonly hosts: ReadonlyMap<string, string>;
  readonly compiled: Map<Row, RegExp>;
};

const named = new Map<string, Names>();

const namesOf = (trace: Trace, language: Language): Names => {
  const key = [language, ...trace.header.hosts.flatMap(({name, label}) => [name, label?.[language]])].join(
    ' ',
  );
  const names = named.get(key) ?? readNames(trace, language);
  named.set(key, names);
  return names;
};

const readNames = (trace: Trace, language: Language): Names => {
  const hosts = new Map<string, string>();
  for (const {name} of trace.header.hosts) {
    for (const shown of [hostName(trace, name)[language].toLowerCase(), name.toLowerCase()]) {
      hosts.set(shown, name);
      hosts.set(`the ${shown}`, name);
    }
  }
  const list = [...hosts.keys()]
    .filter((shown) => !shown.startsWith('the '))
    .toSorted((a, b) => b.length - a.length)
    // A role is capital where an English sentence begins with it.
    .map((shown) => escaped(shown).replace(/^[a-z]/, (first) => `[${first}${first.toUpperCase()}]`))
    .join('|');
  const article = language === 'en' ? '(?:[Tt]he )?' : '';
  const pattern = `(?<![\\w.-])${article}(?:${list})(?![\\w-]|\\.\\w)`;
  return {hosts, pattern, language, compiled: new Map()};
};

const compile = (row: Row, {pattern, language, compiled}: Names): RegExp => {
  const ready = compiled.get(row);
  if (ready) return ready;
  const air = language === 'zh' ? ' ?' : '';
  const source = row[language === 'zh' ? 'zh' : 'en']
    .replaceAll(/(?<!\(\?)<(\w+)>/g, (_, name: string) => `${air}(?<${name}>${pattern})${air}`)
    .replaceAll(/#(\w+)/g, '(?<$1>\\d+)')
    .replaceAll(/@(\w+)/g, '(?<![\\d.])(?<$1>[\\d.]+ (?:µs|ms|s|min|h))(?![\\w])')
    .replaceAll(/~(\w+)/g, '(?<$1>(?:\\d+ 字节长的 )?[^\\s,;:，。；：]+(?: \\(\\d+ octets\\))?)');
  const made = new RegExp(source, 'g');
  compiled.set(row, made);
  return made;
};

export type Found = {readonly said: Said; readonly facts: Facts};

/** Row by row. */
export const findIn = (
  text: string,
  {trace, n}: {trace: Trace; n: number},
  {rows, language}: {rows: readonly Row[]; language: 'en' | 'zh'},
): readonly (readonly Found[])[] => {
  const names = namesOf(trace, language);
  return rows.map((each) =>
    Array.from(text.matchAll(compile(each, names)), (match) => {
      const said = new Said({trace, n}, match, names.hosts);
      return {said, facts: each.facts(said)};
    }),
  );
};
