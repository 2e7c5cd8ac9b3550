// A name with addresses of both families, tried side by side (RFC 8305 §5): the first attempt was slow, the other was used.

import {type Text, worded} from '../../lesson/text.ts';
import type {DnsTransaction} from '../../observe/dns-transactions.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {grouped} from '../../wire/grouped.ts';
import {briefTexts, findingTexts as say} from '../../words/catalogue/inspect.ts';
import {storyTexts} from '../../words/catalogue/story.ts';
import {formatTime} from '../../words/format.ts';
import {namesOf} from './asked-names.ts';
import type {Finding} from './finding.ts';
import {toldByOpening} from './opening-findings.ts';
import {bytesOn, other, serverOf} from './sides.ts';

/** The longest that RFC 8305 §8 lets a client wait before the next attempt; in microseconds. */
const mostDelayUs = 2_000_000;

const isSix = (address: string): boolean => address.includes(':');

/** Two attempts at one name, of which one was used. */
type Attempts = {
  readonly name: string;
  readonly first: ObservedConnection;
  readonly second: ObservedConnection;
  readonly used: ObservedConnection;
  /** When the address of the first was known: its neighbour may have had to be found before the SYN left (RFC 826, RFC 4861). */
  readonly knownUs: number | undefined;
};

/** When the last answer with its address came before it began. */
const knownBefore = (dns: readonly DnsTransaction[], attempt: ObservedConnection): number | undefined => {
  const {address} = serverOf(attempt);
  const known = dns.flatMap(({response, responseUs}) =>
    responseUs !== undefined && responseUs <= attempt.firstUs && namesAddress(response, address)
      ? [responseUs]
      : [],
  );
  return known.at(-1);
};

const namesAddress = (response: DnsTransaction['response'], address: string): boolean =>
  response?.answers.some(({data}) => 'address' in data && data.address === address) ?? false;

const attemptsAt = (
  name: string,
  [first, second]: readonly [ObservedConnection, ObservedConnection],
  dns: readonly DnsTransaction[],
): Attempts[] => {
  const [one, two] = [serverOf(first).address, serverOf(second).address];
  const wasUsed = [first, second].map((each) => bytesOn(each) > 0);
  const isLate = second.firstUs - first.firstUs > mostDelayUs;
  if (isSix(one) === isSix(two) || isLate || wasUsed[0] === wasUsed[1]) return [];
  return [{name, first, second, used: wasUsed[0] ? first : second, knownUs: knownBefore(dns, first)}];
};

/** From the SYN of the attempt that was not used to its answer; undefined: there was none. */
const answeredAfter = ({first, second, used}: Attempts): string | undefined => {
  const {course, client} = used === first ? second : first;
  const [asked, answered] = [course.openedUs(client), course.openedUs(other(client))];
  return asked === undefined || answered === undefined ? undefined : formatTime(answered - asked);
};

const delayOf = ({first, second}: Attempts): string => formatTime(second.firstUs - first.firstUs);

const findingOf = (attempts: Attempts): Finding => {
  const {name, first, second, used} = attempts;
  const [one, two, taken] = [first, second, used].map((each) => serverOf(each).address);
  const said = {name, first: one ?? '', second: two ?? '', us: delayOf(attempts), used: taken ?? ''};
  const late = used === second ? answeredAfter(attempts) : undefined;
  const text = worded(say.happyEyeballs, {...said, late});
  return {weight: 56, connection: second.id, text, brief: briefTexts.happyEyeballs};
};

const familyOf = (connection: ObservedConnection): string =>
  isSix(serverOf(connection).address) ? 'IPv6' : 'IPv4';

/** The same as a sentence of the first paragraph. */
export const attemptsText = (attempts: Attempts): Text => {
  const {name, first, second, used, knownUs} = attempts;
  const opening = first.course.opening(first.client);
  const how = used === first ? 'used' : opening === 'unanswered' ? 'silent' : 'slow';
  const [one, two, taken] = [first, second, used].map(familyOf);
  const said = {name, first: one ?? '', second: two ?? '', used: taken ?? ''};
  const us = delayOf(attempts);
  const known = knownUs === undefined ? us : formatTime(second.firstUs - knownUs);
  return worded(storyTexts.eyeballs, {
    ...{...said, how, us, known: known === us ? undefined : known},
    late: how === 'slow' ? answeredAfter(attempts) : undefined,
    closed: toldByOpening(first),
  });
};

/** When nobody waited any more for the attempt that was not used, by connection: the other one was open by then (RFC 8305 §5). */
export const givenUpUs = (
  connections: readonly ObservedConnection[],
  dns: readonly DnsTransaction[],
): ReadonlyMap<ObservedConnection, number> =>
  new Map(
    bothFamilies(connections, dns).flatMap(({first, second, used}) => {
      const openUs = used.course.synAckedUs(other(used.client));
      return openUs === undefined ? [] : [[used === first ? second : first, openUs] as const];
    }),
  );

export const eyeballFindings = (
  connections: readonly ObservedConnection[],
  dns: readonly DnsTransaction[],
): readonly Finding[] => bothFamilies(connections, dns).map(findingOf);

export const bothFamilies = (
  connections: readonly ObservedConnection[],
  dns: readonly DnsTransaction[],
): readonly Attempts[] => {
  const names = namesOf(dns);
  const named = connections.flatMap((connection) => {
    const {address, port} = serverOf(connection);
    const name = names.get(address);
    return name === undefined ? [] : [{connection, name, site: `${name} ${port}`}];
  });
  return grouped(named, ({site}) => site).flatMap((all) =>
    all.slice(1).flatMap(({connection, name}, index) => {
      const before = all[index]?.connection;
      return before ? attemptsAt(name, [before, connection], dns) : [];
    }),
  );
};
