// Findings about wrong checksums. A receiver drops a packet that was damaged on its way; a packet that leaves its sender without a
// checksum, or larger than the link's MTU, is completed by the network card (RFC 9293 §3.1).
import type {CheckedSegments} from '../observe/checked-segments.ts';
import type {Evidence} from './evidence.ts';
import {type About, type Finding, finding} from './finding.ts';
import {isAt, other, sides} from './sides.ts';

type Found = readonly Finding<'offload' | 'bad-checksum'>[];

type Sent = {
  readonly host: string;
  readonly about: About;
  readonly checks: CheckedSegments | undefined;
  readonly packets: number;
  readonly giants: number;
  readonly largest: number;
};

const sentIn = ({connections, inspector}: Evidence): readonly Sent[] => [
  ...connections.flatMap((each) =>
    sides.flatMap((side): readonly Sent[] => {
      const {checks, segments, giants, largest} = each.half(side);
      const about = {connection: each.id};
      const far = other(side);
      // If the capture was taken at the receiver, a packet larger than the MTU was joined by the receiver's network card.
      const isJoined = giants > 0 && isAt(each, far) && !isAt(each, side);
      const joined: Sent = {
        ...{host: each.ends[far].address, about, checks: undefined},
        ...{packets: 0, giants, largest},
      };
      const sent: Sent = {
        host: each.ends[side].address,
        about,
        checks,
        packets: segments,
        giants: isJoined ? 0 : giants,
        largest: isJoined ? 0 : largest,
      };
      return isJoined ? [sent, joined] : [sent];
    }),
  ),
  ...inspector.udp.all.flatMap((each) =>
    sides.map((side): Sent => {
      const about = {conversation: `u${each.id}`};
      return {
        host: each.ends[side].address,
        about,
        checks: each.ways[side].checks,
        packets: each.ways[side].datagrams,
        giants: 0,
        largest: 0,
      };
    }),
  ),
];

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

const tallied = (sent: readonly Sent[]): ReadonlyMap<string, Tally> => {
  const hosts = new Map<string, Tally>();
  for (const {host, checks, packets, giants, largest} of sent) {
    const tally = hosts.get(host) ?? {
      wrong: 0,
      left: 0,
      right: 0,
      repaired: 0,
      giants: 0,
      largest: 0,
      frames: [],
    };
    hosts.set(host, tally);
    tally.wrong += checks?.wrong ?? 0;
    tally.left += checks?.left ?? 0;
    tally.right += checks?.right ?? packets;
    tally.repaired += checks?.repaired ?? 0;
    tally.giants += giants;
    tally.largest = Math.max(tally.largest, largest);
    if (tally.frames.length < 8) tally.frames.push(...(checks?.frames ?? []));
  }
  return hosts;
};

/**
 * Tells whether wrong checksums are no damage: the host's network card fills them in, or most are wrong and nothing was retransmitted,
 * because somebody edited the file.
 */
const isUndamaged = ({wrong, left, right, repaired}: Tally): boolean =>
  left > 0 || (wrong > right && repaired === 0);

export const checksumFindings = (evidence: Evidence): Found => {
  const sent = sentIn(evidence);
  const hosts = tallied(sent);
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
  const damaged = sent.flatMap(({host, about, checks}): Found => {
    const tally = hosts.get(host);
    if (!checks || checks.wrong === 0 || !tally || isUndamaged(tally)) return [];
    const {wrong, repaired, costUs, frames} = checks;
    return [
      finding('bad-checksum', {
        about,
        certainty: 'proved',
        where: 'path',
        ...(repaired > 0 && {costUs}),
        frames,
        facts: {from: host, count: wrong, repaired},
      }),
    ];
  });
  return [...offloads, ...damaged];
};
