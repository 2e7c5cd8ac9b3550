// The whole input of the simulator as plain data: what people and networks do. Lessons are compiled to this.

import type {ProfileName, TcpSettings} from '../stack/tcp/settings.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {IpAddress, MacAddress} from '../wire/frame.ts';
import type {Seq} from '../wire/seq.ts';
import type {Action, FirewallRule, LinkSpec} from './action.ts';
import type {AppSpec} from './apps.ts';
import type {Fault} from './fault.ts';
import type {ByHand} from './own-segment.ts';
import type {HostLabel, TraceEvent} from './trace.ts';

export type HostSpec = {
  readonly name: string;
  /** The name for people. @default the name */
  readonly label?: HostLabel;
  /** One address per link, in the order of `Scenario.links`. */
  readonly interfaces: readonly {readonly link: string; readonly ip: IpAddress; readonly mac: MacAddress}[];
  readonly router: boolean;
  /** True if a router reports “unreachable” when it has no route (RFC 1812 §5.2.7.1). @default false, which means that it is silent */
  readonly unreachable?: boolean;
  /** The lesson's fixed initial sequence number; absent: computed as in RFC 9293 §3.4.1 from the seed. */
  readonly iss?: Seq;
  /** The profile of this host. @default the scenario's */
  readonly profile?: ProfileName;
  /** Settings that differ from the profile. */
  readonly tcp: Partial<TcpSettings>;
};

/** An actor on the path, which does more than forward packets. */
export type PathActor =
  | {readonly kind: 'firewall'; readonly host: string; readonly rules: readonly FirewallRule[]}
  /** A NAT: on a router between `outside` (absent: its last link) and its other links; on another host, between the host and its link. */
  | {readonly kind: 'nat'; readonly host: string; readonly idleUs: number; readonly outside?: string}
  /** An attacker on a router between two hosts (RFC 3552 §3.5), who answers in the name of the second one. */
  | {
      readonly kind: 'tap';
      readonly host: string;
      readonly between: readonly [string, string];
      readonly can: readonly TapPower[];
      /** Text to replace in the data of segments; both texts are ASCII and of equal length, so that no number shifts. */
      readonly edit?: {readonly find: string; readonly put: string};
    };

/** The powers of an attacker. With `edit`, what the run's faults edit between the two hosts counts as done by the attacker, too. */
export type TapPower = 'read' | 'edit' | 'answer';

/** Events of a host for which a cause can wait. */
export type TriggerName =
  | 'connected'
  | 'accepted'
  | 'refused'
  | 'unreachable'
  | 'timedOut'
  | 'received'
  | 'eof'
  | 'urgent'
  | 'reset'
  | 'closed'
  /** An application's answer to a call. */
  | 'answered'
  /** A client of HTTP has read a status line, including that of an interim response. */
  | 'status';

export type CauseTime =
  | {readonly kind: 'at'; readonly atUs: number}
  | {
      readonly kind: 'on';
      readonly host: string;
      readonly event: TriggerName;
      /** The name of a connection (`as`); absent: any connection of the host. */
      readonly of?: string;
      /** Used with `received`: the total bytes that have to reach the program. */
      readonly bytes?: number;
      /** Used with `status`: the only status code that counts. */
      readonly status?: number;
      readonly afterUs: number;
    };

export type Cause = {
  readonly when: CauseTime;
  readonly host: string;
  readonly action: Action;
  readonly repeat?: {readonly times: number; readonly everyUs: number};
};

/** A function that gets each event once, in order, and tells whether it is the awaited one. */
export type Watch = (event: TraceEvent) => boolean;

export type Scenario = {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hosts: readonly HostSpec[];
  readonly links: readonly LinkSpec[];
  /** False if every neighbour's hardware address is known from the start. */
  readonly arp: boolean;
  readonly script: readonly Cause[];
  readonly actors?: readonly PathActor[];
  /** The applications. `inNameOf` marks one of an attacker, who answers under the address of that host. */
  readonly apps?: readonly {readonly host: string; readonly spec: AppSpec; readonly inNameOf?: string}[];
  readonly faults: readonly Fault[];
  /** The host whose segments a learner chooses; absent if every host has a TCP that answers by itself. */
  readonly byHand?: ByHand;
  /**
   * The end of the run. `quiet` means when no event is left, timers included. A watch ends the run with the instant of the event that it
   * waits for; `awaits` describes that event as plain data.
   */
  readonly until: 'quiet' | {readonly atUs: number} | {readonly watch: () => Watch; readonly awaits: unknown};
  readonly limitUs: number;
  /**
   * The run stops at this many events. An instant without any counts as one, and a call of a program counts as more, the more calls there
   * are. @default usualEvents (budget.ts)
   */
  readonly mostEvents?: number;
  /** The cryptography for TLS, which a run with TLS needs (`needsCrypto`). */
  readonly crypto?: CryptoPort;
  /** The names of the ways in which the machines differ from TCP; absent if they do not. */
  readonly notTcp?: readonly string[];
};
