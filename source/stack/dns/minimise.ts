// QNAME minimisation (RFC 9156 §2): a server is asked for one label more than its zone has, not for the whole name.
import type {DnsQuestion} from '../../wire/dns/message.ts';
import {type DnsName, labelsOf, nameOf} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import type {Minimising} from './resolver-state.ts';

/** The limits of QNAME minimisation in RFC 9156: MAX_MINIMISE_COUNT, and below it MINIMISE_ONE_LAB. */
const queriesMost = 10;
const oneLabelQueries = 4;

export const wholeName: Minimising = {labels: 0, queries: 0, off: true};

/**
 * Returns how many labels of the name QNAME minimisation sends next: at first one more each time, then so many that the remaining queries
 * suffice for the whole name.
 */
const nextLabels = ({labels, queries}: Minimising, total: number): number => {
  if (queries < oneLabelQueries) return labels + 1;
  return labels + Math.max(1, Math.ceil((total - labels) / Math.max(1, queriesMost - queries)));
};

/**
 * Returns the state of QNAME minimisation when a search turns to the servers of a new zone: they get the zone's name and at least one more
 * label.
 */
export const minimiseAt = (minimising: Minimising, zone: DnsName, question: DnsQuestion): Minimising => {
  const labels = nextLabels({...minimising, labels: labelsOf(zone).length}, labelsOf(question.name).length);
  return {...minimising, labels};
};

/**
 * Returns the state of QNAME minimisation after the servers of a zone had no delegation for the shortened name, so that they are told more
 * labels.
 */
export const minimiseLess = (minimising: Minimising, question: DnsQuestion): Minimising => ({
  ...minimising,
  labels: nextLabels(minimising, labelsOf(question.name).length),
});

/**
 * Returns the shortened question to send; undefined if the whole one is sent. Type A hides the real type, and every server knows it
 * (§2.1).
 */
export const minimised = (
  question: DnsQuestion,
  {labels, queries, off}: Minimising,
): DnsQuestion | undefined => {
  const all = labelsOf(question.name);
  if (off || labels >= all.length || queries >= queriesMost) return undefined;
  return {...question, name: nameOf(all.slice(all.length - labels)), type: RecordType.A};
};
