// What is found by which words, and what comes first: word boundaries, plurals, names however they are written, Chinese without gaps.
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {type Indexed, rankingOf} from '../../../source/view/search/ranking.ts';
import {wordsIn} from '../../../source/view/search/tokens.ts';

const thing = (id: string, en: string, zh: string, more: Partial<Indexed> = {}): Indexed => ({
  ...{id, name: everywhere({en, zh}), told: [], words: []},
  ...more,
});

const {found, near} = rankingOf([
  thing('lesson:close', 'How a close ends', '四次挥手', {
    told: [everywhere({en: 'It scores with TIME-WAIT, and a mapping.', zh: '讲 TIME-WAIT 与映射'})],
  }),
  thing('term:time-wait', 'TIME-WAIT', 'TIME-WAIT'),
  thing('term:ack', 'ACK', '确认'),
  thing('term:number', 'acknowledgment number', '确认号'),
  thing('rule:second', 'ACKs for every second segment', '隔一个确认一次', {words: ['RFC 9293 §3.8']}),
  thing('rfc:9846', 'RFC 9846', 'RFC 9846', {
    words: ['RFC 8446'],
    told: [everywhere({en: 'TLS 1.3', zh: 'TLS 1.3'})],
  }),
  thing('error:ECONNRESET', 'ECONNRESET', 'ECONNRESET', {
    words: ['Connection reset by peer, curl: (56) Recv failure', '连接被重置'],
  }),
]);
const ids = (typed: string): readonly string[] => found(typed).map(({id}) => id);

test('a word begins where a word begins: cors is not in scores, ping not in mapping', () => {
  expect(ids('cors')).toEqual([]);
  expect(ids('ping')).toEqual([]);
  expect(ids('ait')).toEqual([]);
  expect(ids('acknow')).toEqual(['term:number']);
});

test('a name is found however it is written, and the plural with the singular', () => {
  for (const typed of ['TIME_WAIT', 'time-wait', 'Time Wait', 'timewait', 'wait time'])
    expect(ids(typed)[0], typed).toBe('term:time-wait');
  for (const typed of ['acks', 'ack']) {
    expect(ids(typed)[0]).toBe('term:ack');
    expect(ids(typed)).toContain('rule:second');
  }
});

test('numbers of RFCs are found old and new, with and without a gap, and with their section', () => {
  for (const typed of ['rfc 8446', 'RFC9846', '8446', 'tls1.3', 'TLSv1.3'])
    expect(ids(typed)[0], typed).toBe('rfc:9846');
  expect(ids('RFC9293 3.8')).toEqual(['rule:second']);
});

test('an error message is found as it was copied, also with a word that is nowhere', () => {
  for (const typed of [
    'curl: (56) Recv failure: Connection reset by peer',
    'connection reset',
    'read ECONNRESET',
  ])
    expect(ids(typed)[0], typed).toBe('error:ECONNRESET');
});

test('a symptom in Chinese without gaps is found, the words that say nothing left out', () => {
  expect(ids('我的连接被重置了怎么办')[0]).toBe('error:ECONNRESET');
  expect(ids('怎么办')).toEqual([]);
  expect(ids('确认')[0]).toBe('term:ack');
});

test('nothing typed is nothing found; what is misspelt leads to the word', () => {
  expect(ids('')).toEqual([]);
  expect(ids('acknowlegment')).toEqual([]);
  expect(near('acknowlegment')).toContain('acknowledgment');
});

test('words are cut the same for whoever writes them: pairs of Chinese characters, parts of names and the whole', () => {
  expect(wordsIn('粘包')).toEqual(['粘包']);
  expect(wordsIn('三次握手')).toEqual(['三次', '次握', '握手']);
  expect(wordsIn('tcp_tw_reuse')).toEqual(['tcp', 'tw', 'reuse', 'tcptwreuse']);
  expect(wordsIn('ClientHello')).toEqual(['client', 'hello', 'clienthello']);
  expect(wordsIn('HTTP/2, TLSv1.2')).toEqual(['http', '2', 'tls', '1.2']);
});
