// Where the reader is on the page that opens captures: the mark in the list, or the path that is being typed.
import {lineOf, type TypedLine} from '../typed-line.ts';
import type {Completion, Offer} from './offer.ts';

/** How far the reading of a long capture is; `share` from 0 to 1, where its length is known. */
export type ReadingSoFar = {
  readonly name: string;
  readonly packets: number;
  readonly share: number | undefined;
};

export type CapturesState = {
  readonly offer: Offer;
  /** Index into the files; 0 where there are none. */
  readonly marked: number;
  /** Absent: the list has the keys. */
  readonly line: TypedLine | undefined;
  /** What `tab` found, until something else is typed. */
  readonly found: Completion | undefined;
  /** Of a capture that takes long. */
  readonly reading: ReadingSoFar | undefined;
};

/** The mark begins at what was opened last. */
export const startCaptures = (offer: Offer): CapturesState => {
  const last = offer.files.findIndex(({path}) => path === offer.last?.path);
  return {offer, marked: Math.max(0, last), line: undefined, found: undefined, reading: undefined};
};

export const typing = (state: CapturesState, line: TypedLine | undefined): CapturesState => ({
  ...state,
  line,
  found: undefined,
});

export const completed = (state: CapturesState, found: Completion): CapturesState => ({
  ...state,
  line: lineOf(found.text),
  found,
});
