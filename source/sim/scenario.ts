// The whole input of a simulation as plain data: hosts, links, what people and programs do, faults. Lessons are compiled to this.

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
  /** The name of a host that people see, in each language. @default `name` */
  readonly label?: HostLabel;
  /** The interfaces of a host, one for each of its links in the order of `Scenario.links`, with their addresses. */
  readonly interfaces: readonly {readonly link: string; readonly ip: IpAddress; readonly mac: MacAddress}[];
  readonly router: boolean;
  /** True if a router without a route for a packet sends an ICMP error (RFC 1812 §5.2.7.1). @default false: it drops the packet silently */
  readonly unreachable?: boolean;
  /** The initial sequence number that the lesson prescribes for this host; absent: computed from the seed as in RFC 9293 §3.4.1. */
  readonly iss?: Seq;
  /** The TCP profile of this host: linux, freebsd or rfc. @default the scenario's */
  readonly profile?: ProfileName;
  /** The TCP settings of this host that differ from those of its profile. */
  readonly tcp: Partial<TcpSettings>;
};

/** A host on the path that does more than forward packets: a firewall, a NAT or an attacker. */
export type PathActor =
  | {readonly kind: 'firewall'; readonly host: string; readonly rules: readonly FirewallRule[]}
  /** A NAT: on a router between `outside` (absent: its last link) and its other links; on another host, between the host and its link. */
  | {readonly kind: 'nat'; readonly host: string; readonly idleUs: number; readonly outside?: string}
  /** An attacker on a router between two hosts (RFC 3552 §3.5). With the power `answer` it poses as the second host. */
  | {
      readonly kind: 'tap';
      readonly host: string;
      readonly between: readonly [string, string];
      readonly can: readonly TapPower[];
      /**
       * The text that the attacker replaces in the data of segments. Both texts are ASCII and equally long, so that no sequence number
       * shifts.
       */
      readonly edit?: {readonly find: string; readonly put: string};
    };

/**
 * Names what an attacker on the path can do. If it can edit, edits by the run's faults between the two hosts count as the attacker's, too.
 */
export type TapPower = 'read' | 'edit' | 'answer';

/** The events of a host that a cause of the script can wait for. */
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
  /** An application has answered a call of the script. */
  | 'answered'
  /** A client of HTTP has read a status line, including that of an interim response. */
  | 'status';

export type CauseTime =
  | {readonly kind: 'at'; readonly atUs: number}
  | {
      readonly kind: 'on';
      readonly host: string;
      readonly event: TriggerName;
      /** The connection of the awaited event, by the name that the script gave it with `as`; absent: any connection of the host. */
      readonly of?: string;
      /** The number of bytes that must have reached the program in all for the event `received`. */
      readonly bytes?: number;
      /** The only HTTP status code that wakes the cause, for the event `status`; absent: any. */
      readonly status?: number;
      readonly afterUs: number;
    };

export type Cause = {
  readonly when: CauseTime;
  readonly host: string;
  readonly action: Action;
  readonly repeat?: {readonly times: number; readonly everyUs: number};
};

/** A function that gets each event of a run once, in order, and returns true for the event at which the run is to end. */
export type Watch = (event: TraceEvent) => boolean;

export type Scenario = {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hosts: readonly HostSpec[];
  readonly links: readonly LinkSpec[];
  /** True if hosts find hardware addresses by ARP; false if they know those of all neighbors from the start. */
  readonly arp: boolean;
  readonly script: readonly Cause[];
  readonly actors?: readonly PathActor[];
  /** The applications on the hosts. `inNameOf` marks an attacker's application, which answers under the address of that host. */
  readonly apps?: readonly {readonly host: string; readonly spec: AppSpec; readonly inNameOf?: string}[];
  readonly faults: readonly Fault[];
  /** The host whose TCP segments the learner chooses; absent if every host is run by its own TCP. */
  readonly byHand?: ByHand;
  /**
   * When the run ends. `quiet`: when no event or timer is left. `watch`: after the instant of the event for which it returns true; `awaits`
   * describes that event as plain data.
   */
  readonly until: 'quiet' | {readonly atUs: number} | {readonly watch: () => Watch; readonly awaits: unknown};
  readonly limitUs: number;
  /**
   * The number of events at which the run is stopped. An instant without events counts as one, and calls of applications count the more,
   * the more there were. @default usualEvents (budget.ts)
   */
  readonly mostEvents?: number;
  /** The cryptography for TLS, which a run with TLS needs (`needsCrypto`). */
  readonly crypto?: CryptoPort;
  /** The names of the ways in which the simulated TCP deliberately differs from real TCP; absent if it does not. */
  readonly notTcp?: readonly string[];
};
