// What the sentence of each finding tells, by its id: counts, times in microseconds (names end in Us), names and addresses.
import type {FindingId} from './ids.ts';

/** What a finding has of which the sentence needs no more than its subject and its packets. */
type Nothing = {readonly [name in never]: never};

type OpeningFacts = {
  readonly refused: Nothing;
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

/** Two machines say that an address is theirs; the one that was heard first, and the other. */
type TwoMachines = {readonly address: string; readonly first: string; readonly second: string};

type Pinged = {readonly from: string; readonly to: string; readonly sent: number};

/** What `by` said by ICMP of packets from one end to another. `port`: 0 where they have none. */
type Told = {
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly count: number;
};

type NetworkFacts = {
  readonly 'arp-unanswered': {readonly asker: string; readonly address: string; readonly tries: number};
  readonly 'arp-two-macs': TwoMachines;
  readonly 'address-conflict': TwoMachines;
  readonly 'dhcp-no-offer': {readonly client: string; readonly tries: number};
  readonly 'dhcp-nak': {readonly client: string; readonly server: string};
  readonly 'ping-loss': Pinged & {readonly lost: number};
  readonly 'ping-unanswered': Pinged;
  readonly 'ping-late': Pinged & {readonly late: number; readonly leastUs: number; readonly mostUs: number};
  readonly 'hop-silent': {readonly from: string; readonly to: string; readonly hops: readonly number[]};
  readonly 'route-loop': {readonly from: string; readonly to: string; readonly routers: readonly string[]};
  readonly 'ttl-expired': Told;
  readonly 'port-unreachable': Told;
  readonly 'admin-prohibited': Told;
  readonly 'fragments-incomplete': {readonly from: string; readonly to: string; readonly datagrams: number};
  readonly 'too-big': Told & {readonly mtu: number};
};

type CaptureFacts = {
  readonly 'one-direction': {readonly by: 'client' | 'server'};
  readonly 'capture-gap': {readonly by: 'client' | 'server'; readonly bytes: number};
  readonly snapped: {readonly packets: number; readonly bytes: number};
  readonly 'clock-backwards': {readonly packets: number; readonly mostUs: number};
  readonly 'twice-captured': {readonly copies: number; readonly packets: number; readonly mostUs: number};
  readonly offload: {
    readonly host: string;
    readonly giants: number;
    readonly largest: number;
    readonly left: number;
  };
  readonly 'bad-checksum': {readonly from: string; readonly count: number; readonly repaired: number};
  readonly 'not-read': {
    /** What is usually spoken on the port; undefined: nothing that is known. */
    readonly service: string | undefined;
    readonly transport: 'TCP' | 'UDP';
    readonly port: number;
    /** The first line of text; undefined: it does not begin with text. */
    readonly line: string | undefined;
    readonly packets: number;
    readonly there: number;
    readonly back: number;
  };
};

type Facts = OpeningFacts &
  CarryingFacts &
  EndingFacts &
  NamesFacts &
  MessagesFacts &
  NetworkFacts &
  CaptureFacts;

export type FactsOf<Id extends FindingId> = Id extends keyof Facts ? Facts[Id] : Nothing;
