// What the waterfall comes to.
import type {Language} from '../lesson/text.ts';
import {waterfallWords} from './catalogue/waterfall.ts';

/** Counts come as text: an open question may hide one. */
type Counts = {readonly requests: string; readonly connections: string; readonly segments: string};

export const totalTexts = (counts: Counts, language: Language): readonly string[] => [
  waterfallWords.requests[language](counts),
  waterfallWords.connections[language](counts),
  waterfallWords.segments[language](counts),
];
