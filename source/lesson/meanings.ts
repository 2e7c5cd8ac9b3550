// What the words of selectors mean in a run that has happened, put together from all protocols: one line for each.
import type {TraceEvent} from '../sim/trace.ts';
import type {Text} from './lesson.ts';
import type {PacketFacts} from './packet-facts.ts';
import type {Conditions, Match} from './selector.ts';
import {describeTcpConditions, describeTcpMatch, fulfilsTcp, isTcpMatch} from './tcp/match.ts';

type ProtocolMatch = Exclude<Match, {readonly kind: 'packet' | 'call' | 'at' | 'end'}>;

export const fulfils = (conditions: Conditions, facts: PacketFacts): boolean => fulfilsTcp(conditions, facts);

export const isProtocolMatch = (match: ProtocolMatch, event: TraceEvent): boolean => isTcpMatch(match, event);

export const describeConditions = (conditions: Conditions): readonly string[] =>
  describeTcpConditions(conditions);

export const describeProtocolMatch = (match: ProtocolMatch): Text => describeTcpMatch(match);
