// What is found by which words, and what comes first: word boundaries, plurals, names however they are written, Chinese without gaps.
import {expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {type Indexed, rankingOf} from '../../../source/view/search/ranking.ts';
import {wordsIn} from '../../../source/view/search/tokens.ts';

const thing = (id: string, en: string, zh: string, more: Partial<Indexed> = {}): Indexed => ({
  ...{id, name: everywhere({en, zh}), told: [], words: []},
  ...more,
});

const {found, near, unknown} = rankingOf([
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

test('one typing error is forgiven: a letter that is missing, too many or another, and two that changed places', () => {
  for (const typed of ['acknowlegment', 'acknowledgmennt', 'acknowladgment', 'acknowledmgent'])
    expect(ids(typed), typed).toEqual(['term:number']);
  expect(ids('TIME_WIAT')[0]).toBe('term:time-wait');
});

test('forms of a word find one another, and so do words that mean the same', () => {
  expect(ids('mapped')).toEqual(['lesson:close']);
  expect(ids('RST by peer')[0]).toBe('error:ECONNRESET');
  expect(ids('acknowledgement')).toEqual(['term:number']);
});

test('the number of an RFC is not found as another number', () => {
  expect(ids('rfc 56')).toEqual([]);
  expect(ids('RFC 9846')).toEqual(['rfc:9846']);
});

test('a word that nothing has, and a name of which something has a part, do not keep the rest from being found', () => {
  expect(ids('kafka connection reset')[0]).toBe('error:ECONNRESET');
  expect(ids('PR_CONNECTION_RESET')[0]).toBe('error:ECONNRESET');
  expect(unknown('kafka connection reset')).toEqual(['kafka']);
  for (const known of ['PR_CONNECTION_RESET', 'acknowladgment', '连接重置 9'])
    expect(unknown(known)).toEqual([]);
});

test('nothing typed is nothing found; what has two errors leads to the word', () => {
  expect(ids('')).toEqual([]);
  expect(ids('aknowlegment')).toEqual([]);
  expect(near('aknowlegment')).toContain('acknowledgment');
});

test('words are cut the same for whoever writes them: pairs of Chinese characters, parts of names and the whole', () => {
  expect(wordsIn('粘包')).toEqual(['粘包']);
  expect(wordsIn('三次握手')).toEqual(['三次', '次握', '握手']);
  expect(wordsIn('tcp_tw_reuse')).toEqual(['tcp', 'tw', 'reuse', 'reus', 'tcptwreuse']);
  expect(wordsIn('ClientHello')).toEqual(['client', 'hello', 'clienthello']);
  expect(wordsIn('HTTP/2, TLSv1.2')).toEqual(['http', '2', 'tls', '1.2']);
});
