// Recognizes packets that a router forwards: they have not reached their receiver there (RFC 1812 §5.2.1).
import type {EventOf, Trace} from '../../sim/trace.ts';
import {oncePer} from '../../wire/once-per.ts';
import {entriesOf} from '../entries.ts';
import {packetOf} from '../packet.ts';

const hopKey = (packet: number, hop: number): string => `${packet}.${hop}`;

/** The number of the event at which a packet, or a copy of it, last left each router, by the packet and its hop. */
const lastForwarded = oncePer((trace: Trace): ReadonlyMap<string, number> => {
  const last = new Map<string, number>();
  for (const {n, packet, hop} of entriesOf(trace, 'send')) if (hop > 0) last.set(hopKey(packet, hop), n);
  return last;
});

/** Tells whether the packet arrives at a router that forwards it later. If the packet is lost at the router, that is where it ends. */
export const isPassedOn = (trace: Trace, {n, packet, hop, host}: EventOf<'arrive'>): boolean =>
  packet > 0 &&
  packetOf(trace, packet).to !== host &&
  (lastForwarded(trace).get(hopKey(packet, hop + 1)) ?? 0) > n;
