// Two closed lists of the lesson format: what texts can speak of (`speaks:`), and what the quiz can print beside a question (`prints:`). A
// text is told in another run only where what it speaks of is the same there (docs/lessons.md).
import type {ConnectionProperty} from './tcp/properties.ts';

/** The facets: what a text can speak of. words/en/lexicon.yaml lists the words by which `check` recognises each of them. */
export const facets = [
  ...(['mishaps', 'comparison', 'opening', 'counts', 'future', 'arrival', 'pace', 'clock'] as const),
  ...(['positions', 'cwnd', 'timeOut', 'roundTrip', 'window', 'mss'] as const),
] as const;

export type Facet = (typeof facets)[number];

/** Maps a facet to the values of a connection that it is about. */
export const valuesOf: {readonly [facet in Facet]?: readonly ConnectionProperty[]} = {
  cwnd: ['cwnd', 'ssthresh', 'flightSize'],
  timeOut: ['rto'],
  roundTrip: ['srtt', 'rttvar'],
  window: ['snd.wnd', 'rcv.wnd'],
  mss: ['mss'],
};

/** The values of `prints:`. `arrived` prints which packets have not arrived yet, `delay` how long a packet is under way. */
export const printed = ['arrived', 'delay'] as const;

export type Printed = (typeof printed)[number];
