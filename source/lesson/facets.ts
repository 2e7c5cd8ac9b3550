// What a text of a lesson may speak of, beside the numbers in its braces: in another run it is told only where that is the same. And what
// the quiz may have to print beside a question.
import type {ConnectionProperty} from './tcp/properties.ts';

/** The words that count as speaking of each are those of words/en/lexicon.yaml, with a sentence on every one (docs/lessons.md). */
export const facets = [
  ...(['mishaps', 'comparison', 'opening', 'counts', 'future', 'arrival', 'pace', 'clock'] as const),
  ...(['positions', 'cwnd', 'timeOut', 'roundTrip', 'window', 'mss'] as const),
] as const;

export type Facet = (typeof facets)[number];

/** Values of a connection that a facet is about. */
export const valuesOf: {readonly [facet in Facet]?: readonly ConnectionProperty[]} = {
  cwnd: ['cwnd', 'ssthresh', 'flightSize'],
  timeOut: ['rto'],
  roundTrip: ['srtt', 'rttvar'],
  window: ['snd.wnd', 'rcv.wnd'],
  mss: ['mss'],
};

/** Which packets have not come yet, and how long each way takes. */
export const printed = ['arrived', 'delay'] as const;

export type Printed = (typeof printed)[number];
