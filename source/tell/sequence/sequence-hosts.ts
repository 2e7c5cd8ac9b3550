// Selects the lifelines of a document: the hosts of a run, or the addresses of a capture in the order in which they send.

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
  /**
   * Returns the columns of a packet's sender and receiver in a diagram. If the receiver is not drawn, its column is the one next to the
   * sender's.
   */
  readonly endsOf: (packet: PacketRecord) => readonly [from: number, to: number];
  /** Returns the column of a host in a diagram; undefined if the host is not drawn. */
  readonly columnOf: (host: string) => number | undefined;
};

/** The largest number of lifelines that stays readable; the last one then stands for all further hosts. */
const mostHosts = 8;

const othersId = '';

/**
 * Returns the names of a packet's two ends: their addresses. For a machine that sends to itself they include the ports, because the
 * addresses are equal.
 */
const endNames = (packet: PacketRecord): readonly [string, string] => {
  const {from, to} = packet;
  const transport = from === to ? ipPacketOf(packet)?.transport : undefined;
  if (transport?.kind !== 'tcp' && transport?.kind !== 'udp') return [from, to];
  const {srcPort, dstPort} = transport.kind === 'tcp' ? transport.segment : transport.datagram;
  return [formatSocket(from, srcPort), formatSocket(to, dstPort)];
};

const roles: readonly Role[] = ['client', 'server'];

/**
 * Returns the hosts of a capture as lifelines: first the ends of the first conversation, then the other ends of unicast packets. Hosts for
 * which there is no lifeline, or that appear only in multicast or broadcast, share the last one.
 */
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
