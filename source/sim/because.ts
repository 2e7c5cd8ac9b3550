// Why something happens in a run: a rule of a protocol, of what the path does, or that a program did it.
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

/** The reason of a layer above: HTTP hands a request to TLS, and TLS hands records to TCP. */
export type Above = Decision & {
  readonly by: 'DNS' | 'HTTP' | 'TLS';
  /** The segment goes on with what an earlier one of the same step began. */
  readonly goesOn?: true;
};

/** The reason of an effect, with what the log does not keep of it. */
export type WholeReason = Decision & {
  /** The reasons for which layers above have asked for it, the highest first. */
  readonly above?: readonly Above[] | undefined;
  /** The number of an earlier event that is the reason: what ended a call, or brought the answer. */
  readonly behind?: number | undefined;
};

/** The reason of an effect on its way into the log: a bare rule where nothing is to be added. */
export type Why = Because | WholeReason;

export const reasonIn = (why: Why): WholeReason => (typeof why === 'string' ? {rule: why} : why);

/** The words that machines have for some of their facts: what they refuse, how they bound a response, why a handshake is forgotten. */
export const factWords = {refusals, doubts, resets, limits: udpLimits, forgets: forgetsBy} as const;

/** No rule: a program decided it, or whoever runs the network. */
export const byProgram = '1122:1.1.3/program';

/** Of what dies on a link or is thrown away unread. */
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
