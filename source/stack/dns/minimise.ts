// QNAME minimisation (RFC 9156 §2): a server is asked for one label more than its zone has, not for the whole name.
import type {DnsQuestion} from '../../wire/dns/message.ts';
import {type DnsName, labelsOf, nameOf} from '../../wire/dns/name.ts';
import {RecordType} from '../../wire/dns/registry.ts';
import type {Minimising} from './resolver-state.ts';

/** MAX_MINIMISE_COUNT and MINIMISE_ONE_LAB. */
const queriesMost = 10;
const oneLabelQueries = 4;

export const wholeName: Minimising = {labels: 0, queries: 0, off: true};

/** Returns how many labels to send next: one more at a time at first, then as many as the remaining queries have to share. */
const nextLabels = ({labels, queries}: Minimising, total: number): number => {
  if (queries < oneLabelQueries) return labels + 1;
  return labels + Math.max(1, Math.ceil((total - labels) / Math.max(1, queriesMost - queries)));
};

/** Returns the state of minimisation for the servers of a zone that was not asked before. */
export const minimiseAt = (minimising: Minimising, zone: DnsName, question: DnsQuestion): Minimising => {
  const labels = nextLabels({...minimising, labels: labelsOf(zone).length}, labelsOf(question.name).length);
  return {...minimising, labels};
};

/** Returns the state of minimisation after the servers of a zone had no delegation for the name, so that they are told more labels. */
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
