// Findings about the capture file itself: missing packets or octets, packets captured twice, data that could not be decoded.
import {endpointText} from '../observe/capture-inspector.ts';
import {other, type Side} from '../observe/connections.ts';
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {isTwice, type Sights} from '../observe/sight.ts';
import {seqAdd, seqLe} from '../wire/seq.ts';
import {checksumFindings} from './checksums.ts';
import {type Evidence, sightsIn} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import type {CaptureId} from './ids.ts';
import {unreadFindings} from './unread.ts';

type Found = readonly Finding<CaptureId>[];

const sides = [0, 1] as const;

const roleOf = ({client}: ObservedConnection, side: Side): 'client' | 'server' =>
  side === client ? 'client' : 'server';

/** The most connections of one server that are searched for one that another continues. */
const mostCompared = 256;

/** The number of captured segments that proves something about a direction; a single one may be stray. */
const enoughSegments = 2;

/** Finds connections of which only one direction was captured, although the other end sent something, too. */
const oneSided = (connection: ObservedConnection, sights: Sights): Found => {
  if (sides.every((side) => connection.half(side).segments > 0)) return [];
  const side = sides.find((each) => connection.half(each).segments >= enoughSegments);
  if (side === undefined || sights.of(connection).directions !== 'one') return [];
  const {id, firstFrame} = connection;
  return [
    finding('one-direction', {
      about: {connection: id},
      certainty: 'proved',
      where: 'capture',
      frames: [firstFrame],
      facts: {by: roleOf(connection, side)},
    }),
  ];
};

/**
 * Finds data that the capture lacks: those that were acknowledged arrived, so only the capture missed them; of the others nobody knows, as
 * long as nobody asks for them.
 */
const gapsIn = (connection: ObservedConnection): Found =>
  sides.flatMap((side): Found => {
    const half = connection.half(side);
    const {heard} = connection.half(other(side));
    if (half.segments === 0 || half.nextSeq === undefined) return [];
    // Nothing is missing in the middle, and no more was acknowledged than the capture has.
    if (half.ranges.gaps === 0 && (heard === undefined || seqLe(heard.ack, half.nextSeq))) return [];
    const taken = heard === undefined ? 0 : half.ranges.missing(heard.ack);
    // One missing number may be that of a FIN, so it is not reported.
    const acked = taken > 1;
    const bytes = acked ? taken : half.ranges.missing(half.nextSeq);
    if (bytes <= 1 || (!acked && connection.counts.duplicateAcks > 0)) return [];
    const {gaps} = connection.reasons(side);
    const frames = acked
      ? [...gaps.frames('again'), ...gaps.frames('either')]
      : connection.notes.frames('lostBefore');
    return [
      finding('capture-gap', {
        about: {connection: connection.id},
        certainty: acked ? 'proved' : 'one-of',
        where: acked ? 'capture' : 'unknown',
        frames,
        rivals: acked ? [] : [{id: 'loss', open: true, by: []}],
        facts: {by: roleOf(connection, side), bytes, acked},
      }),
    ];
  });

/** The connections of a capture, by each of their two ends (address and port). */
type ByEnd = ReadonlyMap<string, readonly ObservedConnection[]>;

const byEnd = (connections: readonly ObservedConnection[]): ByEnd => {
  const all = new Map<string, ObservedConnection[]>();
  for (const connection of connections)
    for (const end of connection.ends) {
      const known = all.get(endpointText(end));
      if (known) known.push(connection);
      else all.set(endpointText(end), [connection]);
    }
  return all;
};

/**
 * Tells whether a connection continues another one with the same server, because its sequence numbers follow those of that one: a NAT
 * changed the port.
 */
const goesOn = (connection: ObservedConnection, all: ByEnd): boolean =>
  sides.some((side) => {
    const far = endpointText(connection.ends[other(side)]);
    const [{base}, {base: farBase}] = [connection.half(side), connection.half(other(side))];
    if (base === undefined || farBase === undefined) return false;
    return (all.get(far) ?? []).slice(0, mostCompared).some((each) => {
      const one = endpointText(each.ends[0]) === far ? 1 : 0;
      return (
        each.id < connection.id &&
        each.half(one).nextSeq === seqAdd(base, 1) &&
        each.half(other(one)).nextSeq === seqAdd(farBase, 1)
      );
    });
  });

const openedBefore = (connection: ObservedConnection, all: () => ByEnd): Found => {
  const {counts, id, firstFrame} = connection;
  const isOpened = counts.syn + counts.synAck > 0;
  const said = counts.packets - counts.rst;
  if (isOpened || said < enoughSegments || goesOn(connection, all())) return [];
  return [
    finding('opened-before', {
      about: {connection: id},
      certainty: 'proved',
      where: 'capture',
      frames: [firstFrame],
      facts: {},
    }),
  ];
};

const wholeFile = ({inspector}: Evidence): Found => {
  const {frames: packets, cut, backwards, twice} = inspector.file;
  const about = {capture: true} as const;
  const given = {about, certainty: 'proved', where: 'capture'} as const;
  const found: Finding<CaptureId>[] = [];
  if (cut.frames > 0)
    found.push(
      finding('snapped', {...given, frames: cut.first, facts: {packets: cut.frames, bytes: cut.octets}}),
    );
  if (backwards.frames > 0)
    found.push(
      finding('clock-backwards', {
        ...given,
        frames: backwards.first,
        facts: {packets: backwards.frames, mostUs: backwards.mostUs},
      }),
    );
  if (isTwice(inspector)) {
    const {copies, frames, mostUs} = twice;
    found.push(finding('twice-captured', {...given, frames, facts: {copies, packets, mostUs}}));
  }
  for (const {device, connection, aside, packets: count, frames} of inspector.crossings.all) {
    const facts = {device, packets: count, aside: aside === connection ? 0 : aside.id};
    found.push(finding('captured-across', {...given, about: {connection: connection.id}, frames, facts}));
  }
  return found;
};

export const captureFindings = (evidence: Evidence): Found => {
  const {connections} = evidence;
  const sights = sightsIn(evidence);
  let known: ByEnd | undefined;
  const all = (): ByEnd => {
    known ??= byEnd(connections);
    return known;
  };
  return [
    ...wholeFile(evidence),
    ...connections.flatMap((each) => [
      ...oneSided(each, sights),
      ...gapsIn(each),
      ...openedBefore(each, all),
    ]),
    ...checksumFindings(evidence),
    ...unreadFindings(evidence),
  ];
};
