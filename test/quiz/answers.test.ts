// What is asked about a run, and what is right. Oracles: RFC 9293 figures 6 and 12 for the handshake and the teardown; elsewhere the
// packets as dissected (which tshark vouches for) and the log of the run.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {generators} from '../../source/quiz/generators.ts';
import {grade} from '../../source/quiz/grade.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {ask, runsOf} from '../../source/quiz/sheet.ts';
import {type Asked, happened} from '../../source/quiz/variant.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {dissect} from '../../source/wire/dissect.ts';
import {allLessons, lessonNamed} from '../helpers/all-runs.ts';
import {told} from '../helpers/judge-log.ts';
import {some, thorough} from '../helpers/seeds.ts';

const happenedIn = (id: string): Asked => {
  const lesson = lessonNamed(id);
  const [run] = runsOf(lesson);
  if (!run) throw new Error(`no lesson ${id}`);
  const company = {crypto: nodeCrypto, lessons: [lesson], mostEvents: undefined};
  return happened({lesson, run, seed: 2, profile: run.profile, faults: []}, company);
};

/** Of every kind at most so many, from the beginning to the end of the run. */
const asked = (run: Asked, most: number): readonly Question[] =>
  generators.flatMap((generator) => {
    const places = generator.places(run);
    const step = Math.max(1, Math.ceil(places.length / most));
    return places.filter((_, n) => n % step === 0).flatMap((place) => ask(generator, run, place) ?? []);
  });

const fieldsOf = (trace: Trace, packet: number) => {
  const {bytes, linkType} = trace.packet(packet);
  return dissect(bytes, linkType).layers.flatMap(({fields}) => fields);
};

const numberIn = (trace: Trace, packet: number, name: string): number =>
  Number(fieldsOf(trace, packet).find((field) => field.name === name)?.value);

/** `2 c+1`: the packet that shows it, and the number counted from the client's or the server's first. */
const counted = (trace: Trace, kind: string, questions: readonly Question[]): readonly string[] => {
  const [c, s] = [1, 2].map((packet) => numberIn(trace, packet, 'tcp.seq_raw'));
  return questions
    .filter((question) => question.kind === kind)
    .map(({evidence: {packet, value}}) => {
      const [fromClient, fromServer] = [Number(value) - (c ?? 0), Number(value) - (s ?? 0)];
      const isClient = fromClient >= 0 && fromClient < 1000;
      const isServer = fromServer >= 0 && fromServer < 1000;
      return `${packet} ${isClient ? `c+${fromClient}` : isServer ? `s+${fromServer}` : value}`;
    });
};

test('the handshake (RFC 9293 figure 6)', () => {
  const run = happenedIn('handshake');
  const questions = asked(run, 20);
  const of = (kind: string) => counted(run.trace, kind, questions);
  expect(of('next-ack')).toEqual(['2 c+1', '3 s+1']);
  expect(of('next-seq')).toEqual(['3 c+1']);
  // With which flag connect() begins takes no thought.
  expect(of('which-flags')).toEqual(['2 0x0012', '3 0x0010']);
  expect(of('state-after')).toEqual(['1 SYN-RECEIVED', '2 ESTABLISHED', '3 ESTABLISHED']);
  expect(of('who-sends-next')).toEqual(['3 192.0.2.10']);
  expect(of('state-of-peer')).toEqual(['2 SYN-RECEIVED', '3 ESTABLISHED']);
});

test('the teardown (RFC 9293 figure 12), with 100, 200 and 50 octets', () => {
  const run = happenedIn('teardown');
  const questions = asked(run, 20);
  const of = (kind: string) => counted(run.trace, kind, questions);
  expect(of('next-ack')).toEqual(['2 c+1', '3 s+1', '5 c+101', '7 s+201', '9 c+102', '11 s+251', '13 s+252']);
  expect(of('next-seq')).toEqual([
    ...['3 c+1', '4 c+1', '5 s+1', '6 s+1', '7 c+101', '8 c+101'],
    ...['9 s+201', '10 s+201', '11 c+102', '12 s+251', '13 c+102'],
  ]);
  expect(of('state-after')).toEqual([
    // How it opened is asked elsewhere.
    ...['8 CLOSE-WAIT', '9 FIN-WAIT-2'],
    // The connection is gone; the program still listens.
    ...['12 TIME-WAIT', '13 CLOSED'],
  ]);
  const flags = {16: [5, 7, 9, 11, 13], 17: [8, 12]};
  const said = Object.entries(flags).flatMap(([value, packets]) =>
    packets.map((packet) => `${packet} 0x${Number(value).toString(16).padStart(4, '0')}`),
  );
  expect(of('which-flags').toSorted()).toEqual(said.toSorted());
  // 2 MSL of a minute from the second FIN on, which leaves at 1300 ms and arrives after 50 ms.
  for (const kind of ['which-timer', 'ends-in-time-wait']) expect(of(kind)).toEqual(['12 61350000']);
  expect(of('spot-faulty').length).toBeGreaterThan(4);
});

thorough('whose fault it is, is mixed up only between codes of faults (RFC 9110 §15.5, §15.6)', () => {
  const questions = asked(happenedIn('http-status'), 20).filter(({kind}) => kind === 'which-status');
  expect(questions.length).toBeGreaterThan(3);
  for (const {choices, answer, evidence} of questions)
    for (const {id, value, misconception} of choices) {
      const both =
        id !== answer &&
        Math.floor(Number(value) / 100) === 9 - Math.floor(Number(evidence.value) / 100) &&
        Number(evidence.value) >= 400;
      expect([value, misconception]).toEqual([value, both ? 'status-class-mixup' : undefined]);
    }
});

const lessons = some(
  allLessons().map(({id}) => id),
  2,
);

const isField = ({evidence}: Question): boolean => !evidence.field.includes(':');

test.each(lessons)('what is asked about %s is so, and one answer is right', (id) => {
  const run = happenedIn(id);
  const questions = asked(run, 4);
  expect(questions.length).toBeGreaterThan(3);
  for (const question of questions) {
    const {kind, evidence, choices, answer, form, prompt, explain} = question;
    const name = `${kind} ${evidence.packet} ${evidence.field}`;
    // Others run with a fault of their own, which the judges of test/commands simulate again.
    const same = evidence.run === run.variant.run.name && evidence.faults.length === 0;
    if (same && isField(question)) {
      const {packet} = evidence;
      if (packet === undefined) throw new Error(`${name}: of no packet`);
      const values = fieldsOf(run.trace, packet).filter((field) => field.name === evidence.field);
      const whole = new Map([
        ['frame.number', String(packet)],
        ['frame.len', String(run.trace.packet(packet).originalLength)],
      ]).get(evidence.field);
      const found = whole === undefined ? values.map(({value}) => value) : [whole];
      // A record that began in an earlier segment is octets where one segment is looked at alone.
      if (found.length > 0 || !evidence.field.startsWith('tls.'))
        expect(found, name).toContain(evidence.value);
    } else if (
      same &&
      !/^(clause|expression:(beat|question))/.test(evidence.field) &&
      evidence.seed === run.variant.seed
    ) {
      expect(told(question, run.trace), name).toBe(evidence.value);
    }
    expect(grade(question, answer).right, name).toBe(true);
    const right = choices.filter((choice) => grade(question, choice.id).right);
    if (form === 'choice')
      expect(
        right.map((choice) => choice.id),
        name,
      ).toEqual([answer]);
    if (form === 'choice' && isField(question))
      expect(choices.filter(({value}) => value === evidence.value).length, name).toBe(1);
    expect(new Set(choices.map(({text}) => text.en)).size, name).toBe(choices.length);
    for (const {en, zh} of [promptText(prompt), explain, ...choices.map(({text}) => text)])
      expect(`${en} ${zh}`, name).not.toMatch(/undefined|NaN|null|\[object/);
  }
});
