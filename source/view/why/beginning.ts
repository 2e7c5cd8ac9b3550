// Explains, for *Why?*, the first value of a TCP variable that nothing has changed since: RFC 6928 §2, RFC 5681 §3.1, RFC 6298 §2.
import {instantOf, worldAt} from '../../account/entries.ts';
import {unsetThreshold} from '../../account/flow.ts';
import type {Language} from '../../lesson/text.ts';
import {mostWindow} from '../../wire/tcp.ts';
import {variableBegins, variableLaws} from '../../words/catalogue/why.ts';
import {endAtHand} from '../endpoints/at-hand.ts';
import {type EndVariables, variablesAt} from '../endpoints/end-variables.ts';
import type {Place} from '../endpoints/last-change.ts';
import type {View} from '../view.ts';
import {isOfLinux, leastTimeout} from './rtt-variance.ts';

/** The TCP variables of an end before and after the instant of an event. */
export type Ends = {readonly before: EndVariables | undefined; readonly after: EndVariables | undefined};

export const endsAround = (view: View, host: string, event: number): Ends => {
  const variables = variablesAt(view);
  const [first] = instantOf(view.input.trace, event);
  return {before: variables((first?.n ?? event) - 1, host), after: variables(event, host)};
};

export type Beginning = {
  readonly paragraphs: readonly string[];
  /** The clause that gives the variable's first value; undefined if it is the clause on how the variable changes. */
  readonly clause?: string;
  /** The formula of the TCP variable's first value; if it does not hold, the first value is not explained. */
  readonly formula?: string;
  /** True if the TCP variable has had its value since the connection began, so that no event caused it. */
  readonly uncaused?: true;
};

const numberIn = (end: EndVariables | undefined, name: string): number | undefined =>
  end?.quantity(name)?.value;

/** Tells whether `name` is ssthresh and has no value yet: it is set by a loss, or by leaving slow start because of rising delay. */
export const isUnsetThreshold = (end: EndVariables | undefined, name: string): boolean =>
  name === 'ssthresh' && numberIn(end, name) === unsetThreshold;

/** Returns how many sequence numbers of this TCP end the peer has acknowledged; its SYN is the first of them. */
const acknowledged = (end: EndVariables | undefined): number => {
  const una = end?.quantity('snd.una');
  return una?.base === undefined ? 0 : (una.value - una.base) | 0;
};

/** Returns the upper limit of the initial window by RFC 5681 §3.1, in segments: two to four, depending on the MSS. */
const segmentsBySize = (mss: number): number => {
  if (mss > 2190) return 2;
  return mss > 1095 ? 3 : 4;
};

/**
 * Explains the initial cwnd, which holds until data are acknowledged: ten segments, fewer by RFC 5681, or one if the SYN timed out.
 * undefined if data were acknowledged, or if the value is none of these.
 */
const firstWindow = ({before, after}: Ends, language: Language): Beginning | undefined => {
  const [cwnd = 0, mss = 0] = ['cwnd', 'mss'].map((name) => numberIn(after, name));
  if (mss === 0 || acknowledged(before) > 0 || acknowledged(after) > 1) return undefined;
  const told = (by: string, clause: string, formula: string): Beginning => ({
    paragraphs: [variableLaws.cwnd[language], variableBegins.cwnd[language]({by, segments: cwnd / mss})],
    clause,
    formula,
  });
  if (cwnd === 10 * mss) return told('ten', '6928 §2', "cwnd' = 10 × mss'");
  const few = segmentsBySize(mss);
  if (cwnd === few * mss) return told('few', '5681 §3.1', `cwnd' = ${few} × mss'`);
  return cwnd === mss && before !== undefined ? told('one', '5681 §3.1', "cwnd' = mss'") : undefined;
};

const firstDeviation = (view: View, host: string, event: number): Beginning => {
  const {language} = view;
  const least = leastTimeout(view, host, event);
  return {paragraphs: [variableBegins.rttvar[language]({least, linux: isOfLinux(view)})]};
};

/** Adds to the explanation of the initial cwnd that cwnd never limited this end, if the peer has acknowledged more than its SYN and FIN. */
const unfilled = (
  begun: Beginning | undefined,
  now: EndVariables | undefined,
  language: Language,
): Beginning | undefined =>
  begun && acknowledged(now) > 2
    ? {...begun, paragraphs: [...begun.paragraphs, variableBegins.unfilled[language]]}
    : begun;

/** Returns a text on what the first round-trip measurement will set SRTT or RTTVAR to; undefined for other variables. */
export const beginningAhead = (view: View, name: string): string | undefined => {
  const {language} = view;
  if (name === 'srtt') return variableBegins.srtt[language];
  return name === 'rttvar'
    ? variableBegins.rttvar[language]({least: undefined, linux: isOfLinux(view)})
    : undefined;
};

/**
 * Tells whether RCV.WND is the largest window that an unscaled SYN can announce, and the SYN's options say that later windows are scaled.
 */
const isCutBySyn = (view: View, host: string, event: number): boolean => {
  const tcb = endAtHand(view, host, event);
  const scales = tcb?.synOptions.some((option) => option.kind === 'windowScale' && option.shift > 0);
  return tcb?.rcv.wnd === mostWindow && scales === true;
};

/** Explains the value that a variable had at first; undefined if something has changed it since. */
export const beginningAt = (view: View, {host, name}: Place, event: number): Beginning | undefined => {
  const {language} = view;
  const ends = endsAround(view, host, event);
  if (name === 'cwnd')
    return unfilled(firstWindow(ends, language), variablesAt(view)(view.cursor, host), language);
  if (numberIn(ends.before, name) !== undefined) return undefined;
  if (name === 'srtt') return {paragraphs: [variableBegins.srtt[language]]};
  if (name === 'rcv.wnd' && worldAt(view.input.trace, 0)) {
    const most = isCutBySyn(view, host, event) ? mostWindow : undefined;
    return {paragraphs: [variableLaws['rcv.wnd'][language], variableBegins.room[language]({most})]};
  }
  if (name === 'rttvar') return firstDeviation(view, host, event);
  if (name !== 'sacked' || numberIn(ends.after, name) !== 0) return undefined;
  const paragraphs = [variableLaws.sacked[language], variableBegins.sacked[language]];
  return {paragraphs, uncaused: true};
};
