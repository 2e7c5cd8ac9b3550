// Packets as a question prints them, and which questions print in order what another wants to have put in order. Oracle: by hand.
import {describe, expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {sameIn} from '../../source/lesson/text.ts';
import {ordersTold} from '../../source/quiz/order-told.ts';
import {endsOf, type PromptPacket, packetLineText, promptText, withNames} from '../../source/quiz/prompt.ts';
import type {Question} from '../../source/quiz/question.ts';

const packet = (from: string, to: string, number?: number): PromptPacket => ({
  ...{kind: 'packet', from, to, parts: []},
  ...(number === undefined ? {number: undefined} : {number}),
});

describe('a packet', () => {
  test('has its number where it has one, and the way it goes', () => {
    expect(packetLineText(packet('client', 'server', 7), 'en')).toMatch(/^7 {2}client → server {2}/);
    expect(packetLineText(packet('client', 'server'), 'en')).toMatch(/^client → server {2}/);
  });

  test('its hosts are called as the reader’s language calls them', () => {
    const names = {
      client: everywhere({en: 'laptop', zh: '笔记本'}),
      server: everywhere({en: 'web', zh: '网站'}),
    };
    const isNamed = (host: string): host is keyof typeof names => Object.hasOwn(names, host);
    const named = withNames(packet('client', 'server', 7), (host) => ({
      name: isNamed(host) ? names[host] : sameIn(host),
    }));
    expect([endsOf(named, 'en'), endsOf(named, 'zh')]).toEqual([
      {from: 'laptop', to: 'web'},
      {from: '笔记本', to: '网站'},
    ]);
    const lines = promptText([everywhere({en: 'What?', zh: '什么？'}), named]);
    expect(lines.en).toMatch(/^What\?\n {2}7 {2}laptop → web/);
    expect(lines.zh).toMatch(/^什么？\n {2}7 {2}笔记本 → 网站/);
  });
});

describe('three packets of an order in another prompt', () => {
  /** `cs` is a packet from the first host to the second. */
  const lines = (
    ways: readonly string[],
    [first, second]: readonly [string, string],
  ): readonly PromptPacket[] =>
    ways.map((way, index) =>
      way === 'cs' ? packet(first, second, index + 1) : packet(second, first, index + 1),
    );
  const printing = (...ways: readonly string[]): Question =>
    ({form: 'choice', prompt: lines(ways, ['a', 'b']), choices: [], answer: 'x'}) as unknown as Question;
  const ordering = (...ways: readonly string[]): Question => {
    const right = lines(ways, ['client', 'server']).map((line) =>
      packetLineText({...line, number: undefined}, 'en'),
    );
    const choices = right.map((text, index) => ({id: `${index}`, text: sameIn(text)}));
    const answer = choices.map(({id}) => id);
    // The choices stand in another order than the answer.
    return {form: 'order', prompt: [], choices: choices.toReversed(), answer} as unknown as Question;
  };

  test('tell it, whatever the hosts are called and whatever stands between them', () => {
    const wanted = ordering('cs', 'sc', 'cs');
    expect(ordersTold(printing('cs', 'sc', 'cs'), wanted)).toBe(true);
    expect(ordersTold(printing('cs', 'sc', 'sc', 'cs'), wanted)).toBe(true);
    // The first to speak is the first host.
    expect(ordersTold(printing('sc', 'cs', 'sc'), wanted)).toBe(true);
  });

  test('of other ways, or of two, they do not; nor is any but an order told so', () => {
    const wanted = ordering('cs', 'sc', 'cs');
    expect(ordersTold(printing('cs', 'cs', 'sc'), wanted)).toBe(false);
    expect(ordersTold(printing('cs', 'sc'), wanted)).toBe(false);
    expect(ordersTold(wanted, printing('cs', 'sc', 'cs'))).toBe(false);
  });
});
