// Findings about wrong checksums. A receiver drops a packet that was damaged on its way; a packet that leaves its sender without a
// checksum, or larger than the link's MTU, is completed by the network card (RFC 9293 §3.1).
import type {CheckedSegments} from '../observe/checked-segments.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {damagedOn} from '../observe/sight.ts';
import {byKey} from '../wire/grouped.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding} from './finding.ts';
import {isAt, other, sides} from './sides.ts';

type Found = readonly Finding<'offload' | 'bad-checksum' | 'edited'>[];

/** The checksums in the packets of one host: how many were wrong, not yet filled in, or right. */
type Tally = {
  wrong: number;
  left: number;
  right: number;
  repaired: number;
  giants: number;
  largest: number;
  readonly frames: number[];
};

/** The checks of one end of a conversation that has sent packets with a wrong checksum; `host` is its address. */
type Wrong = {
  readonly host: string;
  readonly about: About;
  readonly checks: CheckedSegments;
  /** The number of packets that were damaged on the way, and of those that arrived whole, because they were acknowledged or answered. */
  readonly damaged: number;
  readonly whole: number;
};

/** Counts the checksums of each host, and collects what was sent with a wrong one. */
class Tallies {
  readonly hosts = new Map<string, Tally>();
  readonly wrong: Wrong[] = [];

  #of(host: string): Tally {
    const known = this.hosts.get(host);
    if (known) return known;
    const tally = {wrong: 0, left: 0, right: 0, repaired: 0, giants: 0, largest: 0, frames: []};
    this.hosts.set(host, tally);
    return tally;
  }

  /** Takes what one end of a conversation sent. */
  sent(host: string, packets: number, checks: CheckedSegments | undefined): void {
    const tally = this.#of(host);
    tally.right += checks?.right ?? packets;
    if (!checks) return;
    tally.wrong += checks.wrong;
    tally.left += checks.left;
    tally.repaired += checks.repaired;
    if (tally.frames.length < 8) tally.frames.push(...checks.frames);
  }

  /** Takes packets larger than the MTU, which the network card of `host` joined or was to cut. */
  giant(host: string, giants: number, largest: number): void {
    const tally = this.#of(host);
    tally.giants += giants;
    tally.largest = Math.max(tally.largest, largest);
  }
}

/** Tells whether both ends are on one machine, so that no network card fills checksums in, and nothing can be damaged on the way. */
const isLocal = ({ends}: ObservedConnection): boolean =>
  ends[0].address === ends[1].address || ends.some(({address}) => /^127\.|^::1$/.test(address));

const talliesOf = ({connections, inspector}: Evidence): Tallies => {
  const tallies = new Tallies();
  // The hosts at which the capture was taken.
  const here = new Set(
    connections.flatMap((each) =>
      each.half(0).giants + each.half(1).giants === 0
        ? []
        : sides.flatMap((side) =>
            isAt(each, side) && !isAt(each, other(side)) ? each.ends[side].address : [],
          ),
    ),
  );
  for (const each of connections)
    for (const side of isLocal(each) ? [] : sides) {
      const {checks, segments, giants, largest} = each.half(side);
      const {address: host} = each.ends[side];
      tallies.sent(host, segments, checks);
      const damaged = damagedOn(each, side);
      if (checks && checks.wrong > 0)
        tallies.wrong.push({
          ...{host, about: {connection: each.id}, checks, damaged},
          whole: damaged > 0 ? 0 : checks.owed,
        });
      if (giants === 0) continue;
      const far = each.ends[other(side)].address;
      // If the capture was taken at the receiver, a packet larger than the MTU was joined by the receiver's network card.
      tallies.giant(here.has(far) && !here.has(host) ? far : host, giants, largest);
    }
  for (const each of inspector.udp.all)
    for (const side of sides) {
      const {checks, datagrams} = each.ways[side];
      const {address: host} = each.ends[side];
      tallies.sent(host, datagrams, checks);
      if (!checks || checks.wrong === 0) continue;
      const {wrong, answered: whole} = checks;
      tallies.wrong.push({host, about: {conversation: `u${each.id}`}, checks, damaged: wrong - whole, whole});
    }
  return tallies;
};

const mostShown = 8;

/**
 * Tells whether wrong checksums are no damage: the host's network card fills them in, or most are wrong and nothing was retransmitted,
 * because somebody edited the file.
 */
const isUndamaged = ({wrong, left, right, repaired}: Tally): boolean =>
  left > 0 || (wrong > right && repaired === 0);

export const checksumFindings = (evidence: Evidence): Found => {
  const {hosts, wrong: sentWrong} = talliesOf(evidence);
  const offloads = [...hosts].flatMap(([host, tally]): Found => {
    const {giants, largest, frames} = tally;
    const {left} = tally;
    if (giants === 0 && left === 0) return [];
    return [
      finding('offload', {
        about: {hosts: [host]},
        where: 'capture',
        frames,
        facts: {host, giants, largest, left},
      }),
    ];
  });
  const isLeft = (host: string): boolean => (hosts.get(host)?.left ?? 0) > 0;
  const damaged = sentWrong.flatMap(({host, about, checks, damaged: count}): Found => {
    const tally = hosts.get(host);
    if (!tally || count === 0 || isUndamaged(tally)) return [];
    const {repaired, costUs, frames, repairFrames} = checks;
    return [
      finding('bad-checksum', {
        about,
        certainty: 'proved',
        where: 'path',
        ...(repaired > 0 && {costUs}),
        frames,
        // Whoever edits a file changes checksums, but adds no retransmission.
        rivals: [{id: 'edited', open: false, by: repairFrames}],
        facts: {from: host, count, repaired},
      }),
    ];
  });
  const arrived = sentWrong.filter(({host, whole}) => whole > 0 && !isLeft(host));
  const edited = [...byKey(arrived, ({host}) => host)].map(([from, all]) =>
    finding('edited', {
      about: {hosts: [from]},
      where: 'capture',
      frames: all.slice(0, mostShown).flatMap(({checks}) => checks.frames),
      facts: {from, count: all.reduce((sum, {whole}) => sum + whole, 0)},
    }),
  );
  return [...offloads, ...damaged, ...edited];
};
