// Finds a connection that continues with another port: its numbers follow those of a connection with the same other end (RFC 4787 §4.1).
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {type Seq, seqAdd, seqDiff} from '../wire/seq.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';
import {endpointKey, other, sides} from './sides.ts';

/** The most octets that may be missing in the capture between a connection and the one that continues it. */
const mostMissing = 1 << 20;

type Side = (typeof sides)[number];

type Left = {readonly connection: ObservedConnection; readonly fixed: Side; readonly next: Seq};

const goesOn = (begun: ObservedConnection, fixed: Side, left: readonly Left[]): Left | undefined => {
  const mover = other(fixed);
  const [base, baseFixed] = [begun.half(mover).base, begun.half(fixed).base];
  if (base === undefined || baseFixed === undefined) return undefined;
  const {address, port} = begun.ends[mover];
  return left.find(({connection, fixed: at, next}) => {
    const moved = connection.ends[other(at)];
    const nextMoved = connection.half(other(at)).nextSeq;
    if (connection === begun || nextMoved === undefined || connection.firstUs > begun.firstUs) return false;
    // If the earlier connection is still heard later, the capture contains both sides of a NAT router, which have the same numbers.
    if (connection.notes.lastStand.heardFrame(other(at)) > begun.firstFrame) return false;
    if (moved.address === address && moved.port === port) return false;
    const near = (one: Seq, two: Seq): boolean => Math.abs(seqDiff(one, two)) <= mostMissing;
    return near(seqAdd(base, 1), nextMoved) && near(seqAdd(baseFixed, 1), next);
  });
};

export const movedFindings = ({connections, inspector}: Evidence): readonly Finding<'nat-new-port'>[] => {
  const begun = connections.filter(({course, client}) => course.opening(client) === 'not-captured');
  if (begun.length === 0 || connections.length < 2) return [];
  const wanted = new Set(begun.flatMap(({ends}) => ends.map(endpointKey)));
  const left = new Map<string, Left[]>();
  for (const connection of connections)
    for (const fixed of sides) {
      const key = endpointKey(connection.ends[fixed]);
      const next = connection.half(fixed).nextSeq;
      if (next === undefined || !wanted.has(key) || connection.notes.lastStand.breakOff) continue;
      const known = left.get(key);
      if (known) known.push({connection, fixed, next});
      else left.set(key, [{connection, fixed, next}]);
    }
  return begun.flatMap((each) => {
    for (const fixed of sides) {
      const before = goesOn(each, fixed, left.get(endpointKey(each.ends[fixed])) ?? []);
      if (!before) continue;
      const {connection} = before;
      const broken = each.notes.lastStand.breakOff;
      const {address, port} = each.ends[other(fixed)];
      const old = connection.ends[other(before.fixed)];
      const heard = connection.notes.lastStand.heardFrame(other(before.fixed));
      if (heard > each.firstFrame) continue;
      return [
        finding('nat-new-port', {
          ...{about: {connection: each.id}, where: 'path', certainty: 'deduced'},
          frames: [heard, each.firstFrame, broken?.frame ?? 0].filter((frame) => frame > 0),
          facts: {
            ...{before: connection.id, address, port, oldAddress: old.address, oldPort: old.port},
            ...{quietUs: each.firstUs - inspector.file.times.at(heard), reset: broken?.frame ?? 0},
          },
        }),
      ];
    }
    return [];
  });
};
