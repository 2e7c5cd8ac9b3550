// The reasons of events in a run: a rule of a protocol or of the path, or that a program did it.
import {udpLimits} from '../stack/dns/serving.ts';
import type {IpRuleId} from '../stack/ip/rules.ts';
import type {Facts} from '../stack/reason.ts';
import {doubts, refusals, resets} from '../stack/refusal.ts';
import {forgetsBy} from '../stack/tcp/listen-queue.ts';
import type {RuleId} from '../stack/tcp/rules.ts';
import type {TlsRuleId} from '../stack/tls/rules.ts';
import type {AppRuleId} from './apps.ts';
import type {DropReason} from './drop-reason.ts';
import type {SocketRuleId} from './socket-rules.ts';

export type Because = RuleId | IpRuleId | AppRuleId | TlsRuleId | SocketRuleId;

type Decision = {
  readonly rule: Because;
  readonly case?: string | undefined;
  readonly facts?: Facts | undefined;
};

/** The reason of an upper layer that asks for an effect: HTTP hands a request to TLS, and TLS hands records to TCP. */
export type Above = Decision & {
  readonly by: 'DNS' | 'HTTP' | 'TLS';
  /** True if the segment continues what an earlier one of the same step began. */
  readonly goesOn?: true;
};

/** The whole reason of an effect, including what the log does not keep. */
export type WholeReason = Decision & {
  /** The reasons of the upper layers that asked for the effect, highest layer first; absent if there are none. */
  readonly above?: readonly Above[] | undefined;
  /** The number of an earlier event that is the reason of the effect, because it ended a call or brought the answer. */
  readonly behind?: number | undefined;
};

/** The reason of an effect before it is logged: only the rule's id if there is nothing to add. */
export type Why = Because | WholeReason;

export const reasonIn = (why: Why): WholeReason => (typeof why === 'string' ? {rule: why} : why);

/**
 * The words that stand for facts in the reasons of events: why something is refused or doubted, how a response is limited, why a handshake
 * is forgotten.
 */
export const factWords = {refusals, doubts, resets, limits: udpLimits, forgets: forgetsBy} as const;

/** The rule of events that no protocol requires: a program or the network's operator decided it. */
export const byProgram = '1122:1.1.3/program';

/** The rule for each way in which a frame is lost on a link or dropped unread. */
export const deathRules = {
  fault: '1122:1.1.3/lost',
  loss: '1122:1.1.3/lost',
  queue: '1122:1.1.3/lost',
  'link down': '1122:1.1.3/lost',
  'no such host': '1122:1.1.3/lost',
  'host down': '1122:1.1.3/lost',
  'link check': '1122:2.3.3/link-check',
  checksum: '9293:3.1/checksum',
  malformed: '9293:3.1/malformed',
} as const satisfies {readonly [reason in DropReason]?: IpRuleId};

export type Death = keyof typeof deathRules;
