// The totals of the waterfall.
import type {Language} from '../lesson/text.ts';
import {waterfallWords} from './catalogue/waterfall.ts';

/** The counts as text, because an open question may hide one. */
type Counts = {
  readonly requests: string;
  readonly connections: string;
  readonly segments: string;
  /** The unit of what the connections send, in which `segments` is counted. */
  readonly unit: 'segments' | 'datagrams' | 'packets';
};

export const totalTexts = (counts: Counts, language: Language): readonly string[] => [
  waterfallWords.requests[language](counts),
  waterfallWords.connections[language](counts),
  waterfallWords.segments[language](counts),
];
