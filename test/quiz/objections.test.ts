// What experts objected to on sheets that they answered blind: something named that is not printed, a choice that is printed already, a
// reply that cites what it should not. Oracle: RFC 9112 §6.3, RFC 6891 §6.1.1, RFC 2018 §4, their reports.
import {expect, test} from 'vitest';
import {packetOf} from '../../source/account/packet.ts';
import {lessonData} from '../../source/io/lessons.ts';
import {sameIn} from '../../source/lesson/text.ts';
import type {QuestionKind} from '../../source/quiz/kinds.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {paperOf} from '../../source/view/quiz/paper.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {questionOf, roundOf} from '../helpers/questions.ts';
import {about, candidatesOf, questionsOf} from './asked-runs.ts';

type Read = Question & {readonly printed: string};

const asked = (runs: readonly string[], ...kinds: readonly QuestionKind[]): readonly Read[] => {
  const found = runs.flatMap((run) => kinds.flatMap((kind) => questionsOf(about(run), kind)));
  expect(found.length).toBeGreaterThan(0);
  return found.map((each) => ({...each, printed: promptText(each.prompt).en}));
};

const tls = ['https-tls12/rsa', 'https-tls13/full', 'https-tls13/resumed'];

test('no packet is named that is not printed, and ECH only where it could be', () => {
  for (const {printed} of asked(
    tls,
    'key-of-record',
    'record-type',
    'eavesdropper-reads',
    'clear-messages',
  )) {
    expect(printed).not.toMatch(/packet \d/i);
    expect(printed).not.toMatch(/TLS 1.2[\s\S]*ECH|ECH[\s\S]*TLS 1.2/);
  }
});

test('of the messages in clear one choice is wrong, and none is half in clear; no ticket comes before both are done', () => {
  for (const {printed, choices, answer} of asked(tls, 'clear-messages')) {
    expect(choices.map(({text}) => text.en)).toContain('Finished');
    expect(answer).toHaveLength(printed.includes('TLS 1.2') ? choices.length - 1 : 2);
    expect(printed).not.toContain('ClientKeyExchange');
  }
  for (const {printed} of asked(['https-tls13/resumed'], 'tls-resumed'))
    expect(printed).not.toMatch(/Finished +NewSessionTicket/);
});

test('of a message that is missing no choice is printed already, and none names its side twice', () => {
  for (const {printed, choices, explain} of asked(tls, 'missing-message')) {
    for (const {text} of choices) {
      expect(printed.split(/ · |\n */)).not.toContain(text.en);
      expect(text.en).not.toMatch(/C Server|S Client/);
    }
    expect(explain.en).toMatch(/RFC/);
  }
});

test('true or not: nobody could always say that nobody can tell', () => {
  for (const {choices} of asked(['http-status'], 'is-it-so')) expect(choices.length).toBe(2);
});

test('whether a connection stays follows from what ends the content', () => {
  for (const {printed, choices, answer} of asked(['http-status', 'http-connections'], 'connection-after')) {
    const isFramed = /content-length|transfer-encoding|HTTP\/1.1 (1|204|304)|HEAD/i.test(printed);
    const right = choices.find(({id}) => id === answer)?.value;
    if (right === 'open') expect(printed).toMatch(isFramed ? /./ : /content-length/i);
  }
});

test('how much a browser takes is to be known', () => {
  for (const {printed} of asked(['cookies-session'], 'cookies-kept')) expect(printed).not.toContain('4096');
});

test('a response without content is not counted', () => {
  for (const {printed} of asked(['http-status', 'http-connections'], 'response-bytes'))
    expect(printed).not.toMatch(/Content-Length: 0\b/);
});

test('a record’s section is asked for where the record is not what was asked for; that there is an answer is not said', () => {
  const found = asked(['dns-recursion', 'dns-cache/alias'], 'dns-section');
  expect(new Set(found.map(({evidence}) => evidence.value)).size).toBe(3);
  for (const {printed, evidence} of found) {
    expect(printed).not.toMatch(evidence.value === 'additional' ? /with an answer/ : /an answer/);
    const [, name, type] = /question for (\S+) (\w+)/.exec(printed) ?? [];
    expect(printed).not.toMatch(new RegExp(`^ *${name} \\d+ ${type} `, 'm'));
  }
});

test('the whole response is the one that comes, its OPT counted', () => {
  const run = about('dns-transport/edns');
  for (const {printed, evidence} of asked(['dns-transport/edns'], 'answer-fits')) {
    const octets = Number(/of (\d+) bytes/.exec(printed)?.[1]);
    // Ethernet 14, IPv4 20, UDP 8.
    if (/EDNS/.test(printed))
      expect(packetOf(run.trace, evidence.packet ?? 0).bytes.length - 42).toBe(octets);
  }
});

test('two scales that are alike are one number', () => {
  for (const {printed} of asked(['tcp-header', 'teardown'], 'window-bytes')) {
    const scales = [...printed.matchAll(/scale is (\d+)|, (\d+) in the other/g)].map(
      ([, one, other]) => one ?? other,
    );
    expect(new Set(scales).size).toBe(scales.length);
  }
});

test('the window of a segment that was not taken is not asked for', () => {
  for (const run of ['accept-queue/base', 'accept-queue/never', 'refused/outside', 'first-packet/base'])
    for (const each of candidatesOf(about(run), 'window-bytes'))
      expect(each).not.toHaveProperty('rejected', 'otherwise');
});

test('of options that both use there may be two', () => {
  const counts = asked(['handshake', 'teardown'], 'options-agreed').map(({answer}) =>
    typeof answer === 'object' ? answer.length : 0,
  );
  expect(new Set(counts).size).toBeGreaterThan(1);
});

test('a rule of a system is cited by the system', () => {
  const question = {...questionOf('choice'), because: 'linux:quickack'};
  const rule = {
    id: 'linux:quickack',
    rfc: 'Linux tcp_incr_quickack',
    step: sameIn(''),
    text: sameIn('It acknowledges at once.'),
  };
  const reference = {...roundOf([question]).reference, rule: () => rule};
  const paper = paperOf(
    {title: '', conditions: '', questions: [question]},
    {language: 'en', glyphs: unicodeGlyphs, withKey: true, reference},
  );
  const because = paper.key?.[0]?.because.join(' ');
  expect(because).toContain('Linux tcp_incr_quickack · It');
  expect(because).not.toContain('RFC Linux');
});

test('what the names of messages alone tell, or two equal lines, is not asked', () => {
  for (const {printed} of asked(tls, 'missing-message')) expect(printed).not.toMatch(/C ClientHello · \?/);
  for (const {printed} of asked(['dns-transport/what-if-4'], 'reply-taken')) {
    const lines = printed.split('\n').filter((line) => /^ +ID /.test(line));
    expect(new Set(lines).size).toBe(2);
  }
});

test('of a sentence to be judged only the last one is in question', () => {
  for (const {id, counter} of lessonData().misconceptions)
    for (const language of languages) {
      const [shown, believed] = [counter?.shown, counter?.believed].map((text) =>
        (text?.[language] ?? '')
          .trim()
          .split(/(?<=[.?!])\s+|(?<=[。？！])/)
          .slice(0, -1),
      );
      expect(shown, id).toEqual(believed);
    }
});

test('not every answer about the window that is left is 0', () => {
  for (const run of ['sliding-window', 'congestion']) {
    const answers = asked([run], 'usable-window').map(({evidence}) => evidence.value);
    const none = answers.filter((each) => each === '0').length;
    expect(none).toBeLessThanOrEqual(Math.max(1, answers.length - none));
  }
});
