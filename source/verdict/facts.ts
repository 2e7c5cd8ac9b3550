// What the sentence of each finding tells, by its id: counts, times in microseconds (names end in Us), names and addresses.
import type {FindingId} from './ids.ts';

/** What a finding has of which the sentence needs no more than its subject and its packets. */
type Nothing = {readonly [name in never]: never};

type OpeningFacts = {
  readonly refused: Nothing;
};

type Role = 'client' | 'server';
/** `by`: who sends, `to`: who receives. */
type Way = {readonly by: Role; readonly to: Role};
type Count = {readonly count: number};
type Lasted = {readonly us: number};

/** `us`: in all, or of the longest. */
type CarryingFacts = {
  readonly 'receiver-window': Way &
    Lasted & {
      readonly waits: number;
      readonly room: number;
      readonly tripUs: number;
      readonly small: boolean;
    };
  readonly 'no-window-scaling': Way &
    Lasted & {readonly waits: number; readonly room: number; readonly tripUs: number; readonly without: Role};
  readonly 'zero-window': Way &
    Lasted & {readonly times: number; readonly bytes: number; readonly open: boolean};
  readonly 'window-shrunk': Way & {readonly bytes: number};
  readonly 'congestion-window': Way & Lasted & {readonly tripUs: number; readonly bytes: number};
  readonly 'path-rate': Way & {readonly leastUs: number; readonly mostUs: number; readonly bytes: number};
  readonly loss: Way & Count & Lasted & {readonly open: boolean};
  readonly reordering: Way & Count & {readonly late: number};
  readonly 'needless-repeats': Way & Count & Lasted;
  readonly 'late-acks': Way & Count & Lasted;
  readonly 'copied-on-the-way': Count;
  readonly 'ecn-marked': Way & Count;
  readonly 'sender-waits': Count & Lasted & {readonly by: Role};
  readonly 'answer-waits': Count &
    Lasted & {readonly by: Role; readonly tripUs: number; readonly here: boolean};
  readonly 'request-waits': Count & Lasted & {readonly by: Role};
  readonly 'many-round-trips': Count & Lasted & {readonly tripUs: number};
  readonly 'nagle-delayed-ack': Way & Lasted & {readonly waits: number; readonly tripUs: number};
  readonly 'mtu-black-hole': Way & {readonly large: number; readonly small: number; readonly times: number};
  readonly 'mtu-lowered': {readonly by: Role; readonly router: string; readonly mtu: number};
  readonly 'h2-stream-window': Way & Lasted & {readonly waits: number; readonly stream: number};
  readonly 'h2-connection-window': Way & Lasted & {readonly waits: number; readonly stream: number};
  readonly 'h2-head-of-line': Lasted & {readonly by: Role; readonly streams: number};
  readonly 'quic-loss': Count;
  readonly 'expect-100': Count & Lasted;
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
