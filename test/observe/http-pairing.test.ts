// Which response answers which request. Oracle: RFC 9112 §9.3, responses come in the order of their requests; behind a gap, by hand.
import {describe, expect, test} from 'vitest';
import {answeredIndex, pairsOf} from '../../source/observe/http-pairing.ts';

/** `5`: begins in packet 5; `5!`: behind a gap. */
const begun = (text: string) => ({begins: Number.parseInt(text, 10), behindGap: text.endsWith('!')});
const listed = (text: string) => text.split(' ').filter(Boolean).map(begun);

/** `1>4`: the response that begins in packet 4 answers the request of packet 1; `1>`: none does; `>4`: nobody asked. */
const paired = (requests: string, responses: string): string =>
  pairsOf(listed(requests), listed(responses))
    .map(({request, response}) => `${request?.begins ?? ''}>${response?.begins ?? ''}`)
    .join(' ');

test.each([
  ['in their order', '1 2 3', '4 5 6', '1>4 2>5 3>6'],
  ['one at a time', '1 3 5', '2 4 6', '1>2 3>4 5>6'],
  ['in the same packet', '1 3', '1 3', '1>1 3>3'],
  ['nobody has answered yet', '1 2', '3', '1>3 2>'],
  ['answered before it asks', '5', '4', '>4 5>'],
  ['nobody asked', '', '4', '>4'],
  ['more answers than requests', '1', '2 3', '1>2 >3'],
  // A client that does not pipeline had waited for those before.
  ['gap: the last sent', '1 3 5', '6!', '1> 3> 5>6'],
  ['gap: none sent later', '1 3 9', '6!', '1> 3>6 9>'],
  ['gap: in that packet', '1 3 6', '6!', '1> 3> 6>6'],
  ['gap: the packet’s first', '1 3 3', '6!', '1> 3>6 3>'],
  ['gap: the next follows', '1 3 5 9', '6! 10', '1> 3> 5>6 9>10'],
  ['gap: all asked later', '8 9', '6!', '>6 8> 9>'],
])('%s', (_, requests, responses, pairs) => expect(paired(requests, responses)).toBe(pairs));

describe('the index', () => {
  const requests = listed('1 3 5');
  test('counts from those that have their answers', () => {
    expect(answeredIndex(requests, 1, begun('6'))).toBe(1);
    expect(answeredIndex(requests, 1, begun('6!'))).toBe(2);
    expect(answeredIndex(requests, 3, begun('6'))).toBeUndefined();
    expect(answeredIndex(requests, 2, begun('5'))).toBe(2);
    expect(answeredIndex(requests, 2, begun('4'))).toBeUndefined();
  });
});
