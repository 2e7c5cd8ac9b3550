// Answers *Why?* for any subject: its present state and since when, then the event that caused that state, with the rule and its numbers.

import {citation} from '../../account/citation.ts';
import {entriesOf, entryAt, instantOf} from '../../account/entries.ts';
import {spaced} from '../../lesson/text.ts';
import {whyField, whyQuestion, whyWraps} from '../../words/catalogue/why.ts';
import {terminal} from '../../words/written.ts';
import type {Subject} from '../subject.ts';
import {momentOf} from '../time/pace.ts';
import {isQuestion, type Question} from '../time/waypoints.ts';
import type {View} from '../view.ts';
import {wraps} from './arithmetic.ts';
import {fieldAnswer} from './field-answer.ts';
import {cacheAnswer, cookieAnswer, sessionAnswer} from './kept-answer.ts';
import {packetAnswer} from './packet-answer.ts';
import {nothingToTell, type Why, whyOf} from './scene-why.ts';
import {dueText} from './timer-due.ts';
import {certificatesAnswer, keyAnswer, recordsAnswer} from './tls-answer.ts';
import {isShown, variableAnswer} from './variable-answer.ts';

const eventAnswer = (view: View, n: number): Why => {
  const why = whyOf(view, n);
  const due = dueText(view, entryAt(view.input.trace, n));
  return due ? {...why, paragraphs: [...why.paragraphs, due[view.language]]} : why;
};

/**
 * Returns what a question of a lesson asks for and hides: a header field of a packet, or a variable of a host; undefined if it asks for
 * neither.
 */
const askedIn = ({hides}: Pick<Question, 'hides'>): Subject | undefined => {
  const [first, second] = hides?.fields ?? [];
  if (hides === undefined || first === undefined) return undefined;
  if (hides.packet === undefined) {
    const [, host, name] = /^(\w+)\.([\w.]+)$/.exec(first) ?? [];
    return host !== undefined && name !== undefined && isShown(name)
      ? {kind: 'variable', host, name}
      : undefined;
  }
  // A question can give two names to the number that it hides, such as `tcp.seq` and `tcp.seq_raw`; the second name is then that of the
  // header field.
  const field = second?.endsWith('_raw') || first === 'flags' ? second : first;
  return {kind: 'field', packet: hides.packet, field: field ?? first};
};

/**
 * Tells whether the explanation in a lesson's question is the whole answer to *Why?*, because the question is about the whole run, or about
 * no field or variable.
 */
const isToldWhole = ({kind, explain, hides, event}: Question): boolean =>
  event < 1 || (explain !== undefined && (kind !== 'prediction' || askedIn({hides}) === undefined));

/** Tells whether *Why?* says more about an answered question than the reply to the learner's answer did. */
export const tellsMore = (view: View, beat: number): boolean => {
  const question = view.input.beats.filter(isQuestion).find(({index}) => index === beat);
  return question !== undefined && view.hidden.length === 0 && !isToldWhole(question);
};

/**
 * Returns the number of the later event that brings a host into the TCP state that a question asks for; undefined if the host is in that
 * state already, or the question asks for no state.
 */
const bringsState = (view: View, asked: Subject, answer: string | undefined): number | undefined => {
  if (asked.kind !== 'variable' || asked.name !== 'state') return undefined;
  const changes = [...entriesOf(view.input.trace, 'state')].filter(({host}) => host === asked.host);
  const held = changes.findLast(({n}) => n <= view.cursor);
  return held?.to === answer ? undefined : changes.find(({n, to}) => n > view.cursor && to === answer)?.n;
};

/**
 * Answers *Why?* for a question of a lesson, once the learner has answered it. What it asked about is no longer hidden, unless another
 * question still asks about it.
 */
const questionAnswer = (view: View, beat: number): Why => {
  const {language, input} = view;
  const question = input.beats.filter(isQuestion).find(({index}) => index === beat);
  if (question === undefined) return nothingToTell(view);
  const {ask, choices, explain, rfc, event} = question;
  const say = (text: string): string => terminal.text(text.trim());
  const right = choices.find(({correct}) => correct);
  const told = [
    ...(right ? [whyQuestion[language]({answer: say(right.text[language])})] : []),
    ...(explain ? [say(explain[language])] : []),
  ];
  const still = {...nothingToTell(view), heading: say(ask[language])};
  if (input.playback.answers[beat] === undefined) return {...still, paragraphs: [whyField.open[language]]};
  const own = {
    ...still,
    paragraphs: told,
    rule: rfc === undefined ? undefined : say(citation(rfc)),
  };
  // The rule behind one event does not answer a question about the whole run, so *Why?* then gives only the question's own explanation.
  if (view.hidden.length > 0 || isToldWhole(question)) return own;
  const cursor = instantOf(input.trace, event).at(-1)?.n ?? event;
  const then: View = {...view, cursor, moment: momentOf(input.pacing, cursor)};
  const asked = question.kind === 'prediction' ? askedIn(question) : undefined;
  const brings = asked && bringsState(then, asked, right?.text.en);
  const why = asked && brings === undefined ? answerTo(then, asked) : whyOf(then, brings ?? event);
  return {
    ...why,
    heading: own.heading,
    plain: why.plain && [...told, ...why.plain],
    paragraphs: [...told, ...why.paragraphs],
    rule: own.rule ?? why.rule,
    myth: [],
    next: undefined,
  };
};

/** The kinds of subjects of *Why?* that are events, or whose reason is that of an event. */
const ofEvents: ReadonlySet<Subject['kind']> = new Set(['event', 'packet', 'question']);

/**
 * Returns the answer for any subject. Only events have a plain sentence, because the reason of an event is not the meaning of a field, a
 * variable or a key.
 */
const answerTo = (view: View, subject: Subject): Why => {
  const why = fullAnswer(view, subject);
  return ofEvents.has(subject.kind) ? why : {...why, plain: undefined};
};

const fullAnswer = (view: View, subject: Subject): Why => {
  switch (subject.kind) {
    case 'event':
      return eventAnswer(view, subject.event);
    case 'packet':
      return packetAnswer(view, subject.packet);
    case 'field':
      return fieldAnswer(view, subject);
    case 'variable':
      return variableAnswer(view, subject);
    case 'cache':
      return cacheAnswer(view, subject);
    case 'cookie':
      return cookieAnswer(view, subject);
    case 'session':
      return sessionAnswer(view, subject);
    case 'key':
      return keyAnswer(view, subject);
    case 'records':
      return recordsAnswer(view, subject.packet, packetAnswer(view, subject.packet));
    case 'certificates':
      return certificatesAnswer(view);
    case 'question':
      return questionAnswer(view, subject.beat);
  }
};

/**
 * Returns the answer to *Why?* for a subject, with spaces where two scripts meet, because names of hosts and texts of lessons may be in
 * another script than the sentence around them.
 */
export const whyAbout = (view: View, subject: Subject): Why => {
  const why = answerTo(view, subject);
  const paragraphs = why.formulas.some(wraps) ? [...why.paragraphs, whyWraps[view.language]] : why.paragraphs;
  const plain = why.plain?.map(spaced);
  return {...why, heading: spaced(why.heading), plain, paragraphs: paragraphs.map(spaced)};
};

/**
 * Returns the part of an answer to *Why?* that is shown first: the plain sentence, and the events to which `<` and `>` lead; the whole
 * answer if it has no plain sentence.
 */
export const firstDepth = (why: Why): Why =>
  why.plain === undefined
    ? why
    : {
        ...why,
        ...{paragraphs: why.plain, formulas: [], details: [], heldBack: [], more: true},
        ...{rule: undefined, causedBy: undefined, myth: []},
      };

/**
 * Returns the parts of an answer to *Why?* that the library (`packet-tutor/core`) returns: the plain and the full reason, formulas, and the
 * clause.
 */
export const reasonIn = (why: Why) => {
  const {heading, paragraphs: derivation, rule: clause, formulas, heldBack} = why;
  const plain = firstDepth(why).paragraphs;
  return {heading, plain, derivation, formulas, heldBack, ...(clause !== undefined && {clause})};
};
