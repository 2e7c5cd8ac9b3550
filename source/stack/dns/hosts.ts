// The hosts file (RFC 1123 §6.1.3.8), which the host's own programs ask before the DNS.
import type {DnsQuestion, DnsRecord} from '../../wire/dns/message.ts';
import {type DnsName, parseName, sameName} from '../../wire/dns/name.ts';
import {RecordClass, RecordType} from '../../wire/dns/registry.ts';
import {type DnsAnswer, type DnsEffect, emptyAnswer, giveBack, type HostsEntry, note} from './call.ts';

/** The TTL of an answer from the hosts file, whose lines have no lifetime; glibc's tools show none either. */
const ttl = 0;

const recordOf = ({name, address}: HostsEntry): DnsRecord => {
  const kind = address.includes(':') ? 'AAAA' : 'A';
  return {name, type: RecordType[kind], class: RecordClass.IN, ttl, data: {kind, address}};
};

export const hostsAnswer = (
  hosts: readonly HostsEntry[],
  {name, type}: {name: DnsName; type: number},
): DnsAnswer | undefined => {
  const records = hosts
    .filter((entry) => sameName(entry.name, name))
    .map(recordOf)
    .filter((record) => record.type === type);
  return records.length === 0 ? undefined : {result: 'ok', records, chain: [], ttl, from: 'hosts'};
};

type Turn = {readonly state: {readonly hosts: readonly HostsEntry[]}; readonly effects: DnsEffect[]};

/**
 * Returns the question that a call asks of the DNS; undefined if the call has been answered here, from the hosts file or because its
 * name is not valid.
 */
export const questionOf = (
  turn: Turn,
  token: number,
  call: {readonly name: string; readonly type: number},
): DnsQuestion | undefined => {
  const name = parseName(call.name);
  if (!name.ok) {
    const answer = {...emptyAnswer, result: 'EINVAL'} as const;
    turn.effects.push({kind: 'return', token, answer, because: '1035:2.3.4/no-name'});
    return undefined;
  }
  const question = {name: name.value, type: call.type, class: RecordClass.IN};
  const known = hostsAnswer(turn.state.hosts, question);
  if (!known) return question;
  note(turn, {kind: 'hosts', name: question.name, records: known.records}, '1123:6.1.3.8/hosts');
  giveBack(turn, token, known);
  return undefined;
};
