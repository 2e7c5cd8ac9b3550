// *Why?* of a variable, a state or a timer of a host: its value, since when, the event that moved it, and the arithmetic.
import {beginningOf, instantOf} from '../../account/causes.ts';
import {entryAt, worldAt} from '../../account/entries.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {variableLaws, whyTimer, whyVariable} from '../../words/catalogue/why.ts';
import {formatSeen, formatTime} from '../../words/format.ts';
import {connectionIn, connectionsAtHand} from '../endpoints/at-hand.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import {lastChange, type Place, timedAt} from '../endpoints/last-change.ts';
import {observedAtHand} from '../endpoints/observed.ts';
import {timerOf} from '../endpoints/scene-timers.ts';
import {type ObservedName, quantityText, type VariableName} from '../endpoints/variables.ts';
import {answersTo} from '../ladder/label.ts';
import {lastSeen} from '../seen.ts';
import type {StateChange} from '../time/pace.ts';
import type {View} from '../view.ts';
import {arithmeticOf} from './arithmetic.ts';
import {eventText} from './event-text.ts';
import {nothingToTell, type Why, whyOf} from './scene-why.ts';

/** Where each variable and the way it moves is written. */
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

/** Is it a variable, the state or a timer? */
export const isShown = (name: string): boolean =>
  isVariable(name) || name === 'state' || timerOf(name) !== undefined;

const timeOf = ({atUs, estimated}: TraceEvent): string => formatSeen(atUs, estimated ?? false);

/** What sending alone moves. */
const bySending: readonly string[] = ['snd.nxt', 'flightSize'];

/** The step of that instant whose rule says how the variable moves; of a connection that it made, what made it; else the arrival. */
const changerIn = (view: View, {host, name}: Place, event: number): TraceEvent => {
  const {trace, rule} = view.input;
  const instant = instantOf(trace, event);
  const own = instant.filter((each) => each.host === host);
  const moves = ({because}: TraceEvent): boolean =>
    because !== undefined &&
    (rule(because)?.formula ?? []).some((formula) => formula.startsWith(`${name}' = `));
  const variables = variablesAt(view);
  const [before, after] = [(instant[0]?.n ?? 1) - 1, event].map((n) => variables(n, host));
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

/** As the endpoints panel shows it; `?` where a question asks for it. */
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
  return isAsked ? '?' : text;
};

/** An arrival changes numbers by what TCP says of every segment; any other rule has words of its own. */
const hasReason = ({because, kind}: TraceEvent): boolean => because !== undefined && kind !== 'arrive';

const reasonsOf = (why: Why, changer: TraceEvent): readonly string[] =>
  hasReason(changer) ? why.paragraphs : [];

const numberAnswer = (view: View, place: Place): Why => {
  const {language} = view;
  const {host, name} = place;
  const law = isVariable(name) ? [variableLaws[name][language]] : [];
  const clause = isVariable(name) ? `RFC ${clauses[name]}` : undefined;
  const value = shownValue(view, place);
  const about = {name, host: theHost(view.input.trace, host)};
  const heading =
    value === undefined
      ? whyVariable.unset[language](about)
      : whyVariable.heading[language]({...about, value});
  const still = {...nothingToTell(view), heading, rule: clause};
  if (value === undefined) return {...still, paragraphs: [whyVariable.none[language], ...law]};
  const event = lastChange(view, place);
  if (event === undefined) return {...still, paragraphs: [whyVariable.always[language], ...law]};
  const changer = changerIn(view, place, event);
  const why = whyOf(view, changer.n);
  const lines = value === '?' ? [] : arithmeticOf(view, {host, name, event, whole: true});
  const since = whyVariable.since[language]({time: timeOf(changer)});
  const ruled = hasReason(changer) ? why.rule : undefined;
  return {
    ...why,
    heading,
    paragraphs: [since, ...law, ...reasonsOf(why, changer)],
    formulas: lines.length === 0 ? [] : [lines],
    rule: [clause, ruled].filter((each) => each !== undefined).join(punctuation.semicolon[language]),
    causedBy: eventText(view, beginningOf(view.input.trace, changer.n) ?? changer),
    notBecause: undefined,
  };
};

/** The last one of the connection at hand. */
const lastState = (view: View, host: string): number | undefined => {
  const {pacing} = view.input;
  const observed = observedAtHand(view);
  const connection = observed ? `${observed.id}` : connectionsAtHand(view).get(host);
  const isOwn = (each: StateChange): boolean =>
    each.host === host &&
    each.event <= view.cursor &&
    (connection === undefined || each.connection === connection);
  return pacing.changes.findLast(isOwn)?.event;
};

const stateAnswer = (view: View, host: string): Why => {
  const {language, input} = view;
  const event = lastState(view, host);
  if (event === undefined) {
    const tcb = connectionIn(worldAt(input.trace, view.cursor), host, connectionsAtHand(view));
    const isKnown = worldAt(input.trace, 0) !== undefined;
    const about = {host: theHost(view.input.trace, host), value: tcb?.state ?? 'CLOSED'};
    const heading = whyVariable[isKnown ? 'state' : 'whichState'][language](about);
    const missing = tcb ? whyVariable.stateAlways : whyVariable.noConnection;
    const now = isKnown ? missing : whyVariable.stateUnknown;
    return {...nothingToTell(view), heading, paragraphs: [now[language]]};
  }
  const change = entryAt(input.trace, event);
  const why = whyOf(view, event);
  if (change.kind !== 'state') return why;
  return {
    ...why,
    heading: whyVariable.state[language]({host: theHost(view.input.trace, host), value: change.to}),
    paragraphs: [whyVariable.stateSince[language]({time: timeOf(change)}), ...why.paragraphs],
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
  const heading = whyTimer.heading[language]({name, host: theHost(view.input.trace, host)});
  // It starts in the instant that an open question is about.
  if (event === undefined || tcb === undefined || dueUs === undefined)
    return {...nothingToTell(view), heading, paragraphs: [whyTimer.asked[language]]};
  const why = whyOf(view, event);
  const change = entryAt(input.trace, event);
  const times = {
    time: formatTime(change.atUs),
    due: formatTime(dueUs),
    left: formatTime(Math.max(0, dueUs - view.nowUs)),
  };
  const again = timer === 'RTO' && tcb.retries > 0 ? [whyTimer.again[language]({times: tcb.retries})] : [];
  return {
    ...why,
    heading,
    paragraphs: [whyTimer.runs[language](times), ...again, ...why.paragraphs],
    next: undefined,
  };
};

/** Of the last instant that may be seen. */
export const variableAnswer = (view: View, place: Place): Why => {
  const seen: View = {...view, cursor: lastSeen(view)};
  if (place.name === 'state') return stateAnswer(seen, place.host);
  return timerOf(place.name) === undefined ? numberAnswer(seen, place) : timerAnswer(seen, place);
};
