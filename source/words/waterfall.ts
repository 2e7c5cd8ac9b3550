// The words of the totals below the waterfall of HTTP requests.
import type {Language} from '../lesson/text.ts';
import {waterfallWords} from './catalogue/waterfall.ts';

/** The totals of the waterfall as texts and not as numbers, because an open question may hide one. */
type Counts = {
  readonly requests: string;
  readonly connections: string;
  readonly segments: string;
  /** The unit of what the connections of the waterfall send; `segments` counts in this unit. */
  readonly unit: 'segments' | 'datagrams' | 'packets';
};

export const totalTexts = (counts: Counts, language: Language): readonly string[] => [
  waterfallWords.requests[language](counts),
  waterfallWords.connections[language](counts),
  waterfallWords.segments[language](counts),
];
