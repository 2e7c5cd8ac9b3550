// What people call the hosts of a run: by itself, within a sentence, and at the beginning of one. Machines go by the id.
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

/** A Trace; or whatever names the hosts of one. */
type HasHosts = {
  readonly header: {readonly hosts: readonly {readonly name: string; readonly label?: HostLabel}[]};
};

/** In which language something is said, and how the hosts of its run are called in it. */
export type Speech = {readonly language: Language; readonly called: (host: string) => string};

export type HostName = {readonly name: Text; readonly within: Text; readonly first: Text};

/** What says what a host is (`laptop`, `com server`) has an article; what is written like a name (`shop.example`) has none. */
const isNoun = (label: string): boolean => /(^| )[a-z]{2,}$/.test(label);

/** Of two words it is said, not written like a name; letters among other signs (`com 服务器`) stay as they are. */
const begun = (label: string): string =>
  isNoun(label) || !label.includes(' ') || /[^ -~]/.test(label)
    ? label
    : label.charAt(0).toUpperCase() + label.slice(1);

/** By id, of those that have a name besides. */
const namesOf = oncePer(({hosts}: HasHosts['header']): ReadonlyMap<string, Text> => {
  const labels = hosts.flatMap(({name, label}): readonly (readonly [string, Text])[] =>
    label ? [[name, inEvery((language) => label[language] ?? name)]] : [],
  );
  return new Map([...Object.entries(hostNames), ...labels]);
});

export const hostName = ({header}: HasHosts, host: string): Text => namesOf(header).get(host) ?? sameIn(host);

/** The unspecified address: there is none (RFC 4291 §2.5.2), as of who asks by DHCP or whether an address is free. */
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

/** With the forms that only whoever makes a sentence needs. */
export const namesIn =
  ({header}: HasHosts) =>
  (host: string): HostName =>
    nameFormsOf(header).get(host) ??
    (unspecified.includes(host) ? unaddressed(host) : named(sameIn(host), true));

/** Both forms of a host's name: within a sentence, and at its beginning. */
export const who = (trace: HasHosts, host: string) => ({
  host: theHost(trace, host),
  first: theHostFirst(trace, host),
});

export const theHost = (trace: HasHosts, host: string): Text => namesIn(trace)(host).within;
export const theHostFirst = (trace: HasHosts, host: string): Text => namesIn(trace)(host).first;
