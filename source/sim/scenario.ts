// What people and networks do: the simulator's whole input, as plain data. Lessons compile to this.

import type {ProfileName, TcpSettings} from '../stack/tcp/settings.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {IpAddress, MacAddress} from '../wire/frame.ts';
import type {Seq} from '../wire/seq.ts';
import type {Action, FirewallRule, LinkSpec} from './action.ts';
import type {AppSpec} from './apps.ts';
import type {Fault} from './fault.ts';
import type {HostLabel, TraceEvent} from './trace.ts';

export type HostSpec = {
  readonly name: string;
  /** @default the name */
  readonly label?: HostLabel;
  /** One address per link, in the order of `Scenario.links`. */
  readonly interfaces: readonly {readonly link: string; readonly ip: IpAddress; readonly mac: MacAddress}[];
  readonly router: boolean;
  /** A router that says “unreachable” where it has no way on (RFC 1812 §5.2.7.1). @default false: it is silent */
  readonly unreachable?: boolean;
  /** The lesson's fixed initial sequence number; absent: the recipe of RFC 9293 §3.4.1 from the seed. */
  readonly iss?: Seq;
  /** What differs from the scenario's profile. */
  readonly tcp: Partial<TcpSettings>;
};

/** What stands on the path and does more than pass packets on. */
export type PathActor =
  | {readonly kind: 'firewall'; readonly host: string; readonly rules: readonly FirewallRule[]}
  /** On a router between `outside` (absent: its last link) and its other links; on another host, between it and its link. */
  | {readonly kind: 'nat'; readonly host: string; readonly idleUs: number; readonly outside?: string}
  /** On a router between two hosts: an attacker (RFC 3552 §3.5). It answers in the name of the second one. */
  | {
      readonly kind: 'tap';
      readonly host: string;
      readonly between: readonly [string, string];
      readonly can: readonly TapPower[];
      /** Written over wherever it stands in the data of a segment; both are ASCII and of one length, so that no number shifts. */
      readonly edit?: {readonly find: string; readonly put: string};
    };

/** `edit`: also what the run's faults edit between the two is its doing. */
export type TapPower = 'read' | 'edit' | 'answer';

/** What a program on a host can wait for. */
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
  /** A client of HTTP has read a status line, that of an interim response included. */
  | 'status';

export type CauseTime =
  | {readonly kind: 'at'; readonly atUs: number}
  | {
      readonly kind: 'on';
      readonly host: string;
      readonly event: TriggerName;
      /** Name of a connection (`as`); absent: any connection of the host. */
      readonly of?: string;
      /** With `received`: once that many bytes in all have reached the program. */
      readonly bytes?: number;
      /** With `status`: only this one. */
      readonly status?: number;
      readonly afterUs: number;
    };

export type Cause = {
  readonly when: CauseTime;
  readonly host: string;
  readonly action: Action;
  readonly repeat?: {readonly times: number; readonly everyUs: number};
};

/** Is shown each event once, in order, and says whether it is the one waited for. */
export type Watch = (event: TraceEvent) => boolean;

export type Scenario = {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hosts: readonly HostSpec[];
  readonly links: readonly LinkSpec[];
  /** false: every neighbour's hardware address is known from the start. */
  readonly arp: boolean;
  readonly script: readonly Cause[];
  readonly actors?: readonly PathActor[];
  /** `inNameOf`: an attacker's, who answers under the address of that host. */
  readonly apps?: readonly {readonly host: string; readonly spec: AppSpec; readonly inNameOf?: string}[];
  readonly faults: readonly Fault[];
  /**
   * `quiet`: until no event is left, timers included. A watch ends the run with the instant of the event it waits for; what that
   * is stands in `awaits`, as plain data.
   */
  readonly until: 'quiet' | {readonly atUs: number} | {readonly watch: () => Watch; readonly awaits: unknown};
  readonly limitUs: number;
  /**
   * The run stops once it has so many events; an instant without any counts as one, and calls of programs as more, the more there
   * are. @default usualEvents (budget.ts)
   */
  readonly mostEvents?: number;
  /** What TLS computes with; a run that has TLS cannot do without (`needsCrypto`). */
  readonly crypto?: CryptoPort;
  /** Names of the respects in which the machines are not TCP; absent: in none. */
  readonly notTcp?: readonly string[];
};
