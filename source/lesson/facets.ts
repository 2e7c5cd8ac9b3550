// Two closed lists of the lesson format: the facets of which texts can speak (`speaks:`), and what the quiz can print beside a question
// (`prints:`). A text is told in another run only where its facets are the same there (docs/lessons.md).
import type {ConnectionProperty} from './tcp/properties.ts';

/**
 * The facets: the aspects of a run of which a lesson's text can speak. words/en/lexicon.yaml lists the words by which `check` recognises
 * each.
 */
export const facets = [
  ...(['mishaps', 'comparison', 'opening', 'counts', 'future', 'arrival', 'pace', 'clock'] as const),
  ...(['positions', 'cwnd', 'timeOut', 'roundTrip', 'window', 'mss'] as const),
] as const;

export type Facet = (typeof facets)[number];

/** Maps a facet of texts to the values of a TCP connection that it is about. */
export const valuesOf: {readonly [facet in Facet]?: readonly ConnectionProperty[]} = {
  cwnd: ['cwnd', 'ssthresh', 'flightSize'],
  timeOut: ['rto'],
  roundTrip: ['srtt', 'rttvar'],
  window: ['snd.wnd', 'rcv.wnd'],
  mss: ['mss'],
};

/**
 * The values of `prints:`, which tells what the quiz prints beside a question: `arrived`, which packets have not arrived yet; `delay`, how
 * long a packet is under way.
 */
export const printed = ['arrived', 'delay'] as const;

export type Printed = (typeof printed)[number];
