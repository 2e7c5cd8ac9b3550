// The TCP variables of one end of a connection at an instant: those of a simulated host's TCB, or in a capture those that its packets show.
import {worldAt} from '../../account/entries.ts';
import {unsetThreshold} from '../../account/flow.ts';
import {
  flightOf,
  isAgreed,
  mssOf,
  type ObservedEnd,
  shiftsOf,
  type ToldWindow,
  windowOctets,
} from '../../observe/observed-end.ts';
import {endsAt} from '../../observe/observed-ends.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import type {Seq} from '../../wire/seq.ts';
import {captureTexts} from '../../words/catalogue/capture.ts';
import {formatSeen} from '../../words/format.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import type {View} from '../view.ts';
import {connectionIn, connectionsAtHand} from './at-hand.ts';
import {type ObservedAtHand, observedAtHand} from './observed.ts';
import {
  type ObservedName,
  observedNames,
  type Quantity,
  quantityText,
  type VariableName,
  variableNames,
  variableOf,
} from './variables.ts';

export type EndVariables = {
  /** The initial sequence numbers of this end (`iss`) and of its peer (`irs`), from which relative numbers count; undefined if unknown. */
  readonly iss: Seq | undefined;
  readonly irs: Seq | undefined;
  readonly quantity: (name: string) => Quantity | undefined;
  /** Returns the value of a TCP variable as the endpoints panel shows it. */
  readonly text: (name: string) => string;
  /** Returns additional lines on a TCP variable for which its row has no room: the ranges that SACK has reported. */
  readonly details: (name: string) => readonly string[];
};

const untold = '—';
/** The TCP variables that an end cannot know before the SYN of its peer has arrived. */
export const untoldPeers: readonly string[] = ['rcv.nxt', 'snd.wnd', 'irs'];
const nothing: readonly string[] = [];

const simulatedText = (tcb: Connection, name: string, relative: boolean): string => {
  if (tcb.state === 'SYN-SENT' && untoldPeers.includes(name)) return untold;
  const quantity = variableOf(name, tcb);
  return quantity === undefined || quantity.value === unsetThreshold
    ? untold
    : quantityText(quantity, relative);
};

export const simulatedVariables = (tcb: Connection, relative = false): EndVariables => ({
  iss: tcb.iss,
  irs: tcb.irs,
  quantity: (name) => variableOf(name, tcb),
  text: (name) => simulatedText(tcb, name, relative),
  details: () => nothing,
});

type Observed = {
  readonly end: ObservedEnd;
  readonly version: 4 | 6;
  readonly base: Seq | undefined;
  readonly peerBase: Seq | undefined;
  /** True if the capture was not taken on this host, so that its round-trip times are estimates. */
  readonly estimated: boolean;
};

const {deduced} = unicodeGlyphs;

const sackedOctets = ({sacked}: ObservedEnd): number =>
  sacked.reduce((sum, {left, right}) => sum + ((right - left) | 0), 0);

const quantityOf = (value: number | undefined, base?: Seq): Quantity | undefined =>
  value === undefined ? undefined : {value, base};

const scaleOf = (shift: number | undefined): Quantity | undefined =>
  shift === undefined ? undefined : {value: 1 << shift};

const quantities: {readonly [name: string]: (observed: Observed) => Quantity | undefined} = {
  'snd.una': ({end, base}) => quantityOf(end.una, base),
  'snd.nxt': ({end, base}) => quantityOf(end.nxt, base),
  'rcv.nxt': ({end, peerBase}) => quantityOf(end.rcvNxt, peerBase),
  iss: ({end, base}) => quantityOf(end.iss, base),
  irs: ({end, peerBase}) => quantityOf(end.irs, peerBase),
  'snd.wnd': ({end}) => quantityOf(windowOctets(end.heard, shiftsOf(end).snd)),
  'rcv.wnd': ({end}) => quantityOf(windowOctets(end.told, shiftsOf(end).rcv)),
  flight: ({end}) => quantityOf(flightOf(end)),
  flightSize: ({end}) => quantityOf(flightOf(end)),
  sacked: ({end}) => quantityOf(end.una === undefined ? undefined : sackedOctets(end)),
  mss: ({end, version}) => quantityOf(mssOf(end, version)),
  scale: ({end}) => scaleOf(shiftsOf(end).snd),
  'rcv.scale': ({end}) => scaleOf(shiftsOf(end).rcv),
  rtt: ({end: {rttUs}}) => (rttUs === undefined ? undefined : {value: rttUs, isTime: true}),
};

const quantityIn = (observed: Observed, name: string): Quantity | undefined => quantities[name]?.(observed);

/** Returns the text of a captured window whose scale factor is unknown: the number in the header field, times an unknown factor. */
const windowText = (window: ToldWindow | undefined): string =>
  window === undefined ? untold : `${window.field}×${deduced}`;

/**
 * The variables of a captured TCP connection that become known from later packets. All others follow from the SYNs, and stay unknown if
 * those were not captured.
 */
const tellable: readonly string[] = ['snd.nxt', 'rcv.nxt', 'rtt'];
/**
 * The variables of a captured TCP connection that become known from acknowledgments, which a capture may lack if they took another path.
 */
const acknowledged: readonly string[] = ['snd.una', 'flightSize', 'sacked'];

const unknownText = ({end, base}: Observed, name: string): string => {
  if (name === 'snd.wnd') return windowText(end.heard);
  if (name === 'rcv.wnd') return windowText(end.told);
  if (acknowledged.includes(name)) return end.nxt === undefined || end.una !== undefined ? untold : deduced;
  // True if the capture began too late to know the variables: it lacks the end's own SYN, or the peer's SYN although data have been sent.
  const isLate =
    end.offer === undefined ? end.nxt !== undefined : end.peerOffer === undefined && end.rcvNxt !== undefined;
  return tellable.includes(name) || !isLate || base === undefined ? untold : deduced;
};

const observedText = (view: View, observed: Observed, name: string): string => {
  const {language, input} = view;
  if (name === 'SACK' || name === 'timestamps') {
    const agreed = isAgreed(observed.end, name === 'SACK' ? 'sackPermitted' : 'timestamps');
    if (agreed === undefined) return unknownText(observed, name);
    return `${deduced}${captureTexts[agreed ? 'agreed' : 'notAgreed'][language]}`;
  }
  const quantity = quantityIn(observed, name);
  if (quantity === undefined) return unknownText(observed, name);
  if (name === 'rtt')
    return observed.estimated
      ? formatSeen(quantity.value, true)
      : `${deduced}${formatSeen(quantity.value, false)}`;
  return `${deduced}${name === 'scale' ? '×' : ''}${quantityText(quantity, input.playback.relative)}`;
};

/**
 * How many SACK ranges are listed, the last ones; a receiver reports no more in one segment (RFC 2018 §3). The number of octets in the row
 * counts all ranges.
 */
const rangesMost = 4;

const rangesText = ({end, base}: Observed, relative: boolean): readonly string[] => {
  const number = (value: Seq): string => quantityText({value, base}, relative);
  return end.sacked.slice(-rangesMost).map(({left, right}) => `${number(left)}-${number(right)}`);
};

const observedVariables = (view: View, observed: Observed): EndVariables => ({
  iss: observed.base,
  irs: observed.peerBase,
  quantity: (name) => quantityIn(observed, name),
  text: (name) => observedText(view, observed, name),
  details: (name) => (name === 'sacked' ? rangesText(observed, view.input.playback.relative) : nothing),
});

/**
 * Returns the variables of a host's end of the present TCP connection after event `n`; undefined if the host has no TCB then, or, in a
 * capture, if no packet has shown its end yet.
 */
export type VariablesAt = (n: number, host: string) => EndVariables | undefined;

const observedAt = (view: View, {id, version, bases, ends}: ObservedAtHand): VariablesAt => {
  const {trace} = view.input;
  return (n, host) => {
    const end = endsAt(trace, id, n).get(host);
    const peer = ends.find((each) => each.id !== host)?.id ?? '';
    const [base, peerBase] = [bases.get(host), bases.get(peer)];
    const estimated = trace.header.vantage?.host !== host;
    return end && observedVariables(view, {end, version, base, peerBase, estimated});
  };
};

export const variablesAt = (view: View): VariablesAt => {
  const {trace, playback} = view.input;
  if (trace.connectionPackets) {
    const observed = observedAtHand(view);
    return observed ? observedAt(view, observed) : () => undefined;
  }
  const atHand = connectionsAtHand(view);
  return (n, host) => {
    const tcb = connectionIn(worldAt(trace, n), host, atHand);
    return tcb && simulatedVariables(tcb, playback.relative);
  };
};

/** Returns the names of all variables of an end, in the order of the endpoints panel. */
export const namesIn = ({input: {trace}}: View): readonly (VariableName | ObservedName)[] =>
  trace.connectionPackets ? observedNames : variableNames;
