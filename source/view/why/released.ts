// *Why?* of data that had waited: what kept them, and the numbers by which they may leave (RFC 5681 §3.1, RFC 9293 §3.7.4, §3.8.6).
import {instantOf, ofKind} from '../../account/entries.ts';
import {heldBefore} from '../../account/held.ts';
import {operandsOf} from '../../account/operands.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import type {Rule} from '../../lesson/data.ts';
import {type Text, worded} from '../../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {formatTime} from '../../words/format.ts';
import {variableOf} from '../endpoints/variables.ts';
import {type FormulaScope, quantityOf} from './formula.ts';

const inOrder = '9293:3.10.7.4/text/in-order';
const inRecovery = '5681:3.2/fast-recovery/new-data';
const cwndFull = '5681:3.1/cwnd/full';

type Holder = keyof typeof whyTexts.released;

const isHolder = (rule: string): rule is Holder => Object.hasOwn(whyTexts.released, rule);

/** Which of the reasons that the rule names has kept these data waiting. */
const holderOf = (trace: Trace, event: TraceEvent): Holder | undefined => {
  if (event.kind !== 'send' || event.because !== '9293:3.8.6/send/window') return undefined;
  const rule = heldBefore(trace, event)?.because ?? '';
  // A piece that Nagle’s rule had kept, and that the send buffer has filled up meanwhile, leaves as a full one.
  if (rule === '9293:3.7.4/nagle' && isFull(trace, event)) return '9293:3.10.2/send/waits';
  return isHolder(rule) ? rule : undefined;
};

const isFull = (trace: Trace, event: EventOf<'send'>): boolean => {
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  return bytes >= (operandsOf(trace, event).before?.mss ?? Number.POSITIVE_INFINITY);
};

/** What SACK has reported and what counts as lost is no longer on its way: cwnd bounds the rest (RFC 6675 §4, §5). */
const goesByPipe = (trace: Trace, event: TraceEvent): boolean => {
  const {after} = operandsOf(trace, event);
  const [flight, pipe] = ['flightSize', 'pipe'].map((size) => after && variableOf(size, after)?.value);
  return flight !== pipe;
};

export const releasedText = (trace: Trace, event: TraceEvent): Text | undefined => {
  const holder = holderOf(trace, event);
  const [arrival] = ofKind(instantOf(trace, event.n), 'arrive');
  if (!holder || !arrival) return undefined;
  const isByPipe = holder === cwndFull && goesByPipe(trace, event);
  return worded(isByPipe ? whyTexts.releasedByPipe : whyTexts.released[holder], {packet: arrival.packet});
};

/** Data that left as soon as the connection was open, whatever rule made the segment. */
export const queuedText = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind !== 'send' || event.packet < 1 || event.hop > 0 || event.retransmission) return undefined;
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  if (event.because === inOrder && bytes === 0 && instantOf(trace, event.n)[0]?.kind === 'arrive')
    return whyTexts.prompt;
  const held = bytes > 0 ? heldBefore(trace, event) : undefined;
  return held?.because === '9293:3.10.2/send/queue'
    ? worded(whyTexts.queued, {bytes, time: formatTime(held.sinceUs)})
    : undefined;
};

/** What SACK has reported and what counts as lost is no longer on its way (RFC 6675 §4). */
const cwndFormulas = (scope: FormulaScope): readonly string[] => {
  const [flight, pipe] = ["flightSize'", "pipe'"].map((size) => quantityOf(size, scope)?.value);
  return flight === pipe
    ? ["flightSize' ≤ min( cwnd' , snd.wnd' )"]
    : ["pipe' ≤ cwnd'", "snd.nxt' ≤ snd.una' + snd.wnd'"];
};

/** Minshall’s variant waits for less. */
const nagleFormulas = (scope: FormulaScope): readonly string[] =>
  quantityOf("snd.una'", scope)?.value === quantityOf('snd.nxt', scope)?.value ? ["snd.una' = snd.nxt"] : [];

/** The rule of an event, with the clause and the numbers of what had kept its data. */
export const releasedRule = (
  {trace, rule: ruleOf}: {readonly trace: Trace; readonly rule: (id: string) => Rule | undefined},
  event: TraceEvent,
  scope: FormulaScope,
): Rule | undefined => {
  const rule = event.because === undefined ? undefined : ruleOf(event.because);
  const holder = holderOf(trace, event);
  const held = holder && ruleOf(holder);
  const byCwnd = (own: Rule): Rule => ({
    ...own,
    rfc: goesByPipe(trace, event) ? '6675 §5' : own.rfc,
    formula: cwndFormulas(scope),
  });
  if (rule && event.because === inRecovery) return byCwnd(rule);
  if (!rule || !held) return rule;
  const own = {...rule, rfc: held.rfc};
  if (holder === cwndFull) return byCwnd(own);
  return holder === '9293:3.7.4/nagle' ? {...own, formula: nagleFormulas(scope)} : own;
};
