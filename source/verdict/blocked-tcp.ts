// Finds DNS answers that did not fit a datagram (TC) while TCP to the name server's port does not open (RFC 7766 §5).
import {endpointText} from '../observe/capture-inspector.ts';
import {hostOf} from '../observe/dns-transactions.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {Lookup} from './lookups.ts';

/** The time in µs after a truncated answer within which the host's TCP connection counts as caused by it. */
const soonUs = 10_000_000;

/** Returns how a TCP connection failed to open; undefined if it opened or its beginning was not captured. */
const turnedAway = (connection: ObservedConnection): 'silent' | 'refused' | undefined => {
  const opening = connection.course.opening(connection.client);
  if (opening === 'refused') return 'refused';
  if (opening !== 'unanswered') return undefined;
  return connection.refusal ? 'refused' : 'silent';
};

/**
 * Returns the DNS lookup whose truncated answer made a host open this TCP connection, with the server and the packet of that answer;
 * undefined if there is none.
 */
const lookupBehind = ({ends, client, firstUs}: ObservedConnection, lookups: readonly Lookup[]) => {
  const [near, far] = client === 0 ? ends : [ends[1], ends[0]];
  if (far.port !== dnsPort) return undefined;
  const [host, server] = [hostOf(endpointText(near)), endpointText(far)];
  for (const lookup of lookups) {
    const told = lookup.all.find(
      (each) =>
        each.server === server &&
        each.outcome?.tc === true &&
        firstUs >= (each.responseUs ?? 0) &&
        firstUs - (each.responseUs ?? 0) <= soonUs,
    );
    if (told && lookup.host === host) return {lookup, server, toldFrame: told.responseFrame ?? 0};
  }
  return undefined;
};

export const blockedFindings = (
  {connections}: Evidence,
  lookups: readonly Lookup[],
): readonly Finding<'dns-truncated-tcp-blocked'>[] => {
  const truncated = lookups.filter(({all}) => all.some(({outcome}) => outcome?.tc));
  if (truncated.length === 0) return [];
  return connections.flatMap((connection) => {
    const how = turnedAway(connection);
    const behind = how && lookupBehind(connection, truncated);
    if (!behind || !how) return [];
    const {lookup, server, toldFrame} = behind;
    const {id, firstFrame, firstUs, lastUs, counts, course} = connection;
    // The lookup may have ended nevertheless, with a shorter answer or one from another server.
    const isOver = lookup.settled !== undefined;
    return [
      finding('dns-truncated-tcp-blocked', {
        about: {connection: id},
        ...(isOver && {level: 'slow'}),
        where: how === 'refused' ? 'name-server' : 'unknown',
        costUs: lastUs - firstUs,
        frames: [toldFrame, firstFrame, course.resetFrame].filter((frame) => frame > 0),
        facts: {name: lookup.name, type: lookup.type, server, how, count: counts.syn, settled: isOver},
        covers: [id],
      }),
    ];
  });
};
