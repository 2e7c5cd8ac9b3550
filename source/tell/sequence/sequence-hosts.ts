// Who stands at the lifelines of a document: the cast of a run, or the addresses of a capture in the order in which they speak.

import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {hostName} from '../../lesson/host-names.ts';
import type {Language} from '../../lesson/text.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {hostsOf, pairOf, type SceneHost} from '../../view/ladder/scene-hosts.ts';
import type {Role} from '../../view/span.ts';
import {sequenceTexts} from '../../words/catalogue/sequence.ts';
import {formatSocket} from '../../words/format.ts';

export type SequenceHosts = {
  readonly hosts: readonly SceneHost[];
  /** Positions of a packet's two ends; where nobody drawn is meant, its second end is its neighbour. */
  readonly endsOf: (packet: PacketRecord) => readonly [from: number, to: number];
  /** Position of a host; undefined: it is not drawn. */
  readonly columnOf: (host: string) => number | undefined;
};

/** More lifelines than this nobody reads; the last one stands for the rest. */
const mostHosts = 8;

const othersId = '';

/** A machine that talks to itself has one address and two ends: ports tell them apart. */
const endNames = (packet: PacketRecord): readonly [string, string] => {
  const {from, to} = packet;
  const transport = from === to ? ipPacketOf(packet)?.transport : undefined;
  if (transport?.kind !== 'tcp' && transport?.kind !== 'udp') return [from, to];
  const {srcPort, dstPort} = transport.kind === 'tcp' ? transport.segment : transport.datagram;
  return [formatSocket(from, srcPort), formatSocket(to, dstPort)];
};

const roles: readonly Role[] = ['client', 'server'];

/** The ends of the first conversation come first, then who else speaks to somebody; who only calls out to many is one of the others. */
const captureHosts = (trace: Trace, language: Language): readonly SceneHost[] => {
  const [left, right] = pairOf(trace, language);
  const names = new Set<string>(left.id === right.id ? [] : [left.id, right.id].filter((id) => id !== ''));
  const calls = new Set<string>();
  for (let id = 1; id <= trace.packetCount && names.size <= mostHosts; id++) {
    const packet = packetOf(trace, id);
    for (const name of endNames(packet)) (packet.forMany ? calls : names).add(name);
  }
  const all = [...names];
  const areAll = all.length <= mostHosts && [...calls].every((name) => names.has(name));
  const shown = areAll ? all : all.slice(0, mostHosts - 1);
  const hosts = shown.map(
    (id, index): SceneHost => ({
      id,
      name: hostName(trace, id)[language],
      address: '',
      role: roles[index] ?? 'third',
    }),
  );
  if (areAll) return hosts;
  return [...hosts, {id: othersId, name: sequenceTexts.others[language], address: '', role: 'muted'}];
};

const neighbour = (place: number, count: number): number => (place + 1 < count ? place + 1 : place - 1);

export const sequenceHosts = (trace: Trace, language: Language): SequenceHosts => {
  const isCapture = trace.header.profile === 'capture';
  const hosts = isCapture
    ? captureHosts(trace, language)
    : hostsOf(trace, language).filter(({id}, index) => id !== '' || index === 0);
  const places = new Map(hosts.map(({id}, index) => [id, index]));
  const rest = places.get(othersId);
  const columnOf = (host: string): number | undefined => places.get(host) ?? (isCapture ? rest : undefined);
  return {
    hosts,
    columnOf,
    endsOf: (packet) => {
      const [source, target] = isCapture ? endNames(packet) : [packet.from, packet.to];
      const from = columnOf(source) ?? 0;
      const to = source === target && !isCapture ? undefined : columnOf(target);
      return [from, to ?? Math.max(0, neighbour(from, hosts.length))];
    },
  };
};
