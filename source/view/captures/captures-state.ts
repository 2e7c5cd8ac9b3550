// The state of the page that opens captures: the marked file in the list, or the path being typed.
import {lineOf, type TypedLine} from '../typed-line.ts';
import type {Completion, Offer} from './offer.ts';

/** The progress of reading a long capture; `share` is from 0 to 1, undefined if the length is unknown. */
export type ReadingSoFar = {
  readonly name: string;
  readonly packets: number;
  readonly share: number | undefined;
};

export type CapturesState = {
  readonly offer: Offer;
  /** The index of the marked file in the list of captures; 0 if the list is empty. */
  readonly marked: number;
  /** The path of a capture being typed; undefined while the keys move the mark in the list. */
  readonly line: TypedLine | undefined;
  /**
   * The names with which the typed path can continue, found by `tab`; undefined if `tab` was not pressed or something else was typed since.
   */
  readonly found: Completion | undefined;
  /** The progress of reading a capture that takes long to read; undefined if none is being read. */
  readonly reading: ReadingSoFar | undefined;
};

/** Returns the state of the page that opens captures when it is shown first; the capture that was opened last is marked. */
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
