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
