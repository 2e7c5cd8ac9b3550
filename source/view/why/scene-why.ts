// Answers *Why?* for an event: the rule behind it, the formula with its numbers, and its place in the chain of causes.

import {beginningOf, causeOf, effectOf, subjectOf} from '../../account/causes.ts';
import {entryAt, instantOf, worldAt} from '../../account/entries.ts';
import {mayKnow} from '../../account/eyes.ts';
import {operandsOf} from '../../account/operands.ts';
import {icmpMessageOf, ipPacketOf, packetOf} from '../../account/packet.ts';
import {mythAndFact} from '../../lesson/belief.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {Rule} from '../../lesson/rule.ts';
import {type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import type {Arrival} from '../../observe/came.ts';
import {byProgram} from '../../sim/because.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import {quotedSegment} from '../../wire/icmp-quote.ts';
import type {Seq} from '../../wire/seq.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {whySceneWhySentences} from '../../words/catalogue/panels.ts';
import {whyTexts} from '../../words/catalogue/player.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyHeader} from '../../words/catalogue/why.ts';
import {formatTime} from '../../words/format.ts';
import type {Piece} from '../canvas.ts';
import {simulatedVariables} from '../endpoints/end-variables.ts';
import {variableNames, variableOf} from '../endpoints/variables.ts';
import {lastSeen} from '../seen.ts';
import {answersTo} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {alertReason} from './alert-reason.ts';
import {alteredTexts} from './altered.ts';
import {calledText} from './call-reason.ts';
import {type AskedFor, capturedReason, type Told} from './captured-reason.ts';
import {carriedReasons} from './carried-reasons.ts';
import {casedRule} from './case-text.ts';
import {clauseOf} from './clause.ts';
import {eventText, isNoted, linkText} from './event-text.ts';
import {forgedEntry, spokenFor} from './forged-entry.ts';
import {type FormulaScope, formulaLines, tokensOf} from './formula.ts';
import {headingOf, modifies} from './heading.ts';
import {heldTexts} from './held-texts.ts';
import {lifeShown, ownCase, repeatedAck} from './own-case.ts';
import {crashBehind, isPower, pathReason} from './path-reason.ts';
import {queuedText} from './released.ts';
import {stepBehind} from './step-behind.ts';
import {thresholdFormula} from './threshold.ts';

export type Why = {
  /** The number of the event that *Why?* explains; undefined if no event caused the subject. */
  readonly event: number | undefined;
  readonly heading: string;
  /** The plain reason, which is all that *Why?* shows at first; absent if it shows the full reason at once. */
  readonly plain?: readonly string[] | undefined;
  /** True in the short answer to *Why?* that is shown first, if the full one tells more. */
  readonly more?: true;
  /** Sentences of *Why?* on what happened and why, by the rule. */
  readonly paragraphs: readonly string[];
  /** The formulas of *Why?*, each as one or two lines: symbols, and the numbers beneath. */
  readonly formulas: readonly (readonly string[])[];
  /** Further lines of *Why?* on the subject: steps of a derivation, checks of a certificate chain, or who can read a TLS record. */
  readonly details: readonly (readonly Piece[])[];
  readonly rule: string | undefined;
  readonly causedBy: string | undefined;
  readonly myth: readonly string[];
  /** Sentences on what TCP holds back at this instant, and by which rule. */
  readonly heldBack: readonly string[];
  /** Texts of *Why?* on the events to which `<` (a cause) and `>` (an effect) lead; undefined if they lead nowhere. */
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

/** Returns the sequence number in the segment that an ICMP error quotes; undefined for other packets. */
const quotedIn = (trace: Trace, id: number): Seq | undefined => {
  const error = icmpMessageOf(packetOf(trace, id));
  return error && quotedSegment(error)?.seq;
};

/** Returns the numbers for a rule's formula: the TCP variables before and after the rule's step, and the segment. */
export const scopeOf = (view: View, event: TraceEvent): FormulaScope => {
  const {before, after, segment} = operandsOf(view.input.trace, event);
  return {
    before: before && simulatedVariables(before),
    after: after && simulatedVariables(after),
    segment,
    quoted: isNoted(event) ? quotedIn(view.input.trace, event.packet) : undefined,
    hidden: answersTo(view.hidden),
  };
};

/**
 * Returns a text on an arrival after which its host neither sent nor changed its TCP state: the variables that it changed, or that it
 * changed nothing.
 */
const reckonedAnew = (trace: Trace, event: Arrival): Text => {
  const [before, after] = [event.n - 1, event.n].map(
    (n) => worldAt(trace, n)?.hosts[event.host]?.tcp.connections,
  );
  const ends = [...(after ?? [])].flatMap(([id, now]) => {
    const old = before?.get(id);
    return old ? [{old, now}] : [];
  });
  const changed = ends.flatMap(({old, now}) =>
    variableNames.filter((name) => variableOf(name, old)?.value !== variableOf(name, now)?.value),
  );
  const moves = changed.includes('snd.una') || changed.includes('snd.wnd');
  const again = moves ? undefined : repeatedAck(trace, event);
  if (changed.length === 0) return worded(whyTexts.nothingNew, {again});
  return wordedWithNames(whySceneWhySentences.reckonedAnew, {
    ...{host: theHost(trace, event.host), again},
    names: inEvery((language) => changed.join(punctuation.listComma[language])),
    inflated: ends.some(({old: {loss, cwnd, mss, sackPermitted}, now}) =>
      [loss.phase === 'fast', !sackPermitted, now.cwnd === cwnd + mss].every(Boolean),
    ),
  });
};

/** Returns the fault that dropped a packet on a link, in the notation of the option `--fault`; undefined if none did. */
const faultOf = (trace: Trace, event: TraceEvent): string | undefined => {
  if (event.kind !== 'drop' || event.reason !== 'fault' || event.packet < 1) return undefined;
  for (let n = event.n - 1; n >= packetOf(trace, event.packet).sendEvent; n -= 1) {
    const earlier = entryAt(trace, n);
    if (earlier.kind === 'send' && earlier.packet === event.packet)
      return earlier.faults.find((fault) => fault.startsWith('drop'));
  }
  return undefined;
};

/** Returns the number of the event by which a packet was sent onto the link at whose end it has arrived. */
const leftFor = (trace: Trace, {n, hop, cause}: Arrival): number | undefined =>
  hop === 0 ? causeOf(trace, n) : cause;

/** Explains the arrival of a packet at a router, which forwards it; `changed`: the router alters it. */
const passedOnText = (trace: Trace, event: Arrival, changed: boolean): Text => {
  const record = packetOf(trace, event.packet);
  const {dst} = ipPacketOf(record) ?? {};
  const isHost = trace.header.hosts.some(({name, ip}) => name === record.to && ip.includes(dst ?? ''));
  return wordedWithNames(whyTexts.passedOn, {
    first: theHostFirst(trace, event.from),
    router: theHostFirst(trace, event.host),
    to: isHost || dst === undefined ? theHost(trace, record.to) : dst,
    time: formatTime(entryAt(trace, leftFor(trace, event) ?? event.n).atUs),
    changed,
  });
};

/** Returns a text on why an event happened if it has no rule, or its rule's text does not say enough; undefined if that text suffices. */
export const otherReason = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (!worldAt(trace, 0)) return whyTexts.capture;
  const own = pathReason(trace, event);
  if (own) return own;
  if (event.because === undefined) return whyTexts.noRule;
  if (event.kind !== 'arrive') return ownCase(trace, event);
  const instant = instantOf(trace, event.n);
  const on = instant.find(
    (each) =>
      each.kind === 'send' && each.hop > 0 && each.packet === event.packet && each.host === event.host,
  );
  if (on) return passedOnText(trace, event, on.because === modifies);
  return instant.length === 1 ? (lifeShown(trace, event) ?? reckonedAnew(trace, event)) : undefined;
};

/**
 * Returns a sentence that a host on the path sends the event's packet in the name of another host; empty if it does not, or while a
 * question is open, because that may ask who does.
 */
const inItsName = ({input: {trace}, language, hidden}: View, event: TraceEvent): readonly string[] => {
  if (event.kind !== 'send' || event.hop !== 0 || event.packet < 1 || hidden.length > 0) return [];
  const src = spokenFor(trace, event.packet);
  return src === undefined ? [] : [whyHeader.inItsName[language]({src, host: theHost(trace, event.host)})];
};

type Ruled = {readonly rule: Rule | undefined; readonly asked: AskedFor};

/**
 * Returns the reasons of an event as *Why?* tells them: that of the highest layer first, which answers the question; those below begin with
 * the name of their protocol.
 */
const toldReason = (view: View, event: TraceEvent, {rule, asked}: Ruled): Told & Pick<Why, 'plain'> => {
  const {trace, rule: ruleOf} = view.input;
  const {language} = view;
  if (trace.header.profile === 'capture')
    return capturedReason({trace, ruleOf, asked, seen: lastSeen(view)}, event, language);
  const reason = otherReason(trace, event) ?? rule?.text;
  const carried = isAgain(event) || asked.carried === false ? [] : carriedReasons(view, event);
  const isAlert = event.kind === 'send' && asked.carried !== false;
  const alert = isAlert ? alertReason(trace, event.packet) : undefined;
  const fault = faultOf(trace, event);
  const queued = queuedText(trace, event);
  const clauses = [...carried.map((each) => each.rule), rule].flatMap((each) => each ?? []);
  const said = clauses.map((each) => clauseOf(each, language));
  // The clause of the TLS alert is left out if a clause that is shown anyway begins with it.
  const named = alert && !said.some((each) => each.startsWith(alert.clause)) ? [alert.clause, ...said] : said;
  const called = calledText(trace, event);
  const told = [
    ...carried.map((each) => ({by: each.by, text: each.text[language]})),
    // The TCP paragraph for a program's call is left out if a sentence already says what the program wants by the call.
    ...(called && event.because === byProgram
      ? []
      : [{by: 'TCP', text: reason?.[language] ?? event.because ?? ''}]),
  ];
  const highest = carried[0] ?? {rule, text: reason};
  const first = called ?? highest.rule?.plain ?? highest.text;
  return {
    // If a rule has no plain sentence of its own, its whole text serves as the plain reason.
    plain: first && [first[language]],
    paragraphs: [
      ...[alert?.text, called].flatMap((each) => each?.[language] ?? []),
      ...(fault === undefined ? [] : [whyTexts.fault[language]({fault})]),
      ...told.map(({by, text}, nth) =>
        nth === 0 && (alert === undefined || carried.length > 0)
          ? text
          : `${by}${punctuation.colon[language]}${text}`,
      ),
      ...(queued ? [queued[language]] : []),
      ...forgedEntry(view, event),
      ...(asked.carried === false || asked.times === false ? [] : inItsName(view, event)),
    ],
    rule: named.length === 0 ? undefined : named.join(punctuation.semicolon[language]),
  };
};

const isAgain = (event: TraceEvent): boolean => event.kind === 'send' && event.retransmission;

/** Returns the misconception that the narration about an event of this instant corrects, as a myth and its fact; empty if there is none. */
const mythAt = (view: View, instant: readonly TraceEvent[]): readonly string[] => {
  const {beats, misconception} = view.input;
  const near = beats.find(
    (beat) => beat.kind === 'narration' && beat.myth !== undefined && instant.some(({n}) => n === beat.event),
  );
  const id = near?.kind === 'narration' ? near.myth : undefined;
  const found = id === undefined ? undefined : misconception(id);
  return found ? mythAndFact(found, view.language) : [];
};

/** Returns the event with that number if the chosen observer may know it; otherwise undefined. */
const ifKnown = (trace: Trace, n: number | undefined): TraceEvent | undefined => {
  const event = n === undefined ? undefined : entryAt(trace, n);
  return event && mayKnow(trace, event) ? event : undefined;
};

/**
 * Describes the effect of an event, to which `>` leads; undefined if there is none, a question hides it, or it comes after this instant.
 */
const effectText = (view: View, n: number): string | undefined => {
  const {trace} = view.input;
  const effect = effectOf(trace, n);
  if (effect === undefined) return undefined;
  const last = view.hidden.length > 0 ? lastSeen(view) : (instantOf(trace, view.cursor).at(-1)?.n ?? 0);
  const event = effect > last ? undefined : ifKnown(trace, effect);
  return event && linkText(view, event);
};

export const nothingToTell = (view: View): Why => ({
  event: undefined,
  heading: whyTexts.nothing[view.language],
  paragraphs: [],
  formulas: [],
  details: [],
  rule: undefined,
  causedBy: undefined,
  myth: [],
  heldBack: [],
  previous: undefined,
  next: undefined,
});

/**
 * Tells whether the symbols of a formula have numbers. A connection that is created at this instant, as by a SYN cookie, had no send and
 * receive variables before.
 */
const hasNumbers = (formula: string, {before, after}: FormulaScope): boolean =>
  before !== undefined ||
  after === undefined ||
  !tokensOf(formula).some((token) => /^(snd|rcv)\.\w+$/.test(token));

/** Describes the event that caused a packet to be sent, to which `<` leads; undefined if there is none. */
export const causeOfSending = (view: View, n: number): string | undefined => {
  const cause = ifKnown(view.input.trace, causeOf(view.input.trace, n));
  return cause && linkText(view, cause);
};

export const whyOf = (view: View, pinned: number | undefined, asked: AskedFor = {}): Why => {
  const {trace} = view.input;
  const n = pinned ?? subjectOf(trace, view.cursor);
  if (n === undefined) return nothingToTell(view);
  const event = entryAt(trace, n);
  const instant = instantOf(trace, n);
  const behind = stepBehind(trace, event);
  const step = behind ?? event;
  const scope = scopeOf(view, step);
  // The rule of a call does not apply to a host's crash or start, because no program decides that.
  const named = step.because === undefined ? undefined : view.input.rule(step.because);
  const rule = isPower(event) ? undefined : casedRule(trace, step, named);
  const {plain, paragraphs, rule: clause} = toldReason(view, step, {rule, asked});
  // The answer to a failed call is an event of its own; its rule is that of the event which made the call fail.
  const failure = event.kind === 'answer' && event.answer.result !== 'ok' ? behind : undefined;
  const earlier = failure ?? crashBehind(trace, event);
  const cause = ifKnown(trace, earlier ? earlier.n : causeOf(trace, n));
  const first = earlier ? (beginningOf(trace, earlier.n)?.n ?? earlier.n) : beginningOf(trace, n)?.n;
  const begun = ifKnown(trace, first === n && event.kind === 'arrive' ? leftFor(trace, event) : first);
  const formulas = (thresholdFormula(view, step, scope) ?? rule?.formula ?? []).filter((formula) =>
    hasNumbers(formula, scope),
  );
  return {
    event: n,
    heading: headingOf(view, event)[view.language],
    plain,
    paragraphs: [
      ...(failure ? [whyTexts.failed[view.language]] : []),
      ...paragraphs,
      ...alteredTexts(view, event),
      ...(behind && event.kind === 'timer' ? [whyTexts.ackLeaves[view.language]] : []),
    ],
    rule: clause,
    formulas: formulaLines(formulas, scope),
    details: [],
    causedBy: begun && begun.n !== n ? eventText(view, begun) : undefined,
    myth: mythAt(view, instant),
    heldBack: heldTexts(view, event, instant),
    previous: cause && linkText(view, cause),
    next: effectText(view, n),
  };
};
