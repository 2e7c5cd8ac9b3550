// Findings about traced ways: a hop that does not answer, and routers that send packets in a circle (RFC 2151 §3.4).
import type {Hop, TracedWay} from '../observe/icmp-stories.ts';
import type {Evidence} from './evidence.ts';
import {type Finding, finding} from './finding.ts';

type Found = readonly Finding<'hop-silent' | 'route-loop'>[];

/** The largest number of routers in a routing loop that is looked for in a traceroute. */
const mostRouters = 8;

/** Returns the name of a traceroute in the list of conversations, such as `t1`. */
export const wayName = (index: number): string => `t${index + 1}`;

/** Returns the routers of a routing loop in a traceroute, if the probes pass it at least twice; undefined if there is no loop. */
const circleIn = (
  hops: readonly Hop[],
): {readonly routers: readonly string[]; readonly frames: readonly number[]} | undefined => {
  const at = new Map(hops.filter(({arrived}) => !arrived).map((hop) => [hop.hops, hop]));
  for (let size = 2; size <= mostRouters; size++) {
    const again = [...at.values()].filter(({hops: place, from}) => {
      const before = at.get(place - size);
      const between = at.get(place - 1);
      return before?.from === from && between !== undefined && between.from !== from;
    });
    const last = again.at(-1);
    if (again.length < 2 || !last) continue;
    const routers = [
      ...new Set(
        hops.filter(({hops: place}) => place > last.hops - size && place <= last.hops).map(({from}) => from),
      ),
    ];
    if (routers.length < 2) continue;
    return {routers, frames: again.map(({frame}) => frame)};
  }
  return undefined;
};

const findingsOf = ({inspector}: Evidence, way: TracedWay, index: number): Found => {
  const {from, to, by} = way;
  const about = {conversation: wayName(index)};
  const hops = way.hops.toSorted((a, b) => a.hops - b.hops);
  const circle = circleIn(hops);
  if (circle)
    return [
      finding('route-loop', {
        about,
        where: 'path',
        frames: circle.frames,
        facts: {from, to, routers: circle.routers},
      }),
    ];
  const end = hops.find(({arrived}) => arrived)?.hops ?? hops.at(-1)?.hops ?? 0;
  const sent = inspector.icmp.ways.sent(`${from} ${to} ${by}`);
  const silent = [...sent].filter(([place]) => place < end && !hops.some((hop) => hop.hops === place));
  if (silent.length === 0) return [];
  return [
    finding('hop-silent', {
      about,
      certainty: 'proved',
      where: 'path',
      frames: silent.map(([, {frame}]) => frame),
      facts: {from, to, hops: silent.map(([place]) => place).toSorted((a, b) => a - b)},
    }),
  ];
};

export const wayFindings = (evidence: Evidence): Found =>
  evidence.inspector.icmp.traces.flatMap((way, index) => findingsOf(evidence, way, index));
