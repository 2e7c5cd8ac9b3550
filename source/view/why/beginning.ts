// How a variable of *Why?* begins, where nothing has moved it since: RFC 6928 §2, RFC 5681 §3.1, RFC 6298 §2.
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

/** The end before the instant of an event, and after it. */
export type Ends = {readonly before: EndVariables | undefined; readonly after: EndVariables | undefined};

export const endsAround = (view: View, host: string, event: number): Ends => {
  const variables = variablesAt(view);
  const [first] = instantOf(view.input.trace, event);
  return {before: variables((first?.n ?? event) - 1, host), after: variables(event, host)};
};

export type Beginning = {
  readonly paragraphs: readonly string[];
  /** Where that is written, if elsewhere than how it moves. */
  readonly clause?: string;
  /** What gives the value: without it this is not told. */
  readonly formula?: string;
  /** It is there since the connection is: no event has brought it about. */
  readonly uncaused?: true;
};

const numberIn = (end: EndVariables | undefined, name: string): number | undefined =>
  end?.quantity(name)?.value;

/** A loss, or leaving slow start by delay, sets it. */
export const isUnsetThreshold = (end: EndVariables | undefined, name: string): boolean =>
  name === 'ssthresh' && numberIn(end, name) === unsetThreshold;

/** Numbers of this end that the other has acknowledged: the SYN takes the first. */
const acknowledged = (end: EndVariables | undefined): number => {
  const una = end?.quantity('snd.una');
  return una?.base === undefined ? 0 : (una.value - una.base) | 0;
};

/** RFC 5681 §3.1: two segments to four. */
const segmentsBySize = (mss: number): number => {
  if (mss > 2190) return 2;
  return mss > 1095 ? 3 : 4;
};

/** Until data are acknowledged: of ten segments, by RFC 5681, or of one where the SYN was not acknowledged in time. */
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

/** More than SYN and FIN has been acknowledged since, and it has not grown: it never limited this end. */
const unfilled = (
  begun: Beginning | undefined,
  now: EndVariables | undefined,
  language: Language,
): Beginning | undefined =>
  begun && acknowledged(now) > 2
    ? {...begun, paragraphs: [...begun.paragraphs, variableBegins.unfilled[language]]}
    : begun;

/** Of what the first measurement of a round trip will give; undefined: none gives it. */
export const beginningAhead = (view: View, name: string): string | undefined => {
  const {language} = view;
  if (name === 'srtt') return variableBegins.srtt[language];
  return name === 'rttvar'
    ? variableBegins.rttvar[language]({least: undefined, linux: isOfLinux(view)})
    : undefined;
};

/** It announces the most that a SYN can say, and will scale what it announces later. */
const isCutBySyn = (view: View, host: string, event: number): boolean => {
  const tcb = endAtHand(view, host, event);
  const scales = tcb?.synOptions.some((option) => option.kind === 'windowScale' && option.shift > 0);
  return tcb?.rcv.wnd === mostWindow && scales === true;
};

/** undefined: something has moved it since it began. */
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
