// The names by which people call the hosts of a run: alone, within a sentence, and at its beginning. Programs use the id.
import type {HostLabel} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {
  hostFirst,
  hostNames,
  hostWithin,
  unaddressedFirst,
  unaddressedWithin,
} from '../words/catalogue/hosts.ts';
import {inEvery} from '../words/catalogue/language.ts';
import {type Language, type Message, sameIn, type Text, worded} from './text.ts';

/** A Trace, or any object with a header that lists the hosts of a run. */
export type HasHosts = {
  readonly header: {readonly hosts: readonly {readonly name: string; readonly label?: HostLabel}[]};
};

/** The language of a text, and a function that returns the names of the run's hosts in it. */
export type Speech = {readonly language: Language; readonly called: (host: string) => string};

export type HostName = {readonly name: Text; readonly within: Text; readonly first: Text};

/** Tells whether a label takes an article, as descriptions do (`laptop`, `com server`) and names do not (`shop.example`). */
const isNoun = (label: string): boolean => /(^| )[a-z]{2,}$/.test(label);

/**
 * Returns a host's label for the beginning of a sentence: an English name of several words gets a capital letter. A label with an article,
 * a single word, or one with other letters (`com 服务器`) stays as it is.
 */
const begun = (label: string): string =>
  isNoun(label) || !label.includes(' ') || /[^ -~]/.test(label)
    ? label
    : label.charAt(0).toUpperCase() + label.slice(1);

/** Maps the ids of hosts to the names that texts use: their labels, or else the usual names of ids such as `client`. */
const namesOf = oncePer(({hosts}: HasHosts['header']): ReadonlyMap<string, Text> => {
  const labels = hosts.flatMap(({name, label}): readonly (readonly [string, Text])[] =>
    label ? [[name, inEvery((language) => label[language] ?? name)]] : [],
  );
  return new Map([...Object.entries(hostNames), ...labels]);
});

export const hostName = ({header}: HasHosts, host: string): Text => namesOf(header).get(host) ?? sameIn(host);

/**
 * The unspecified addresses, which belong to no host (RFC 4291 §2.5.2): as the source of DHCP requests and of probes for duplicate
 * addresses.
 */
const unspecified: readonly string[] = ['::', '0.0.0.0'];

const named = (name: Text, isId: boolean): HostName => {
  const put = (message: Message<{readonly isNoun: boolean; readonly name: string}>, own: Text): Text =>
    inEvery((language) => message[language]({isNoun: !isId && isNoun(own[language]), name: own[language]}));
  return {
    name,
    within: put(hostWithin, name),
    first: put(
      hostFirst,
      inEvery((language) => begun(name[language])),
    ),
  };
};

const unaddressed = (address: string): HostName => ({
  name: sameIn(address),
  within: worded(unaddressedWithin, {address}),
  first: worded(unaddressedFirst, {address}),
});

const nameFormsOf = oncePer(
  (header: HasHosts['header']): ReadonlyMap<string, HostName> =>
    new Map([...namesOf(header)].map(([id, name]) => [id, named(name, false)])),
);

/** Returns a function from a host's id to its name, with the forms that sentences need. */
export const namesIn =
  ({header}: HasHosts) =>
  (host: string): HostName =>
    nameFormsOf(header).get(host) ??
    (unspecified.includes(host) ? unaddressed(host) : named(sameIn(host), true));

/** Returns two forms of a host's name: within a sentence (`host`), and at its beginning (`first`). */
export const who = (trace: HasHosts, host: string) => ({
  host: theHost(trace, host),
  first: theHostFirst(trace, host),
});

export const theHost = (trace: HasHosts, host: string): Text => namesIn(trace)(host).within;
export const theHostFirst = (trace: HasHosts, host: string): Text => namesIn(trace)(host).first;
