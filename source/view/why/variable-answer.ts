// Answers *Why?* for a TCP variable, a state or a timer of a host: its value, since when it has it, the event that changed it, and the
// formula.
import {beginningOf} from '../../account/causes.ts';
import {entryAt, instantOf, worldAt} from '../../account/entries.ts';
import {theHost} from '../../lesson/host-names.ts';
import {wordedWithNames} from '../../lesson/text.ts';
import {lengthText} from '../../quiz/times.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {connectionId} from '../../wire/connection-id.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {lawsOfLinux, variableBegins, variableLaws, whyTimer, whyVariable} from '../../words/catalogue/why.ts';
import {shownByText} from '../../words/fates.ts';
import {formatMoment, formatSeen, formatTime} from '../../words/format.ts';
import {connectionsAtHand, endAtHand, peerOf, portsAmong} from '../endpoints/at-hand.ts';
import {untoldPeers, variablesAt} from '../endpoints/end-variables.ts';
import {lastChange, type Place, searchedEvents, timedAt} from '../endpoints/last-change.ts';
import {observedAtHand} from '../endpoints/observed.ts';
import {timerOf} from '../endpoints/scene-timers.ts';
import {type ObservedName, quantityText, type VariableName} from '../endpoints/variables.ts';
import {announcedText} from '../fields/window.ts';
import {lastSeen} from '../seen.ts';
import {lastChangeFor, lastChange as lastChangeOf, type StateChange} from '../time/pace.ts';
import {answersTo} from '../time/waypoints.ts';
import {isMany, type View} from '../view.ts';
import {arithmeticOf} from './arithmetic.ts';
import {beginningAhead, beginningAt, endsAround, isUnsetThreshold} from './beginning.ts';
import {isShownAhead} from './captured-reason.ts';
import {eventText} from './event-text.ts';
import {announcedBy, comeSince, receivedBy, type Shown} from './received-by.ts';
import {floorLaw, isOfLinux, leastTimeout} from './rtt-variance.ts';
import {agreedOption, mssLaw} from './said-by-syns.ts';
import {sampleOf} from './sampled.ts';
import {nothingToTell, type Why, whyOf} from './scene-why.ts';
import {noState} from './stateless.ts';
import {thresholdLaw} from './threshold.ts';
import {dueText} from './timer-due.ts';
import {startsAgain} from './timer-start.ts';
import {reducedLaw, roomLaw, unsetWindow, windowLaw} from './window-laws.ts';

/** The clauses that define each TCP variable and how it changes. */
const clauses: {readonly [name in VariableName | ObservedName]: string} = {
  'snd.una': '9293 §3.4',
  'snd.nxt': '9293 §3.4',
  'rcv.nxt': '9293 §3.4',
  'snd.wnd': '9293 §3.10.7.4',
  'rcv.wnd': '9293 §3.8.6.2.2',
  rto: '6298 §2',
  cwnd: '5681 §3.1',
  ssthresh: '5681 §3.1',
  flightSize: '5681 §2',
  srtt: '6298 §2',
  rttvar: '6298 §2',
  mss: '9293 §3.7.1',
  iss: '9293 §3.4.1',
  irs: '9293 §3.3.1',
  rtt: '6298 §3',
  sacked: '2018 §3',
  scale: '7323 §2.2',
  SACK: '2018 §2',
  timestamps: '7323 §3.2',
};

const isVariable = (name: string): name is VariableName | ObservedName => Object.hasOwn(clauses, name);

/** Tells whether a name is that of a variable, the state or a timer in the endpoints panel. */
export const isShown = (name: string): boolean =>
  isVariable(name) || name === 'state' || timerOf(name) !== undefined;

const timeOf = ({atUs, estimated}: TraceEvent): string => formatSeen(atUs, estimated ?? false);

/** Tells whether an event lies after the time that is shown, because a question that was answered early is about a later instant. */
const isAhead = ({nowUs}: View, {atUs}: TraceEvent): boolean => atUs > nowUs;

/** The TCP variables that a round-trip measurement sets. */
const measured: readonly string[] = ['srtt', 'rttvar', 'rtt'];

/** The TCP variables whose growth is explained by the last segment sent, and at which the answer says what data wait to be sent. */
const bySending: readonly string[] = ['snd.nxt', 'flightSize', 'rcv.wnd'];

/** The rule by which a counterfactual TCP takes its SYN for acknowledged without an ACK, and the variables that it changes. */
const unconfirmed = 'counterfactual:two-step/established';
const byTrust: readonly string[] = ['snd.una', 'flightSize'];

/**
 * Returns the event that changed a TCP variable in an instant: one whose rule has a formula for it, else the connection's creation, else a
 * segment sent or the arrival.
 */
const changerIn = (view: View, {host, name}: Place, event: number): TraceEvent => {
  const {trace, rule} = view.input;
  const instant = instantOf(trace, event);
  const atHand = connectionsAtHand(view).get(host);
  const own = instant.filter((each) => each.host === host && (each.connection ?? atHand) === atHand);
  const moves = ({because}: TraceEvent): boolean =>
    because !== undefined &&
    ((because === unconfirmed && byTrust.includes(name)) ||
      (rule(because)?.formula ?? []).some((formula) => formula.startsWith(`${name}' = `)));
  const {before, after} = endsAround(view, host, event);
  const numberIn = (end: typeof before): number => end?.quantity(name)?.value ?? 0;
  const made = before === undefined ? own.find(({kind}) => kind === 'state') : undefined;
  const grown = (numberIn(after) - numberIn(before)) | 0;
  const sent = bySending.includes(name) && grown > 0 ? own.findLast(({kind}) => kind === 'send') : undefined;
  return (
    own.find(moves) ??
    made ??
    sent ??
    own.find(({kind}) => kind === 'arrive') ??
    own.find(({because}) => because !== undefined) ??
    entryAt(trace, event)
  );
};

/**
 * Returns a TCP variable's value as the endpoints panel shows it, but measured times to the µs; `?` if a question asks for it, undefined if
 * it has no value.
 */
const shownValue = (view: View, {host, name}: Place): string | undefined => {
  const end = variablesAt(view)(view.cursor, host);
  const text = end?.text(name);
  if (text === undefined || text === '—') return undefined;
  const quantity = end?.quantity(name);
  const answers = answersTo(view.hidden);
  const isAsked =
    view.hidden.some(({hides}) => hides?.fields.includes(`${host}.${name}`)) ||
    answers.includes(text) ||
    (quantity !== undefined && answers.includes(quantityText(quantity, false)));
  if (isAsked) return '?';
  // Measured times are given to the µs, because two different values may look equal in the endpoints panel.
  const isMeasured = measured.includes(name) && worldAt(view.input.trace, 0) !== undefined;
  return isMeasured && quantity?.isTime ? lengthText(quantity.value) : text;
};

/** The kinds of events of programs, whose rules say nothing about TCP variables. */
const ofPrograms: ReadonlySet<TraceEvent['kind']> = new Set(['note', 'answer', 'app-timer', 'tls']);

/**
 * Tells whether an event's rule explains the change of a TCP variable. That of an arrival does not, because every segment changes
 * variables; nor that of sending for RCV.WND, unless a window update was sent.
 */
const hasReason = ({because, kind}: TraceEvent, name: string): boolean =>
  because !== undefined &&
  kind !== 'arrive' &&
  !ofPrograms.has(kind) &&
  !(name === 'rcv.wnd' && kind === 'send' && because !== '9293:3.8.6.2.2/window-update');

type Told = {
  readonly heading: string;
  /** Sentences on how the TCP variable changes in general. */
  readonly law: readonly string[];
  readonly clause: string | undefined;
  /** The formula by which the TCP variable changed, if it is known already. */
  readonly formula?: string;
};

type Moved = Told & {
  /** The number of an event of the instant at which the TCP variable changed. */
  readonly event: number;
  readonly lines: readonly string[];
  /** True if the rule of that event is not about the TCP variable and is left out of the answer. */
  readonly unruled?: boolean;
};

/**
 * Returns the answer to *Why?* for a TCP variable that an event changed: since when it has its value, and by which rule and formula. It
 * leads to no effect (`>`), because a value causes nothing.
 */
const movedAnswer = (view: View, place: Place, moved: Moved): Why => {
  const {language} = view;
  const {heading, law, clause, event, lines, unruled = false} = moved;
  const changer = changerIn(view, place, event);
  const why = whyOf(view, changer.n, {carried: false});
  const isRuled = !unruled && hasReason(changer, place.name);
  const since = isAhead(view, changer) ? [] : [whyVariable.since[language]({time: timeOf(changer)})];
  return {
    ...why,
    heading,
    paragraphs: [...since, ...law, ...(isRuled ? why.paragraphs : [])],
    formulas: lines.length === 0 ? [] : [lines],
    rule: [clause, isRuled ? why.rule : undefined]
      .filter((each) => each !== undefined)
      .join(punctuation.semicolon[language]),
    causedBy: eventText(view, beginningOf(view.input.trace, changer.n) ?? changer),
    myth: [],
    // The answer tells what TCP holds back only for these variables, because only they stay as they are while data wait to be sent.
    heldBack: bySending.includes(place.name) ? why.heldBack : [],
    next: undefined,
  };
};

/** Returns a key for what will give a TCP variable its first value, such as a round-trip measurement or the peer's SYN. */
const giverOf = (view: View, {host, name}: Place): string => {
  if (measured.includes(name)) return view.input.trace.header.profile === 'capture' ? 'unseen' : 'measured';
  const tcb = endAtHand(view, host);
  return tcb?.state === 'SYN-SENT' && untoldPeers.includes(name) ? 'syn' : 'other';
};

/** Returns the answer for a variable without a value: ssthresh before a loss or after its undoing, others before they are measured. */
const unsetAnswer = (view: View, place: Place, told: Told): Why => {
  const {language} = view;
  const {heading, law, clause} = told;
  const still = {...nothingToTell(view), heading, rule: clause};
  const ahead = beginningAhead(view, place.name);
  if (!isUnsetThreshold(variablesAt(view)(view.cursor, place.host), place.name))
    return {
      ...still,
      paragraphs: [
        whyVariable.none[language]({by: giverOf(view, place)}),
        ...(ahead === undefined ? law : [ahead]),
      ],
    };
  const event = lastChange(view, place);
  return event === undefined || endsAround(view, place.host, event).before === undefined
    ? {...still, paragraphs: [variableBegins.ssthresh[language], ...law]}
    : movedAnswer(view, place, {...told, event, lines: []});
};

/** The functions that find the packet that shows RCV.NXT or RCV.WND of a captured end, by the variable's name. */
const shownIn: {readonly [name: string]: typeof receivedBy} = {'rcv.nxt': receivedBy, 'rcv.wnd': announcedBy};

/** Returns sentences on by how much RCV.WND differs from before, or on a segment that may have moved RCV.NXT since. */
const toldMore = (view: View, {host, name}: Place, packet: number, event: number): readonly string[] => {
  const since = name === 'rcv.nxt' ? comeSince(view, packet) : undefined;
  const text =
    name === 'rcv.wnd'
      ? announcedText(view, packet, endsAround(view, host, event))
      : since === undefined
        ? undefined
        : whyVariable.comeSince[view.language]({packet: since});
  return text === undefined ? [] : [text];
};

/** Returns the answer for a variable of a captured end: the segment that moved it, and the packet that shows it. */
const shownAnswer = (view: View, place: Place, {by, packet}: Shown, moved: Moved): Why => {
  const shownBy =
    shownByText({shownBy: [packet]}, isShownAhead(view.input.trace, [packet], lastSeen(view)))?.[
      view.language
    ] ?? '';
  const told = {...moved, law: [...moved.law, shownBy, ...toldMore(view, place, packet, moved.event)]};
  if (by === undefined) return {...movedAnswer(view, place, told), causedBy: undefined};
  const lines =
    moved.lines.length > 0 ? arithmeticOf(view, {...place, event: moved.event, whole: true, by}) : [];
  return movedAnswer(view, place, {...told, event: by, lines: lines.length > 0 ? lines : moved.lines});
};

/** Returns a sentence that a TCP variable has not changed, as far as events were searched; empty if the SYNs explain it as an option. */
const unchangedText = (view: View, place: Place): readonly string[] => {
  const {language, cursor} = view;
  if (cursor > searchedEvents) return [whyVariable.long[language]({events: searchedEvents})];
  return agreedOption(view, place) === undefined ? [whyVariable.always[language]] : [];
};

/** Returns the answer to *Why?* for a TCP variable with a value: the event that set it, or that it has never changed. */
const setAnswer = (view: View, place: Place, {isAsked, ...told}: Told & {readonly isAsked: boolean}): Why => {
  const event = lastChange(view, place);
  const {heading, law, clause} = told;
  const still = {...nothingToTell(view), heading, rule: clause};
  if (event === undefined) return {...still, paragraphs: [...unchangedText(view, place), ...law]};
  const begun = isAsked ? undefined : beginningAt(view, place, event);
  if (begun?.uncaused) return {...still, paragraphs: begun.paragraphs};
  const lines = isAsked
    ? []
    : arithmeticOf(view, {...place, event, whole: true, begins: begun?.formula ?? told.formula});
  const own = roomLaw(view, place, event) ?? reducedLaw(view, place, event);
  const sample = sampleOf(view, place, event);
  const moved = {
    ...told,
    law: [...law, ...floorLaw(view, {...place, event}, lines[0] ?? '')],
    ...own,
    ...(sample ? {law: [...law, sample.text]} : {}),
    ...{event, lines: sample?.lines ?? own?.lines ?? lines},
  };
  const shown = shownIn[place.name]?.(view, place.host, event);
  if (shown) return shownAnswer(view, place, shown, moved);
  // If a question asks for a number in the formula, the answer does not explain the variable's first value.
  if (begun === undefined || (begun.formula !== undefined && lines.length === 0))
    return movedAnswer(view, place, moved);
  return movedAnswer(view, place, {
    ...moved,
    law: begun.paragraphs,
    clause: begun.clause === undefined ? clause : `RFC ${begun.clause}`,
    unruled: begun.clause !== undefined,
  });
};

/** The largest initial sequence number that a text calls short, because it is easy to read. */
const shortMost = 99_999;

/** Returns a sentence that the run's author chose the initial sequence number; empty if TCP did, as for SYN cookies or after TIME-WAIT. */
const setHere = (view: View, {host, name}: Place): readonly string[] => {
  const iss = name === 'iss' ? endAtHand(view, host)?.iss : undefined;
  const isSet = iss !== undefined && (view.input.trace.header.setNumbers?.get(host)?.includes(iss) ?? false);
  return isSet ? [variableBegins.iss[view.language]({short: iss <= shortMost})] : [];
};

/** Returns how a variable changes and the clause for it; if several laws exist, the one that applied, with its formula. */
const lawOf = (view: View, place: Place, value: string | undefined): Omit<Told, 'heading'> => {
  const {language} = view;
  const {host, name} = place;
  if (!isVariable(name)) return {law: [], clause: undefined};
  const event = value === undefined || value === '?' ? undefined : lastChange(view, place);
  if (name === 'rttvar' && value !== undefined && isOfLinux(view)) {
    const least = event === undefined ? undefined : leastTimeout(view, host, event);
    return {law: [lawsOfLinux.rttvar[language]({least})], clause: 'Linux tcp_rtt_estimator'};
  }
  const own = name === 'ssthresh' && event !== undefined ? thresholdLaw(view, host, event) : undefined;
  const ofSyn = event === undefined ? unsetWindow(view, name, value) : windowLaw(view, place, event);
  const unnamed = name === 'mss' ? mssLaw(view, host) : undefined;
  const option = value === undefined ? undefined : agreedOption(view, place);
  const law = [
    unnamed ?? variableLaws[name][language],
    ...(option === undefined ? [] : [option]),
    ...setHere(view, place),
  ];
  return own ?? ofSyn ?? {law, clause: `RFC ${clauses[name]}`};
};

const numberAnswer = (view: View, place: Place): Why => {
  const {language} = view;
  const {host, name} = place;
  const value = shownValue(view, place);
  const told = lawOf(view, place, value);
  const about = {name, host: theHost(view.input.trace, host), ...peerOf(view, host)};
  if (value === undefined)
    return unsetAnswer(view, place, {...told, heading: whyVariable.unset[language](about)});
  const heading = whyVariable.heading[language]({...about, value});
  return setAnswer(view, place, {...told, heading, isAsked: value === '?'});
};

/** Returns the last change of a host's TCP state that the endpoints panel shows, among the visible events; undefined if there is none. */
const lastState = (view: View, host: string): StateChange | undefined => {
  const {pacing, trace} = view.input;
  const limit = {n: (instantOf(trace, view.cursor).at(-1)?.n ?? 0) + 1, moment: view.moment};
  const observed = observedAtHand(view);
  if (observed) return lastChangeOf(pacing, host, {...limit, connection: `${observed.id}`});
  const newest = lastChangeOf(pacing, host, limit);
  const connection = isMany(view) ? connectionsAtHand(view).get(host) : undefined;
  return connection === undefined ? newest : lastChangeFor(pacing, host, {...limit, connection});
};

const stateAnswer = (view: View, host: string): Why => {
  const {language, input} = view;
  const last = lastState(view, host);
  if (last === undefined) return noState(view, host);
  const {event, state} = last;
  const why = whyOf(view, event);
  const change = entryAt(input.trace, event);
  const since = isAhead(view, change) ? [] : [whyVariable.stateSince[language]({time: timeOf(change)})];
  return {
    ...why,
    heading: whyVariable.state[language]({
      host: theHost(input.trace, host),
      value: state,
      ...peerOf(view, host),
    }),
    paragraphs: [...since, ...why.paragraphs],
    next: undefined,
  };
};

const timerAnswer = (view: View, place: Place): Why => {
  const {language, input} = view;
  const {host, name} = place;
  const tcb = timedAt(view, place);
  const event = lastChange(view, place);
  const timer = timerOf(name);
  const dueUs = timer && tcb?.timers[timer];
  const connection = tcb && connectionId(tcb.local, tcb.remote);
  const ports = portsAmong(input.trace, {n: view.cursor, host, connection});
  const about = {name, host: theHost(input.trace, host), ports};
  const heading = wordedWithNames(whyTimer.heading, about)[language];
  // If the start of the timer is not found among the visible events, it is at the instant that an open question is about.
  if (event === undefined || tcb === undefined || dueUs === undefined)
    return {...nothingToTell(view), heading, paragraphs: [whyTimer.asked[language]]};
  const why = whyOf(view, event);
  const change = entryAt(input.trace, event);
  const times = {
    time: formatMoment(change.atUs),
    left: formatTime(Math.max(0, dueUs - view.nowUs)),
    again: startsAgain(input.trace, change),
  };
  const due = dueText(view, change);
  const again = timer === 'RTO' && tcb.retries > 0 ? [whyTimer.again[language]({times: tcb.retries})] : [];
  return {
    ...why,
    heading,
    paragraphs: [
      whyTimer.runs[language](times),
      ...(due ? [due[language]] : []),
      ...again,
      ...why.paragraphs,
    ],
    next: undefined,
  };
};

/** Answers *Why?* for a TCP variable, the TCP state or a timer of a host, as of the last event that may be seen. */
export const variableAnswer = (view: View, place: Place): Why => {
  const seen: View = {...view, cursor: lastSeen(view)};
  if (place.name === 'state') return stateAnswer(seen, place.host);
  return timerOf(place.name) === undefined ? numberAnswer(seen, place) : timerAnswer(seen, place);
};
