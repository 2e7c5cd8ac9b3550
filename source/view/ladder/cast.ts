// Who plays a part in a run: whoever makes a packet, is meant by one, or does something that needs none. A router that only passes packets
// on does not, unless an attacker sits in it; then both whose packets pass it are there as well, heard or not.
import {entriesBetween} from '../../account/entries.ts';
import {fateOf} from '../../account/fates.ts';
import {packetOf} from '../../account/packet.ts';
import type {Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {happeningsIn} from './happenings.ts';

export type Player = {
  readonly id: string;
  /** How many packets of the run it makes or is meant by. */
  readonly packets: number;
};

/** All hosts in the order in which links first connect them, the first speaker first; who finds an answer at home speaks, too. */
const contacts = (trace: Trace): readonly string[] => {
  const {hosts} = trace.header;
  const met = new Set<string>();
  for (const event of entriesBetween(trace, 1)) {
    if (event.kind === 'answer') met.add(event.host);
    if (event.kind === 'send' && event.packet > 0) met.add(event.host).add(event.to);
    if (met.size >= hosts.length) break;
  }
  for (const {name} of hosts) met.add(name);
  return [...met];
};

/** From the left to the right. Captures, and runs of two hosts, have none. */
export const castOf = oncePer((trace: Trace): readonly Player[] => {
  const {hosts, profile, onPath = []} = trace.header;
  // A capture knows addresses, not machines: it shows the two ends of its first conversation.
  if (profile === 'capture' || hosts.length < 3) return [];
  const packets = new Map<string, number>();
  const count = (host: string): void => {
    packets.set(host, (packets.get(host) ?? 0) + 1);
  };
  const owners = new Map(hosts.flatMap(({name, ip}) => ip.map((each) => [each, name] as const)));
  for (let id = 1; id <= trace.packetCount; id++) {
    const packet = packetOf(trace, id);
    const {from, to, frame} = packet;
    const arrived = fateOf(trace, packet)?.what === 'delivered';
    const meant = frame?.payload.kind === 'ip' ? owners.get(frame.payload.packet.dst) : undefined;
    count(from);
    if ((arrived || meant !== undefined) && to !== from) count(to);
  }
  const active = new Set([
    ...onPath.flatMap(({host, between}) => [host, ...between]),
    ...happeningsIn(trace).map(({event}) => event.host),
  ]);
  return contacts(trace).flatMap((id) => {
    const own = packets.get(id) ?? (active.has(id) ? 0 : undefined);
    return own === undefined ? [] : [{id, packets: own}];
  });
});
