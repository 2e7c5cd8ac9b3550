// Finds names that a host looks up with the suffixes of its DNS search list, one after the other (RFC 1535). Their failures are reported as
// one search, not as several failures.
import {Rcode} from '../wire/dns/registry.ts';
import {byKey} from '../wire/grouped.ts';
import type {Lookup} from './lookups.ts';

export type SearchList = {
  /** The name that the program asked for, without a suffix of the search list. */
  readonly name: string;
  /** The failed lookups of the name with a suffix of the search list, one for each name. */
  readonly tried: readonly Lookup[];
  /** The lookup in the search list that was answered; undefined if none was. */
  readonly found: Lookup | undefined;
  readonly fromUs: number;
  readonly untilUs: number;
};

/** The longest time in µs between the end of a lookup and the next one for which both can belong to one search list. */
const mostPauseUs = 2_000_000;

const isMissing = ({settled}: Lookup): boolean =>
  settled?.outcome?.rcode === Rcode.NXDOMAIN || settled?.outcome?.isEmpty === true;

/** Returns the suffix that follows `base.` in the name of a lookup; undefined if the name does not begin with `base.`. */
const suffixOf = ({name}: Lookup, base: string): string | undefined =>
  name.toLowerCase().startsWith(`${base.toLowerCase()}.`) ? name.slice(base.length + 1) : undefined;

const follows = (before: Lookup, next: Lookup): boolean =>
  next.fromUs - before.untilUs <= mostPauseUs && next.fromUs >= before.fromUs;

/**
 * Returns the labels with which both domain names begin: `www.a` for `www.a.test` and `www.a.example`; empty if already the first labels
 * differ.
 */
const commonBase = (a: string, b: string): string => {
  const [left, right] = [a.split('.'), b.split('.')];
  let count = 0;
  while (count < left.length && left[count]?.toLowerCase() === right[count]?.toLowerCase()) count += 1;
  return left.slice(0, count).join('.');
};

/**
 * Returns the name without a suffix, if the names of two successive lookups are this name with suffixes of a search list; undefined if they
 * are unrelated.
 */
const baseOf = (before: Lookup, next: Lookup): string | undefined => {
  if (suffixOf(before, next.name) !== undefined) return next.name;
  if (suffixOf(next, before.name) !== undefined) return before.name;
  const base = commonBase(before.name, next.name);
  if (base === '') return undefined;
  const [first, second] = [suffixOf(before, base) ?? '', suffixOf(next, base) ?? ''];
  const isParent = first.endsWith(`.${second}`) || second.endsWith(`.${first}`);
  return first !== '' && second !== '' && isParent ? base : undefined;
};

const listFrom = (run: readonly Lookup[], base: string): SearchList | undefined => {
  const tried = run.filter((each) => suffixOf(each, base) !== undefined && isMissing(each));
  const [first, last] = [run[0], run.at(-1)];
  if (tried.length === 0 || !first || !last) return undefined;
  const found = run.find((each) => !isMissing(each));
  return {name: base, tried, found, fromUs: first.fromUs, untilUs: last.untilUs};
};

/** Returns the search lists among the lookups of one host for one record type, which are given in order of time. */
const listsAmong = (lookups: readonly Lookup[]): readonly SearchList[] => {
  const lists: SearchList[] = [];
  let run: Lookup[] = [];
  let base: string | undefined;
  const end = (): void => {
    const list = base === undefined ? undefined : listFrom(run, base);
    if (list) lists.push(list);
    run = [];
    base = undefined;
  };
  for (const each of lookups) {
    const before = run.at(-1);
    if (before?.name.toLowerCase() === each.name.toLowerCase()) continue;
    const meant = before && follows(before, each) && isMissing(before) ? baseOf(before, each) : undefined;
    const goesOn = meant !== undefined && (base === undefined || suffixesFit(run, each, meant));
    if (!goesOn) end();
    // If suffixes begin alike (`a.a.test`, `a.test`), the labels that two names share include some of the suffix: the shorter name was meant.
    else if (base === undefined || meant.length < base.length) base = meant;
    run.push(each);
  }
  end();
  return lists;
};

const suffixesFit = (run: readonly Lookup[], next: Lookup, base: string): boolean =>
  [...run, next].every((each) => each.name === base || suffixOf(each, base) !== undefined);

export const searchListsIn = (lookups: readonly Lookup[]): readonly SearchList[] => {
  const byAsker = byKey(lookups, ({host, type}) => `${host} ${type}`);
  return [...byAsker.values()].flatMap(listsAmong);
};
