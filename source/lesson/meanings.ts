// What the words of selectors mean in a run that has happened, put together from all protocols: one line for each.

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

export const fulfils = (conditions: Conditions, facts: PacketFacts): boolean =>
  fulfilsConditions(conditions, facts) &&
  fulfilsDns(conditions, facts) &&
  fulfilsHttp(conditions, facts) &&
  fulfilsTls(conditions, facts);

const isOfDns = (match: ProtocolMatch): match is DnsMatch => match.kind === 'cache';
const isOfTls = (match: ProtocolMatch): match is TlsMatch => match.kind === 'keys';

export const isProtocolMatch = (match: ProtocolMatch, event: TraceEvent): boolean => {
  if (isOfTls(match)) return isTlsMatch(event);
  return isOfDns(match) ? isDnsMatch(match, event) : isTcpMatch(match, event);
};

export const describeConditions = (conditions: Conditions): readonly string[] => [
  ...describeTcpConditions(conditions),
  ...describeDnsConditions(conditions),
  ...describeHttpConditions(conditions),
  ...describeTlsConditions(conditions),
];

export const describeProtocolMatch = (match: ProtocolMatch): Text => {
  if (isOfTls(match)) return describeTlsMatch(match);
  return isOfDns(match) ? describeDnsMatch(match) : describeTcpMatch(match);
};
