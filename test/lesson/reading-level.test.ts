// No word before it is explained: each word of the glossary that lesson zero or the handshake says has been explained by then, there or
// in a lesson that it needs. Who reads the glossary's words, and the places where they are explained, decides; the order is the reader's.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {lessonFiles} from '../../scripts/lesson-files.ts';
import {composed, onPoint} from '../../source/quiz/composition.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {sheet} from '../../source/quiz/sheet.ts';
import {lessonNamed} from '../helpers/all-runs.ts';
import {sharedData} from '../helpers/kept-lessons.ts';
import {root} from '../helpers/root.ts';
import {some} from '../helpers/seeds.ts';

const languages = ['en', 'zh'] as const;
type Said = Readonly<Record<(typeof languages)[number], string>>;

/** The words by which a term is explained, in the text that does it. */
const explained: Readonly<Record<string, Readonly<Record<string, Said>>>> = {
  'first-packet': {
    packet: {
      en: 'a packet: a few bytes with two addresses',
      zh: '一个分组：一小段字节，开头写着从哪来、到哪去',
    },
    address: {en: 'with two addresses, from and to', zh: '开头写着从哪来、到哪去'},
    syn: {en: 'marked SYN (“I’d like to connect”)', zh: 'SYN 标志，意思是「我想建立连接」'},
    ack: {en: 'ACK says “I received your SYN', zh: 'ACK 表示「你的 SYN 我收到了'},
    'round-trip-time': {
      en: 'This is called the round-trip time (RTT)',
      zh: '一去一回所需的时间叫往返时间（RTT）',
    },
    'sequence-number': {en: 'where the laptop starts counting', zh: '笔记本的编号从'},
    'acknowledgment-number': {en: 'I expect number', zh: '下一个该是'},
    flag: {en: 'SYN and ACK are flags', zh: '叫作标志位（flag）'},
    psh: {en: 'PSH: give them to the program at once', zh: 'PSH 表示「马上交给程序」'},
    rto: {en: 'set a timer (RTO)', zh: '设了一个定时器（RTO）'},
  },
  layers: {
    packet: {en: 'The result is a packet of', zh: '字节的分组'},
  },
  'tcp-header': {
    segment: {en: 'Each begins with a header', zh: '每个都以首部开头'},
    port: {en: 'each end has to pick out a program', zh: '两端都要分清交给哪个程序'},
    'sequence-number': {en: 'It numbers bytes', zh: '它给字节编号'},
    'acknowledgment-number': {en: 'is the next byte that the server expects', zh: '期望收到的下一个字节'},
    flag: {en: 'Eight flags follow, one bit each', zh: '八个标志位，各占一位'},
    ack: {en: 'ACK acknowledges', zh: 'ACK 表示确认'},
    fin: {en: 'FIN says that the sender has no more data', zh: 'FIN 表示发送方没有数据了'},
  },
  handshake: {
    isn: {en: 'picks its initial sequence number', zh: '从它开始编号'},
    segment: {en: 'in a segment (TCP’s name for a packet)', zh: 'TCP 的分组叫报文段'},
    syn: {en: 'this is a request', zh: '表示请求建立连接'},
    'syn-sent': {en: 'SYN-SENT: the client has sent its SYN', zh: 'SYN-SENT 表示客户端已经发出 SYN'},
    closed: {en: 'CLOSED means no connection', zh: 'CLOSED 表示没有连接'},
    listen: {en: 'in LISTEN a host waits for a SYN', zh: 'LISTEN 表示在等连接请求'},
    established: {en: 'ESTABLISHED: open for data', zh: 'ESTABLISHED（可以收发数据了）'},
    'syn-queue': {en: 'the SYN queue (unfinished handshakes)', zh: '半连接队列（握手未完）'},
    embryonic: {en: 'unfinished handshakes', zh: '半连接队列（握手未完）'},
  },
};

const files = new Map(
  lessonFiles(join(root, 'lessons')).map((file) => [/([^/]+)\.yaml$/.exec(file)?.[1] ?? '', file]),
);
const known = new Map<string, unknown>();

const read = (id: string): unknown => {
  const lesson =
    known.get(id) ?? parse(readFileSync(files.get(id) ?? expect.fail(`no lesson ${id}`), 'utf8'));
  known.set(id, lesson);
  return lesson;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

/** All that is said within, in order; an expression is a number to the reader. */
const textsIn = (value: unknown): readonly Said[] => {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (!isRecord(value)) return [];
  const {en, zh} = value;
  if (typeof en === 'string' && typeof zh === 'string') {
    const bare = (text: string): string => text.replaceAll(/\{[^}]*(?:\{[^}]*\}[^}]*)*\}/g, '1');
    return [{en: bare(en), zh: bare(zh)}];
  }
  return Object.entries(value).flatMap(([key, inner]) => (key === 'myth' ? [] : textsIn(inner)));
};

/** A beat at a time, as it is read; the goals only name what is to come. */
const placesOf = (id: string): readonly (readonly Said[])[] => {
  const lesson = read(id);
  const beats = at(lesson, 'beats');
  const opening = at(lesson, 'opening');
  return [
    textsIn([at(opening, 'before'), at(opening, 'hosts')]),
    ...(Array.isArray(beats) ? beats.map((beat) => textsIn(beat)) : []),
  ];
};

const neededBy = (id: string): readonly string[] => {
  const requires = at(read(id), 'requires');
  const own = Array.isArray(requires) ? requires.filter((each) => typeof each === 'string') : [];
  return own.flatMap((each) => [...neededBy(each), each]);
};

const {glossary} = sharedData();

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `retransmission timeout (RTO)` has two names, and a list of words is several; of `keepalive (TCP)` the protocol is no name. */
const saysIn = (text: string, term: string, language: (typeof languages)[number]): boolean =>
  term
    .replace(/:.*/, '')
    .split(/[（()）,，、]/)
    .map((name) => name.trim())
    .filter((name) => name.length > 1 && name !== 'TCP')
    .some((name) =>
      language === 'zh' && !/^[\w-]+$/.test(name)
        ? text.includes(name)
        : new RegExp(`(?<![\\w-])${escaped(name)}s?(?![\\w-])`, /^[A-Z]/.test(name) ? '' : 'i').test(text),
    );

/** Each word where it is first said: `1 packet`. */
const firstUses = (id: string, language: (typeof languages)[number]): ReadonlyMap<string, number> => {
  const uses = new Map<string, number>();
  for (const [place, texts] of placesOf(id).entries())
    for (const {id: word, term} of glossary)
      if (!uses.has(word) && texts.some((text) => saysIn(text[language], term[language], language)))
        uses.set(word, place);
  return uses;
};

const explainedAt = (id: string, word: string, language: (typeof languages)[number]): number => {
  const quote = explained[id]?.[word]?.[language];
  return quote === undefined
    ? -1
    : placesOf(id).findIndex((texts) => texts.some((text) => text[language].includes(quote)));
};

test('the words that explain stand where they are said to', () => {
  for (const [id, words] of Object.entries(explained))
    for (const word of Object.keys(words)) {
      expect(glossary.map((term) => term.id)).toContain(word);
      for (const language of languages)
        expect(explainedAt(id, word, language), `${id} ${word} ${language}`).toBeGreaterThanOrEqual(0);
    }
});

test.each(
  ['first-packet', 'handshake'].flatMap((id) => languages.map((language) => [id, language] as const)),
)('%s, %s: no word before it is explained', (id, language) => {
  const before = neededBy(id);
  const early = [...firstUses(id, language)].filter(([word, place]) => {
    const here = explainedAt(id, word, language);
    return !(before.some((each) => explained[each]?.[word] !== undefined) || (here >= 0 && here <= place));
  });
  expect(early).toEqual([]);
});

test('lesson zero, its quiz: what is asked takes no other words', () => {
  const lesson = lessonNamed('first-packet');
  const known = Object.keys(explained['first-packet'] ?? {});
  for (const seed of some([1, 2, 3], 1)) {
    const {questions} = composed(sheet({lessons: [lesson], seed}), 10, onPoint([lesson]));
    expect(questions.length).toBeGreaterThan(2);
    for (const {kind, prompt, choices, hints} of questions)
      for (const language of languages) {
        const texts = [promptText(prompt), ...choices.map(({text}) => text), ...hints].map(
          (each) => each[language],
        );
        const said = glossary.filter(({term}) =>
          texts.some((text) => saysIn(text, term[language], language)),
        );
        expect(
          said.map(({id}) => id).filter((id) => !known.includes(id)),
          `${kind} ${texts.join(' ')}`,
        ).toEqual([]);
      }
  }
});
