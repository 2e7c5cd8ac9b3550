// A lesson's question outside its lesson. Oracle: the lesson's own sentences (lessons/dns/dns-cache.yaml): a line in the hosts file,
// and then the question how many datagrams leave.
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {writtenKind} from '../../source/quiz/kind.ts';
import {prediction} from '../../source/quiz/prediction.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {ask, runsOf, sheet} from '../../source/quiz/sheet.ts';
import {happened} from '../../source/quiz/variant.ts';
import {allLessons, lessonNamed} from '../helpers/all-runs.ts';
import {thorough} from '../helpers/seeds.ts';
import {about, questionsOf} from './asked-runs.ts';

thorough('a question brings what the lesson has just told', () => {
  const lessons = allLessons().filter(({id}) => id === 'dns-cache');
  const prompts: string[] = [];
  for (const {prompt} of sheet({lessons, kinds: ['prediction'], seed: 7, crypto: undefined}))
    if (prompts.push(promptText(prompt).en) === 40) break;
  expect(
    prompts.some((text) =>
      /line to the laptop’s hosts file[\s\S]*How many datagrams leave the laptop\?$/.test(text),
    ),
  ).toBe(true);
});

test('what rests on all that has come, with its times, is not asked where only the last packets stand; an old scene is left out', () => {
  const words = (run: string, kind: 'prediction' | 'question'): readonly string[] =>
    questionsOf(about(run), kind).map(({prompt}) => promptText(prompt).en);
  const ofPage = words('url-to-page', 'question');
  expect(ofPage.length).toBeGreaterThan(0);
  for (const each of ofPage) expect(each).not.toContain('taken longest');
  const ofStatus = words('http-status', 'prediction');
  const busy = ofStatus.find((each) => each.includes('more users'));
  expect(busy).toBeDefined();
  expect(busy).not.toContain('499');
  expect(ofStatus.some((each) => each.includes('499, which no RFC defines'))).toBe(true);
});

const askedIn = (id: string) => {
  const lesson = lessonNamed(id);
  const [run] = runsOf(lesson);
  if (!run) throw new Error(`no lesson ${id}`);
  const company = {crypto: nodeCrypto, lessons: [lesson], mostEvents: undefined};
  const {trace, ...asked} = happened({lesson, run, seed: 2, profile: run.profile, faults: []}, company);
  const questions = prediction
    .places({trace, ...asked})
    .flatMap((place) => ask(writtenKind(prediction), {trace, ...asked}, place) ?? []);
  return {trace, questions};
};

test('a question that is about no packet rests on the last one sent by then; before the first on none', () => {
  const {trace, questions} = askedIn('handshake');
  const about = questions.map(({place, evidence: {packet = 0}}) => [place.n, packet] as const);
  expect(about.some(([, packet]) => packet > 1)).toBe(true);
  for (const [n, packet] of about) {
    expect(trace.packet(packet).sendEvent).toBeLessThanOrEqual(n);
    if (packet < trace.packetCount) expect(trace.packet(packet + 1).sendEvent).toBeGreaterThanOrEqual(n);
  }
  const early = askedIn('url-to-page');
  const first = early.trace.packet(1).sendEvent;
  const before = early.questions.filter(({place}) => place.n < first);
  expect(before.map(({evidence}) => evidence.packet)).toEqual([undefined]);
  expect(JSON.stringify(before)).not.toContain('"packet":');
});
