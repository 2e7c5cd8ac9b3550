// The smallest schemas of lesson files: names, times, sizes. Their messages are keys of `phrases` in words/en/lesson-schema.yaml.
import * as z from 'zod/mini';
import {longestUs, parseDuration} from '../sim/fault-text.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {TcpFlag, type TcpFlagName} from '../wire/tcp.ts';
import {languages} from '../words/catalogue/language.ts';
import type {schemaProblemsSentences} from '../words/catalogue/lesson-schema.ts';
import {everywhere} from './everywhere.ts';
import {isLanguageTag} from './language-tag.ts';
import {mayHaveSection} from './rfc-contents.ts';

/** Returns all words of a union type as a list; a word that is missing or not in the type does not compile. */
export const words = <W extends string>(all: {readonly [word in W]: true}): readonly W[] =>
  Object.keys(all).filter((word): word is W => Object.hasOwn(all, word));

export type Phrase = keyof (typeof schemaProblemsSentences)['phrases'];

/** Returns a schema's message for an invalid value; a phrase that is not in the catalogue does not compile. */
export const expects = (phrase: Phrase): {readonly error: Phrase} => ({error: phrase});

export const shaped = (pattern: RegExp, phrase: Phrase) =>
  z.string(expects(phrase)).check(z.regex(pattern, expects(phrase)));
export const whole = (least: number, most: number, phrase: Phrase) =>
  z.int(expects(phrase)).check(z.gte(least, expects(phrase)), z.lte(most, expects(phrase)));

const isFlag = (name: string): name is TcpFlagName => Object.hasOwn(TcpFlag, name);

const time = String.raw`\d{1,9}(\.\d{1,6})?(us|ms|s|m|h)`;

/**
 * Tells whether a time in a lesson file is within the longest allowed. A text that is no time passes, because its form is checked
 * separately.
 */
const notTooLong = (given: string): boolean => {
  const us = parseDuration(given);
  return us === undefined || us <= longestUs;
};

/** A schema that accepts text of this form, unless it is a time that is too long; the two failures have different messages. */
export const timed = (pattern: RegExp, phrase: Phrase) =>
  shaped(pattern, phrase).check(z.refine(notTooLong, expects('long duration')));

/** The beginning of the schema's message that a list has too many entries; the limit follows it. */
export const mostOf = 'most: ';
const manyPhrase = (most: number): {readonly error: string} => ({error: `${mostOf}${most}`});

/** The most hosts of a lesson, more than a picture can show. */
export const mostHosts = 100;

/** The schema of a list with at most `most` entries, a limit that no lesson comes near, so that the work for all entries is bounded. */
export const list = <S extends z.core.$ZodType>(each: S, most: number) =>
  z.array(each).check(z.maxLength(most, manyPhrase(most)));
export const named = <S extends z.core.$ZodType>(each: S, most: number) =>
  z.record(z.string(), each).check(z.refine((given) => Object.keys(given).length <= most, manyPhrase(most)));

export const string = z.string(expects('string')).check(z.minLength(1, expects('string')));
export const name = shaped(/^[a-z][a-z0-9_]*$/, 'name');
/** The schema of a run's letter: A, B, C. */
export const letter = shaped(/^[A-Z]$/, 'letter');
export const identifier = shaped(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'identifier');
/**
 * Replaces line breaks and tabs in a lesson's text by spaces, because a text is one paragraph that each view wraps to its own width.
 * Offsets into it stay valid.
 */
const oneParagraph = z.overwrite((given: string) => given.replace(/[\r\n\t]/g, ' '));
const prose = string.check(oneParagraph);
/** The schema's message for an invalid text in a language that the program does not have. */
export const furtherLanguage = 'further language';

/** The schema of a text as its author wrote it, in one or more languages. */
export const translations = z
  .catchall(
    z.object(Object.fromEntries(languages.map((language) => [language, z.exactOptional(prose)]))),
    z.string(expects(furtherLanguage)).check(z.minLength(1, expects(furtherLanguage)), oneParagraph),
  )
  .check(
    z.refine((given) => Object.keys(given).length > 0, expects('text')),
    ({value, issues}) => {
      const keys = Object.keys(value).filter((tag) => !isLanguageTag(tag));
      if (keys.length > 0) issues.push({code: 'unrecognized_keys', keys, input: value});
    },
  )
  .register(z.globalRegistry, {minProperties: 1});
/** The schema of a text that is completed to have every language of the program. */
export const text = z.pipe(translations, z.transform(everywhere));
export const duration = timed(new RegExp(`^${time}$`), 'duration');
export const durationOrOff = timed(new RegExp(`^(off|${time})$`), 'duration or off');
export const size = z.union(
  [shaped(/^\d{1,9}(B|kB|KiB|MB|MiB)$/, 'size'), whole(0, 0x7fff_ffff, 'size')],
  expects('size'),
);
export const rate = shaped(/^\d{1,9}(bit|kbit|Mbit|Gbit)$/, 'rate');
export const percent = shaped(/^\d{1,3}(\.\d{1,6})?%$/, 'percent');
/** The schema of an HTTP status code of three digits (RFC 9110 §15). */
export const statusCode = whole(100, 599, 'status code');
export const port = whole(1, 65_535, 'port');
export const seqNumber = whole(0, 0xffff_ffff, 'sequence number');
export const count = whole(0, 1_000_000_000, 'count');
export const positive = whole(1, 1_000_000_000, 'positive');
export const boolean = z.boolean(expects('boolean'));
export const expression = z.union([string, z.number()], expects('expression'));
const reference = z.union(
  // A section with numbered items may be followed by an item's number, as in RFC 6298 §5 (5.1).
  [
    shaped(/^\d{3,5}( (§[A-Z0-9]+(\.\d+)*(–\d+)?( \(\d\.\d\))?|(Fig\.|figure) \d+))?$/, 'rfc'),
    whole(100, 99_999, 'rfc'),
  ],
  expects('rfc'),
);

/** Tells whether an RFC may have the section that a reference names, or both ends of a range of sections. */
const sectionExists = (given: unknown): boolean => {
  const [, number = '', first, last] = /^(\d+) §([A-Z0-9.]+)(?:–(\d+))?/.exec(String(given)) ?? [];
  if (first === undefined) return true;
  const end = last === undefined ? first : first.replace(/\d+$/, last);
  return [first, end].every((section) => mayHaveSection(number, section));
};

const existing = z.refine(sectionExists, expects('section'));
/** The schema of an RFC reference: a number, with a section or figure if one is meant (`9293 §3.5`); a number alone may be unquoted. */
export const rfc = reference.check(existing);
/** The schema of an answer's source: an RFC reference, or a Linux manual page for what no RFC says. */
export const clause = z
  .union([reference, shaped(/^Linux \S+$/, 'clause')], expects('clause'))
  .check(existing);
/** The schema of a host's name. In captures and their replays it is an address, with a port if two programs share the address. */
export const host = shaped(/^([a-z][a-z0-9_]*|[0-9a-f.:[\]]+)$/, 'host');
export const socket = shaped(/^[a-z][a-z0-9_]*:\d{1,5}$/, 'to');
export const flags = z.array(z.enum(Object.keys(TcpFlag).filter(isFlag)));
export const profile = z.enum(words<ProfileName>({linux: true, rfc: true, freebsd: true}));
