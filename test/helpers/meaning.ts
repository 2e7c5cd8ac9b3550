// What a text says, as values: the messages of the catalogue that it was made of, with their facts. So a test of behaviour asks for
// the message and its facts, and no rewording of the catalogue changes it.
import {expect} from 'vitest';
import type {Language} from '../../source/words/catalogue/language.ts';

/** A message by its topic and its path there, such as `told.notices.timer`, with what it was given; given texts are messages in turn. */
export type Meaning = {readonly says: string; readonly [fact: string]: unknown};

type Render = (facts: {readonly [name: string]: unknown}) => string;

const modules: {readonly [path: string]: {readonly [name: string]: unknown}} = import.meta.glob(
  '../../source/words/catalogue/*.ts',
  {eager: true},
);

/** How many texts are remembered: a test asks for what it has just made. */
const most = 50_000;

const made = new Map<string, Meaning>();
/** Messages that take nothing, by what they say in either language. */
const plain = new Map<string, Meaning>();

/** Shorter texts, such as `the client` or `, `, are parts of too many others. */
const least = 8;

/** What was said, by its first `least` letters; some of it may be forgotten. */
const filed = new Map<string, Set<string>>();

const file = (form: string): void => {
  if (form.length < least) return;
  const start = form.slice(0, least);
  const same = filed.get(start);
  if (same) same.add(form);
  else filed.set(start, new Set([form]));
};

/** The paths of other messages that say the same as one that takes nothing. */
const alike = new WeakMap<object, string[]>();

/** Messages whose facts are read from what was said, as of texts that are no functions. */
const forms: {readonly form: RegExp; readonly meaning: Meaning}[] = [];

/** All messages by their paths, so that a test cannot ask for one that does not exist. */
const known = new Set<string>();

/** Adds a message that is not of the catalogue: what it says, or a pattern of it whose groups are its facts. */
export const addMessage = (said: string | RegExp, meaning: Meaning): void => {
  known.add(meaning.says);
  if (typeof said !== 'string') forms.push({form: said, meaning});
  else {
    const form = closed(said);
    const same = plain.get(form);
    if (!same) {
      plain.set(form, meaning);
      file(form);
    } else if (same.says !== meaning.says) alike.set(same, [...(alike.get(same) ?? []), meaning.says]);
  }
};

/** Returns a text without the spaces between Chinese and other letters, which a sentence gets once names are put into it. */
const closed = (text: string): string =>
  // Most texts have no Chinese letters, and this search is ten times as fast as the other.
  /[\u2e80-\uffff]/.test(text) ? withoutAir(text) : text;

const withoutAir = (text: string): string =>
  text.replace(/(?<=\p{Script=Han}) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?=\p{Script=Han})/gu, '');

const isObject = (value: unknown): value is {[key: string]: unknown} =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRender = (value: unknown): value is Render => typeof value === 'function';

const isText = (value: {[key: string]: unknown}): boolean => 'en' in value && 'zh' in value;

const exactly = (text: string): Meaning | undefined =>
  text === '' ? undefined : (made.get(closed(text)) ?? plain.get(closed(text)));

/** Returns a fact as a test names it: a host by its name, any other text by its meaning. */
const factOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(factOf);
  if (!isObject(value) || typeof value.en !== 'string') return value;
  const meaning = exactly(value.en);
  return meaning?.says.startsWith('hosts.') ? (meaning.name ?? value.en) : (meaning ?? value.en);
};

/** Remembers a form of a text as the newest one. */
const note = (form: string, meaning: Meaning): void => {
  if (!made.delete(form)) file(form);
  made.set(form, meaning);
};

const remember = (text: string, meaning: Meaning): string => {
  const form = closed(text);
  note(form.charAt(0).toUpperCase() + form.slice(1), meaning);
  note(form, meaning);
  if (made.size <= most) return text;
  // Names of hosts are made once for a run and are needed as long as the run is, which other tests may share.
  for (const [oldest, {says}] of [...made].slice(0, most / 2))
    if (!says.startsWith('hosts.')) made.delete(oldest);
  filed.clear();
  for (const list of [made, plain]) for (const each of list.keys()) file(each);
  return text;
};

const heard =
  (says: string, render: Render): Render =>
  (facts) =>
    remember(render(facts), {
      says,
      ...Object.fromEntries(
        Object.entries(facts)
          .filter(([, value]) => value !== undefined)
          .map(([name, value]) => [name, factOf(value)]),
      ),
    });

const listen = (path: string, value: unknown): void => {
  if (!isObject(value)) return;
  if (!isText(value)) {
    for (const [name, inner] of Object.entries(value)) listen(`${path}.${name}`, inner);
    return;
  }
  for (const language of ['en', 'zh'] satisfies readonly Language[]) {
    const said = value[language];
    if (isRender(said)) value[language] = heard(path, said);
    else if (typeof said === 'string') addMessage(said, {says: path});
    known.add(path);
  }
};

for (const [path, exports] of Object.entries(modules)) {
  const topic = /(\w[\w-]*)\.ts$/.exec(path)?.[1] ?? path;
  for (const [name, value] of Object.entries(exports)) listen(`${topic}.${name}`, value);
}

const formed = (text: string): readonly (readonly [string, Meaning])[] =>
  forms.flatMap(({form, meaning}) => {
    const match = form.exec(text);
    if (!match) return [];
    const filled = Object.entries(match.groups ?? {}).filter(([, value]) => value !== undefined);
    const facts = filled.map(([name, en]) => [name, /^\d+$/.test(en) ? Number(en) : factOf({en})]);
    return [[match[0], {...meaning, ...Object.fromEntries(facts)}] as const];
  });

/** Returns the remembered texts that are parts of a text, each with its meaning. */
const partsIn = (text: string): ReadonlyMap<string, Meaning> => {
  const parts = new Map<string, Meaning>();
  for (let at = 0; at + least <= text.length; at += 1)
    for (const part of filed.get(text.slice(at, at + least)) ?? []) {
      const meaning = text.startsWith(part, at) ? (made.get(part) ?? plain.get(part)) : undefined;
      if (meaning) parts.set(part, meaning);
    }
  return parts;
};

/**
 * Returns the messages that a text was made of, in the order in which they stand in it; those that are only a part of another message are
 * among its facts.
 */
export const meaningsOf = (written: string): readonly Meaning[] => {
  const text = closed(written);
  const whole = exactly(text);
  if (whole) return [whole];
  const parts = [...partsIn(text), ...formed(text).filter(([part]) => part.length >= least)].toSorted(
    ([one], [other]) => other.length - one.length,
  );
  const found: {readonly at: number; readonly end: number; readonly meaning: Meaning}[] = [];
  for (const [part, meaning] of parts)
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
      const end = at + part.length;
      if (found.every((each) => end <= each.at || each.end <= at)) found.push({at, end, meaning});
    }
  return found.toSorted((one, other) => one.at - other.at).map(({meaning}) => meaning);
};

/** Of a fact that is a text in one language, too. */
const meaningOf = (fact: unknown): unknown => (typeof fact === 'string' ? exactly(fact) : fact);

/** Tells whether all that is wanted is there: facts that are not named may be anything. */
const fits = (meaning: unknown, wanted: unknown): boolean => {
  if (Array.isArray(wanted))
    return (
      Array.isArray(meaning) &&
      meaning.length === wanted.length &&
      wanted.every((each, index) => fits(meaning[index], each))
    );
  if (!isObject(wanted)) return Object.is(meaning, wanted);
  const given = meaningOf(meaning);
  return (
    isObject(given) &&
    Object.entries(wanted).every(
      ([name, value]) =>
        fits(given[name], value) ||
        (name === 'says' && alike.get(given)?.some((other) => other === value) === true),
    )
  );
};

/** Returns a message and all messages that are among its facts; a text may be made of itself, such as a name. */
const withInner = (fact: unknown, inside: readonly unknown[] = []): readonly unknown[] => {
  if (Array.isArray(fact)) return fact.flatMap((each) => withInner(each, inside));
  const meaning = meaningOf(fact);
  if (!isObject(meaning) || inside.includes(meaning)) return [];
  return [meaning, ...Object.values(meaning).flatMap((each) => withInner(each, [...inside, meaning]))];
};

const allIn = (text: string): readonly unknown[] => meaningsOf(text).flatMap((each) => withInner(each));

/** Tells whether a text was made of this message with these facts, alone or among others; facts that are not named may be anything. */
export const isSaid = (text: string, wanted: Meaning): boolean =>
  allIn(text).some((each) => fits(each, wanted));

interface Says {
  /** Expects what `isSaid` tells. */
  toSay(wanted: Meaning): void;
}

declare module 'vitest' {
  // Vitest's own name and parameters, which a declaration that is merged with it must repeat.
  interface Matchers<T> extends Says {}
}

expect.extend({
  toSay(text: unknown, wanted: Meaning) {
    if (typeof text !== 'string') throw new Error('toSay() judges a text');
    if (!known.has(wanted.says)) throw new Error(`the catalogue has no message ${wanted.says}`);
    return {
      pass: isSaid(text, wanted),
      message: () => {
        const near = allIn(text).filter((each) => isObject(each) && each.says === wanted.says);
        return `“${text}”\nwas made of ${this.utils.printReceived(near.length > 0 ? near : meaningsOf(text))}\nwanted ${
          this.isNot ? 'without' : ''
        } ${this.utils.printExpected(wanted)}`;
      },
    };
  },
});
