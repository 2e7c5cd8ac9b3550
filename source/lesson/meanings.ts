// Explains what the words of selectors mean in a finished run, collected from all protocols, one line for each.

import {fulfilsConditions} from '../sim/segment-pattern.ts';
import type {TraceEvent} from '../sim/trace.ts';
import {type DnsMatch, describeDnsConditions, describeDnsMatch, fulfilsDns, isDnsMatch} from './dns/match.ts';
import {describeHttpConditions, fulfilsHttp} from './http/match.ts';
import type {PacketFacts} from './packet-facts.ts';
import type {Conditions, Match} from './selector.ts';
import {describeTcpConditions, describeTcpMatch, isTcpMatch} from './tcp/match.ts';
import type {Text} from './text.ts';
import {describeTlsConditions, describeTlsMatch, fulfilsTls, isTlsMatch, type TlsMatch} from './tls/match.ts';

type ProtocolMatch = Exclude<Match, {readonly kind: 'packet' | 'call' | 'at' | 'end'}>;

type OfPackets = {
  readonly fulfils: (conditions: Conditions, facts: PacketFacts) => boolean;
  readonly describe: (conditions: Conditions) => readonly string[];
};

const protocols: readonly OfPackets[] = [
  {fulfils: fulfilsConditions, describe: describeTcpConditions},
  {fulfils: fulfilsDns, describe: describeDnsConditions},
  {fulfils: fulfilsHttp, describe: describeHttpConditions},
  {fulfils: fulfilsTls, describe: describeTlsConditions},
];

export const fulfils = (conditions: Conditions, facts: PacketFacts): boolean =>
  protocols.every((protocol) => protocol.fulfils(conditions, facts));

export const describeConditions = (conditions: Conditions): readonly string[] =>
  protocols.flatMap((protocol) => protocol.describe(conditions));

const isOfDns = (match: ProtocolMatch): match is DnsMatch => match.kind === 'cache';
const isOfTls = (match: ProtocolMatch): match is TlsMatch => match.kind === 'keys';

export const isProtocolMatch = (match: ProtocolMatch, event: TraceEvent): boolean => {
  if (isOfTls(match)) return isTlsMatch(event);
  return isOfDns(match) ? isDnsMatch(match, event) : isTcpMatch(match, event);
};

export const describeProtocolMatch = (match: ProtocolMatch): Text => {
  if (isOfTls(match)) return describeTlsMatch(match);
  return isOfDns(match) ? describeDnsMatch(match) : describeTcpMatch(match);
};
