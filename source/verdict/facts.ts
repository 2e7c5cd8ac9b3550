// What the sentence of each finding tells, by its id: counts, times in microseconds (names end in Us), names and addresses.
import type {FindingId} from './ids.ts';

/** What a finding has of which the sentence needs no more than its subject and its packets. */
type Nothing = {readonly [name in never]: never};

type TwoFamilies = {
  /** The addresses that were tried: of IPv6, and then of IPv4, so much later. */
  readonly first: string;
  readonly second: string;
  readonly us: number;
};

type OpeningFacts = {
  readonly 'syn-unanswered': {readonly sent: number; readonly us: number};
  /** `here`: the SYNs had come as far as the server's host. */
  readonly 'syn-repeated': {readonly again: number; readonly us: number; readonly here: boolean};
  readonly 'syn-ack-lost': {
    readonly sent: number;
    readonly again: number;
    readonly us: number;
    readonly opened: boolean;
  };
  /** `how` it shows: what came again; `third`: the packet that completed the handshake, 0 where SYNs had no answer. */
  readonly 'accept-queue-full': {
    readonly how: 'syn-ack' | 'data' | 'syn';
    readonly again: number;
    readonly us: number;
    readonly served: boolean;
    readonly third: number;
  };
  readonly refused: {readonly sent: number};
  readonly 'refused-by-icmp': {
    readonly from: string;
    readonly frame: number;
    readonly version: 4 | 6;
    readonly type: number;
    readonly code: number;
    readonly byServer: boolean;
  };
  readonly 'ipv6-refused': TwoFamilies;
  readonly 'ipv6-silent': TwoFamilies;
  /** `port` 0: several. */
  readonly 'syn-flood': {
    readonly server: string;
    readonly port: number;
    readonly count: number;
    readonly silent: number;
    readonly sources: number;
    readonly us: number;
  };
  /** `host`: the empty string where there are several. */
  readonly 'port-scan': {
    readonly source: string;
    readonly host: string;
    readonly hosts: number;
    readonly ports: number;
    readonly tried: number;
    readonly refused: number;
    readonly silent: number;
    readonly answered: number;
  };
  /** `before`: number of the connection that had the ports; `waiting`: who still had it in TIME-WAIT. */
  readonly 'port-reused': {
    readonly before: number;
    readonly us: number;
    readonly waiting: 'nobody' | 'client' | 'server';
  };
};

type CarryingFacts = {
  readonly 'ecn-marked': Nothing;
};

type EndingFacts = {
  readonly 'half-closed': Nothing;
};

type NamesFacts = {
  readonly 'dns-servfail': Nothing;
};

type MessagesFacts = {
  readonly 'tls-old': Nothing;
};

type NetworkFacts = {
  readonly 'dhcp-no-offer': Nothing;
};

type CaptureFacts = {
  readonly 'one-direction': Nothing;
};

type Facts = OpeningFacts &
  CarryingFacts &
  EndingFacts &
  NamesFacts &
  MessagesFacts &
  NetworkFacts &
  CaptureFacts;

export type FactsOf<Id extends FindingId> = Id extends keyof Facts ? Facts[Id] : Nothing;
