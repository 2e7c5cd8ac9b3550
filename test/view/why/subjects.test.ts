// *Why?* of subjects that chance chooses at places of all lessons and recorded captures. Oracles: the state of the machine at that
// instant (never the formulas' own arithmetic), the order of events, and the answers of questions.
import {expect, test} from 'vitest';
import {effectOf} from '../../../source/account/causes.ts';
import type {Connection} from '../../../source/stack/tcp/connection.ts';
import {connectionIn, connectionsAtHand} from '../../../source/view/endpoints/at-hand.ts';
import {lastSeen} from '../../../source/view/seen.ts';
import {hiddenFieldsOf} from '../../../source/view/view.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {asksOthers, runs, seed} from '../../helpers/seeds.ts';
import {type Asked, askedAt} from './random-subjects.ts';

const rules = new Map(sharedData().rules.map((rule) => [rule.id, rule]));
const rule = (id: string) => rules.get(id);

const every: readonly Asked[] = Array.from({length: runs(160, 40)}, (_, nth) =>
  askedAt(seed + nth, {rule, language: 'en'}),
).flatMap((asked) => asked ?? []);

const textsOf = ({why}: Asked): readonly string[] => [
  why.heading,
  ...why.paragraphs,
  ...why.formulas.flat(),
  ...[why.causedBy, why.previous, why.next].flatMap((text) => text ?? []),
];

/** The last event of the instant on the screen. */
const lastEventOf = ({view}: Asked): number => {
  const {trace} = view.input;
  const asked = view.cursor > 0 ? trace.event(view.cursor).instant : 0;
  let last = view.cursor;
  while (last < trace.length && trace.event(last + 1).instant === asked) last++;
  return last;
};

test('it names what was asked', () => {
  const nameless = every.filter(({subject, why}) => {
    if (subject.kind === 'field') return !why.heading.includes(`${subject.packet}`);
    if (subject.kind === 'variable' && subject.name !== 'state') return !why.heading.includes(subject.name);
    return why.heading === '';
  });
  expect(nameless.map(({name, subject, why}) => ({name, subject, heading: why.heading}))).toEqual([]);
});

test('there is a reason, or it is said that there is none', () => {
  expect(
    every.filter(({why}) => why.paragraphs.length === 0).map(({name, subject}) => ({name, subject})),
  ).toEqual([]);
  const ids = /\b\d{3,4}:[\d.]+\/|\{|undefined|NaN/;
  expect(every.flatMap((asked) => textsOf(asked).filter((text) => ids.test(text)))).toEqual([]);
});

test('a question without an answer yet does not give it away', () => {
  const asked = Array.from({length: runs(80, 20)}, (_, nth) =>
    askedAt(4 * (seed + nth) + 1, {rule, language: 'en'}),
  );
  const open = asked.flatMap((each) => (each?.subject.kind === 'question' ? [each] : []));
  expect(open.length).toBeGreaterThan(0);
  for (const {why} of open) {
    expect(why.paragraphs).toEqual(['This question is still open. Answer it first.']);
    expect([why.rule, why.causedBy, why.next, ...why.formulas]).toEqual([undefined, undefined, undefined]);
  }
});

test('it tells of no packet that has not left', () => {
  const ahead = every.flatMap((asked) => {
    const {name, subject, view} = asked;
    const {trace} = view.input;
    // A question that was answered is about what comes next.
    const last = subject.kind === 'question' ? Number.POSITIVE_INFINITY : lastEventOf(asked);
    return textsOf(asked)
      .flatMap((text) => [...text.matchAll(/packet (\d+)/g)])
      .map(([, id]) => Number(id))
      .filter((id) => id >= 1 && id <= trace.packetCount && trace.packet(id).sendEvent > last)
      .map((id) => ({name, subject, id}));
  });
  expect(ahead).toEqual([]);
});

test('no event that it explains lies ahead', () => {
  const ahead = every.filter(
    (asked) => asked.subject.kind !== 'question' && (asked.why.event ?? 0) > lastEventOf(asked),
  );
  expect(ahead.map(({name, subject, why}) => ({name, subject, event: why.event}))).toEqual([]);
  const onwards = every.filter((asked) => {
    const {why, view} = asked;
    const effect = why.event === undefined ? undefined : effectOf(view.input.trace, why.event);
    return why.next !== undefined && (effect ?? 0) > lastEventOf(asked);
  });
  expect(onwards.map(({name, subject, why}) => ({name, subject, next: why.next}))).toEqual([]);
});

const numbers: {readonly [name: string]: (tcb: Connection) => number} = {
  'snd.una': ({snd}) => snd.una,
  'snd.nxt': ({snd}) => snd.nxt,
  'snd.wnd': ({snd}) => snd.wnd,
  'rcv.nxt': ({rcv}) => rcv.nxt,
  'rcv.wnd': ({rcv}) => rcv.wnd,
  cwnd: ({cwnd}) => cwnd,
  iss: ({iss}) => iss,
  irs: ({irs}) => irs,
  mss: ({mss}) => mss,
};

test('numbers are those of the machine at that instant', () => {
  const compared = {count: 0};
  const wrong = every.flatMap(({name, view, subject, why}) => {
    if (subject.kind !== 'variable') return [];
    const tcb = connectionIn(view.input.trace.stateAt(lastSeen(view)), subject.host, connectionsAtHand(view));
    const read = numbers[subject.name];
    if (!tcb || !read || / — |no value|\?\?| \? /.test(why.heading)) return [];
    compared.count++;
    const told = `${read(tcb)}`;
    const isNamed =
      / (\d+)(?: \(connection with .+\))?\?$/.exec(why.heading)?.[1] === told || why.heading.endsWith(' ??');
    // Beneath the symbols the first number is the variable's own.
    const beneath = why.formulas.every(
      ([symbols = '', values]) =>
        values === undefined || !symbols.startsWith(subject.name) || values.trim().startsWith(told),
    );
    return isNamed && beneath ? [] : [{name, subject, heading: why.heading, formulas: why.formulas, told}];
  });
  expect(wrong).toEqual([]);
  // Of a few subjects there may be no number.
  if (asksOthers()) expect(compared.count).toBeGreaterThan(0);
});

/** The number itself that was asked about, where no question hides it: it stands on the screen, also where another question has it for its answer. */
const isSeen = ({view, subject, why}: Asked, answer: string): boolean =>
  subject.kind === 'field' &&
  !hiddenFieldsOf(view, subject.packet).includes(subject.field) &&
  why.heading.endsWith(` ${answer} in packet ${subject.packet}?`);

test('what an open question asks for is nowhere', () => {
  const given = every.flatMap((asked) => {
    const {name, view, subject, why} = asked;
    // What the question itself says is no secret.
    const answers = view.hidden.flatMap(({ask, choices}) =>
      choices
        .filter(({correct, value}) => correct && !ask.en.includes(`${value}`))
        .map(({value}) => `${value}`),
    );
    const hidden = answers.filter((answer) => /^\d{4,}$/.test(answer) && !isSeen(asked, answer));
    const shown = [why.heading, ...why.formulas.flat()].join(' ');
    return hidden
      .filter((answer) => new RegExp(`\\b${answer}\\b`).test(shown))
      .map((answer) => ({name, subject, answer}));
  });
  expect(given).toEqual([]);
});
