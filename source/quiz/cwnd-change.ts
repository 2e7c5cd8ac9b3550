// Computes what an acknowledgment does to cwnd (RFC 5681 §3, RFC 6582 §3.2, RFC 3465) from what a question prints.

import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {cwndChangeSentences as said, windowsSentences} from '../words/catalogue/questions.ts';
import type {Called, Solution} from './kind.ts';
import {type Prompt, valuesLine} from './prompt.ts';
import {type Line, printedLine} from './said.ts';

export type CwndGivens = {
  readonly host: string;
  readonly cwnd: number;
  /** The slow-start threshold in bytes; undefined while it is not set. */
  readonly ssthresh: number | undefined;
  readonly mss: number;
  readonly flight: number;
  readonly line: Line;
  /** The number of bytes that this ACK acknowledges for the first time. */
  readonly acked: number;
  /**
   * Outside of recovery: how many ACKs in a row have acknowledged nothing new, or whether a whole cwnd has been acknowledged since cwnd
   * last grew. In recovery: whether the ACK covers nothing new, a part of what was in flight when the loss was noticed, or all of it.
   */
  readonly when:
    | {readonly duplicates: number}
    | 'grows'
    | 'windowful'
    | 'recovers'
    | 'recovers-part'
    | 'recovers-all';
  readonly hasSack: boolean;
};

type Change = {
  readonly cwnd: number;
  readonly why: 'inflated' | 'over' | 'partial' | 'lost' | 'slow' | 'avoids';
};

/**
 * Returns cwnd after loss recovery, in bytes. Without SACK there are two permitted values (RFC 6582 §3.2, step 3); undefined if they
 * differ.
 */
const afterRecovery = ({ssthresh, mss, flight, acked, hasSack}: CwndGivens): number | undefined => {
  if (hasSack || ssthresh === undefined) return ssthresh;
  return ssthresh <= Math.max(flight - acked, mss) + mss ? ssthresh : undefined;
};

const inRecovery = (givens: CwndGivens): Change | undefined => {
  const {cwnd, mss, acked, when, hasSack} = givens;
  if (acked === 0) return hasSack ? undefined : {cwnd: cwnd + mss, why: 'inflated'};
  if (when === 'recovers-all') {
    const after = afterRecovery(givens);
    return after === undefined ? undefined : {cwnd: after, why: 'over'};
  }
  const deflated = cwnd - acked + (acked >= mss ? mss : 0);
  return hasSack ? undefined : {cwnd: Math.max(deflated, mss), why: 'partial'};
};

/** The number of duplicate ACKs that indicate a loss. */
const threshold = 3;

export const newCwnd = (givens: CwndGivens): Change | undefined => {
  const {cwnd, ssthresh = Number.POSITIVE_INFINITY, mss, flight, acked, when, hasSack} = givens;
  if (isRecovering(givens)) return inRecovery(givens);
  if (typeof when === 'object') {
    if (when.duplicates !== threshold) return undefined;
    const half = Math.max(Math.floor(flight / 2), 2 * mss);
    return {cwnd: half + (hasSack ? 0 : threshold * mss), why: 'lost'};
  }
  if (cwnd >= ssthresh) return when === 'windowful' ? {cwnd: cwnd + mss, why: 'avoids'} : undefined;
  // Systems differ in how much an ACK for more than one segment adds to cwnd in slow start, so such an ACK is not asked about.
  return acked <= mss && cwnd + acked <= ssthresh ? {cwnd: cwnd + acked, why: 'slow'} : undefined;
};

/** Returns a text that tells what the printed numbers do not show, such as how many duplicate ACKs came before. */
const circumstances = ({when}: CwndGivens): Text => {
  const told = said.circumstances;
  if (typeof when === 'object') return worded(told.itIsDuplicate, {dupAcks: when.duplicates});
  return {
    grows: said.nothing,
    windowful: told.sinceCwndLast,
    recovers: told.itIsIn,
    'recovers-part': told.recoversPart,
    'recovers-all': told.recoversAll,
  }[when];
};

export const isRecovering = ({when}: CwndGivens): boolean =>
  typeof when === 'string' && when.startsWith('recovers');

export const cwndLines = (givens: CwndGivens, called: Called): Prompt => {
  const {host, cwnd, ssthresh, mss, flight, line, acked, hasSack} = givens;
  const {prompt, values} = windowsSentences.cwndDraft;
  return [
    wordedWithNames(prompt.given, {host: called(host).first}),
    valuesLine(
      worded(values, {cwnd, limit: ssthresh === undefined ? '∞' : String(ssthresh), mss, flight, hasSack}),
    ),
    prompt.receives,
    printedLine(line),
    wordedWithNames(prompt.asks, {acked, hasSack, more: circumstances(givens)}),
  ];
};

const reasonOf = ({cwnd: now, why}: Change, {cwnd, mss, acked}: CwndGivens): Text => {
  const step = `${cwnd} → ${now}`;
  const {cwndReason} = said;
  switch (why) {
    case 'inflated':
      return wordedWithNames(cwndReason.anotherDuplicateACK, {step});
    case 'over':
      return wordedWithNames(cwndReason.theRecoveryIs, {step});
    case 'partial':
      return wordedWithNames(cwndReason.aPartialACK, {step, acked});
    case 'lost':
      return wordedWithNames(cwndReason.aSegmentIs, {step});
    case 'slow':
      return wordedWithNames(cwndReason.slowStartBelow, {step, right: now - cwnd});
    case 'avoids':
      return wordedWithNames(cwndReason.congestionAvoidanceOne, {step, mss});
  }
};

export const cwndSolved = (givens: CwndGivens): Solution | undefined => {
  const change = newCwnd(givens);
  if (!change) return undefined;
  const {cwndHints} = windowsSentences;
  return {
    answer: String(change.cwnd),
    explain: reasonOf(change, givens),
    hints: [
      cwndHints.belowSsthreshIt,
      cwndHints.aThirdDuplicate,
      change.cwnd > givens.cwnd ? cwndHints.itGrowsHere : cwndHints.itShrinksHere,
    ],
  };
};
