// Finds clients that tried an IPv6 address in vain before they went on over IPv4 (RFC 8305 §5).
import type {DnsTransaction} from '../observe/dns-transactions.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import {clientOf, isSix, octetsOn, serverOf} from './sides.ts';

type Found = Finding<'ipv6-refused' | 'ipv6-silent'>;

/** The longest time in µs between the two attempts if no DNS name links the addresses (RFC 8305 §8: two seconds at most). */
const besideUs = 2_500_000;
/**
 * The longest time in µs between the last SYN of the IPv6 attempt and the IPv4 attempt that replaced it; without replacement another SYN
 * would have come (RFC 6298 §5.5).
 */
const givenUpUs = 1_000_000;
/**
 * The longest time in µs between attempts with addresses of the same name; TCP may try the first one for so long (RFC 9293 §3.8.3: at least
 * 100 seconds, on Linux 127).
 */
const afterUs = 150_000_000;

/** Returns the DNS names that were looked up, by the addresses in the answers. */
const namesOf = (dns: readonly DnsTransaction[]): ReadonlyMap<string, ReadonlySet<string>> => {
  const names = new Map<string, Set<string>>();
  for (const {question, response} of dns) {
    if (!question) continue;
    for (const {data} of response?.answers ?? []) {
      if (!('address' in data)) continue;
      const known = names.get(data.address) ?? new Set();
      names.set(data.address, known.add(JSON.stringify(question.name).toLowerCase()));
    }
  }
  return names;
};

const outcomeOf = ({course, client, refusal}: ObservedConnection): 'refused' | 'silent' | undefined => {
  const opening = course.opening(client);
  if (opening === 'refused') return 'refused';
  if (opening !== 'unanswered') return undefined;
  return refusal ? 'refused' : 'silent';
};

/**
 * Tells whether the first attempt's last packet came shortly before the second attempt began, so that the client gave it up for that one.
 */
const isGivenUp = ({lastUs}: ObservedConnection, {firstUs}: ObservedConnection): boolean =>
  firstUs >= lastUs && firstUs - lastUs <= givenUpUs;

/** Tells whether all connections over one address family (IPv6 if `six`) come from the same client address. */
const isOneClient = (connections: readonly ObservedConnection[], six: boolean): boolean =>
  new Set(connections.map((each) => clientOf(each).address).filter((each) => isSix(each) === six)).size === 1;

export const eyeballsIn = (
  {connections, dns}: Pick<Evidence, 'connections' | 'dns'>,
  without: ReadonlySet<ObservedConnection>,
): readonly Found[] => {
  const failed = connections.filter(
    (each) => isSix(serverOf(each).address) && !without.has(each) && outcomeOf(each) !== undefined,
  );
  if (failed.length === 0) return [];
  const names = namesOf(dns);
  const alone = isOneClient(connections, true) && isOneClient(connections, false);
  const worked = connections.filter((each) => !isSix(serverOf(each).address) && octetsOn(each) > 0);
  return failed.flatMap((first): readonly Found[] => {
    const {address, port} = serverOf(first);
    const called = names.get(address);
    const second = worked.find((each) => {
      const {address: four, port: samePort} = serverOf(each);
      const us = each.firstUs - first.firstUs;
      if (samePort !== port || us < 0) return false;
      const same = [...(names.get(four) ?? [])].some((name) => called?.has(name));
      return same
        ? us <= afterUs
        : called === undefined && alone && (us <= besideUs || isGivenUp(first, each));
    });
    const outcome = outcomeOf(first);
    if (!second || !outcome) return [];
    const us = second.firstUs - first.firstUs;
    const {syns} = first.notes.openingFrames;
    const answer = first.course.resetFrame || (first.refusal?.frame ?? 0);
    const frames = [...syns.seen.map(({frame}) => frame).slice(0, 5), second.firstFrame];
    const facts = {first: address, second: serverOf(second).address, us};
    const about = {connection: first.id};
    return outcome === 'refused'
      ? [
          finding('ipv6-refused', {
            about,
            where: 'server',
            costUs: us,
            frames: [...frames, answer].filter((each) => each > 0),
            facts,
          }),
        ]
      : [finding('ipv6-silent', {about, costUs: us, frames, facts})];
  });
};
