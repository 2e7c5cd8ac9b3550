// What the waterfall comes to.
import type {Language} from '../lesson/text.ts';
import {waterfallWords} from './catalogue/waterfall.ts';

/** Counts come as text: an open question may hide one. */
type Counts = {
  readonly requests: string;
  readonly connections: string;
  readonly segments: string;
  /** What its connections send: `segments` are told so. */
  readonly unit: 'segments' | 'datagrams' | 'packets';
};

export const totalTexts = (counts: Counts, language: Language): readonly string[] => [
  waterfallWords.requests[language](counts),
  waterfallWords.connections[language](counts),
  waterfallWords.segments[language](counts),
];
