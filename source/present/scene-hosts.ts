// The two ends of the picture: who they are, how they are called, and at which addresses.
import type {Language} from '../lesson/lesson.ts';
import {segmentOf} from '../lesson/packet-facts.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {formatSocket} from './format.ts';
import {harmless} from './harmless.ts';
import type {Role} from './span.ts';
import {hostNames} from './text/player.ts';

export type SceneHost = {
  /** As the trace calls it. */
  readonly id: string;
  readonly name: string;
  /** Address and port of the first packet; empty where unknown. */
  readonly address: string;
  readonly role: Role;
};

export const displayName = (name: string, language: Language): string =>
  harmless(hostNames[name]?.[language] ?? name);

const namedRoles: {readonly [name: string]: Role} = {
  client: 'client',
  server: 'server',
  attacker: 'attacker',
};

const ipOf = (packet: PacketRecord | undefined, end: 'src' | 'dst'): string | undefined =>
  packet?.frame?.payload.kind === 'ip' ? packet.frame.payload.packet[end] : undefined;

const addressOf = (trace: Trace, host: string, first: PacketRecord | undefined): string => {
  const end = first?.from === host ? 'src' : 'dst';
  const ip = ipOf(first, end) ?? trace.header.hosts.find(({name}) => name === host)?.ip[0];
  const segment = first && segmentOf(first);
  const port = end === 'src' ? segment?.srcPort : segment?.dstPort;
  // A host that is known by its address only needs no second line with the same words.
  return ip === undefined || ip === host ? (port === undefined ? '' : `:${port}`) : formatSocket(ip, port);
};

/** A capture may begin with the chatter of its network; further in than this nobody looks. */
const openingPackets = 1000;
const openers = new WeakMap<Trace, PacketRecord>();

/** The first segment of TCP; without one the first packet. */
const openerOf = (trace: Trace): PacketRecord | undefined => {
  const known = openers.get(trace);
  if (known || trace.packetCount === 0) return known;
  let opener = trace.packet(1);
  for (let id = 1; id <= Math.min(trace.packetCount, openingPackets); id++) {
    const packet = trace.packet(id);
    if (segmentOf(packet) === undefined) continue;
    opener = packet;
    break;
  }
  openers.set(trace, opener);
  return opener;
};

/** Whoever speaks TCP first stands at the left, whoever it speaks to at the right. */
export const hostsOf = (trace: Trace, language: Language): readonly [SceneHost, SceneHost] => {
  const first = openerOf(trace);
  const names = trace.header.hosts.map(({name}) => name);
  const left = first?.from ?? names[0] ?? '';
  const right = first?.to ?? names.find((name) => name !== left) ?? '';
  const host = (id: string, role: Role): SceneHost => ({
    id,
    name: displayName(id, language),
    address: harmless(addressOf(trace, id, first)),
    role: namedRoles[id] ?? role,
  });
  return [host(left, 'client'), host(right, 'server')];
};
