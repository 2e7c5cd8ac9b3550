// What somebody on the path could know of a packet: nothing, where a run in which its fate was the other one looks the same there.
import {simulate} from '../../scripts/simulate.ts';
import type {Fault} from '../../source/sim/fault.ts';
import type {Scenario} from '../../source/sim/scenario.ts';
import type {PacketRecord, Trace} from '../../source/sim/trace.ts';
import {encodeFrame} from '../../source/wire/frame.ts';
import {framesAt, type Point} from './fates-under-faults.ts';

export type Loss = {readonly packet: number; readonly link: string};

export const runOf = (scenario: Scenario, losses: readonly Loss[]): Trace => {
  const faults = losses.map(({packet, link}): Fault => ({kind: 'drop', at: {packet, link}}));
  return simulate({...scenario, faults}, {source: 'test', run: 'made'});
};

/** Octets in front of the addresses and TCP: IP counts packets there, and those that died unseen count, too. */
const addresses = 26;

const plain = (bytes: Uint8Array): string => bytes.subarray(addresses).join();

const seenAt = (trace: Trace, point: Point): string =>
  framesAt(trace, point)
    .map(({atUs, bytes}) => `${atUs} ${plain(bytes)}`)
    .join('\n');

/** Each packet by its name: when it left, from where, its octets, and the how many-th such it is. */
const namedIn = (trace: Trace): ReadonlyMap<string, PacketRecord> => {
  const named = new Map<string, PacketRecord>();
  const counts = new Map<string, number>();
  for (let id = 1; id <= trace.packetCount; id += 1) {
    const packet = trace.packet(id);
    const {from, frame, sendEvent} = packet;
    const name = `${from} ${trace.event(sendEvent).atUs} ${frame ? plain(encodeFrame(frame)) : ''}`;
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    named.set(`${name} ${nth}`, packet);
  }
  return named;
};

type Made = {readonly scenario: Scenario; readonly losses: readonly Loss[]; readonly trace: Trace};

/** On which link a packet of `host` dies before anybody else sees it, and on which one that is for it. */
export type Links = (host: string) => string;

/** Tries with what came of the one before: each mends at least the first difference. */
const mostTries = 8;

const textOf = (losses: readonly Loss[]): string =>
  losses.map(({packet, link}) => `${packet} ${link}`).join();

type About = {
  /** What is asked, and what may have changed places with it: of several that were sent again any may be the one that came. */
  readonly packets: readonly number[];
  readonly point: Point;
  readonly links: Links;
};

/** Is there a run in which these came if they were lost, or were lost if they came, and all that passes at the point is the same? */
export const couldBeOtherwise = (
  {scenario, losses, trace}: Made,
  {packets, point, links}: About,
): boolean => {
  const lostOn = new Map(losses.map((loss) => [loss.packet, loss.link]));
  const known = namedIn(trace);
  const wanted = (other: Trace): readonly Loss[] =>
    [...namedIn(other)].flatMap(([name, {id, from = '', to = ''}]): Loss[] => {
      const before = known.get(name)?.id;
      // What was not sent in the run itself must not be seen.
      if (before === undefined) return [{packet: id, link: links(from)}];
      const link = lostOn.get(before);
      if (!packets.includes(before)) return link === undefined ? [] : [{packet: id, link}];
      return link === undefined ? [{packet: id, link: links(to)}] : [];
    });
  const seen = seenAt(trace, point);
  let tried = wanted(trace);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const other = runOf(scenario, tried);
    const next = wanted(other);
    if (textOf(next) === textOf(tried)) return seenAt(other, point) === seen;
    tried = next;
  }
  return false;
};
