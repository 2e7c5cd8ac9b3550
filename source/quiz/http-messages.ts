// Questions about the framing of HTTP messages (RFC 9112 §6.3): what ends the body of a response, and how many bytes a response takes.
import {packetOf, segmentOf} from '../account/packet.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import {framingOf} from '../wire/http/framing.ts';
import {bodyEnds, responseBytes} from '../words/catalogue/ask-http.ts';
import {exchanges, fieldLines, fieldOf, lineOf, type Message, valueIn} from './http-exchanges.ts';
import {beliefsIn} from './kind.ts';
import {byClause, listedKind, wordsOf} from './listed.ts';
import {valuesLine} from './prompt.ts';

type EndGivens = {readonly method: string; readonly line: string; readonly fields: readonly string[]};

export const isBare = ({method, line}: Pick<EndGivens, 'method' | 'line'>): boolean =>
  method === 'HEAD' || /^\S+ (1\d\d|204|304)\b/.test(line);

const endOf = (givens: EndGivens): 'none' | 'chunked' | 'length' | 'close' => {
  if (isBare(givens)) return 'none';
  if (valueIn(givens.fields, 'transfer-encoding') === 'chunked') return 'chunked';
  return valueIn(givens.fields, 'content-length') === undefined ? 'close' : 'length';
};

const hasLength = ({fields}: EndGivens): boolean => valueIn(fields, 'content-length') !== undefined;

/** A question kind: what ends the body of an HTTP response (RFC 9112 §6.3)? */
export const bodyEndsKind = listedKind<EndGivens>({
  kind: 'body-ends',
  isRead: true,
  form: 'choice',
  all: (trace) =>
    exchanges(trace).map(({method, response: {head, began}, answers}) => {
      const framing = framingOf(head, method);
      const did = framing.ok ? framing.value.by : '';
      return {
        givens: {
          ...{method, line: lineOf(head)},
          fields: fieldLines(head, ['content-length', 'transfer-encoding', 'connection']),
        },
        ...{did, n: began.n, evidence: byClause(answers, '9112 §6.3', did)},
      };
    }),
  ask: ({method, line, fields}) => [
    wordedWithNames(bodyEnds.given, {method}),
    ...[line, ...fields].map(valuesLine),
    bodyEnds.asks,
  ],
  solve(givens) {
    const answer = endOf(givens);
    // A body of zero bytes ends at the blank line as well, so two answers would be right.
    if (Number(valueIn(givens.fields, 'content-length')) === 0) return undefined;
    return {
      answer,
      explain: worded(bodyEnds.explain[answer], {
        bytes: valueIn(givens.fields, 'content-length') ?? '',
        closes: valueIn(givens.fields, 'connection') === 'close',
      }),
      hints: [bodyEnds.hints.method, bodyEnds.hints.fields],
    };
  },
  beliefs: beliefsIn(bodyEnds.beliefs, {
    counted: (givens) => (hasLength(givens) ? 'whole' : undefined),
    length: (givens) => (endOf(givens) === 'none' && hasLength(givens) ? 'length' : undefined),
    close: () => 'close',
    none: () => 'none',
    // If the response has a Content-Length, nobody expects chunks; the wrong choice there is the length counted with the head.
    chunked: (givens) => (hasLength(givens) ? undefined : 'chunked'),
    first: (givens) => (endOf(givens) === 'chunked' ? 'first' : undefined),
  }),
  words: (value, {fields}) => {
    const bytes = valueIn(fields, 'content-length') ?? '';
    if (value === 'whole') return worded(bodyEnds.whole, {bytes});
    if (value === 'length') return worded(bodyEnds.counted, {bytes});
    return wordsOf(bodyEnds.choices)(value);
  },
});

type BytesGivens = {
  readonly method: string;
  readonly line: string;
  readonly head: number;
  readonly content: number;
};

/** Returns the number of octets of TCP data in all packets of an HTTP message, which must share no packet with another message. */
const octetsIn = (trace: Trace, {packets}: Message): number =>
  packets.reduce((sum, id) => sum + (segmentOf(packetOf(trace, id))?.payload.length ?? 0), 0);

/** Returns the length in octets of an HTTP head, including the blank line. */
const headOctets = ({headSpan: {start, end}}: Message): number => end - start;

const contentOf = ({method, line, content}: BytesGivens): number => (isBare({method, line}) ? 0 : content);

export const responseBytesKind = listedKind<BytesGivens>({
  kind: 'response-bytes',
  isRead: true,
  form: 'numeral',
  all: (trace) =>
    exchanges(trace).flatMap(({method, connection, index, response, answers}) => {
      const {head, began} = response;
      const content = fieldOf(head, 'content-length');
      const shared = [connection.exchanges[index - 1], connection.exchanges[index + 1]].some((other) =>
        other?.response?.packets.some((id) => response.packets.includes(id)),
      );
      // Without content, the response is only its head, whose length the question prints.
      if (Number(content) === 0) return [];
      if (content === undefined || shared || !response.ended || connection.secured) return [];
      const did = String(octetsIn(trace, response));
      const ids = response.packets.map((id) => `packet(${id}).tcp.len`);
      return [
        {
          givens: {method, line: lineOf(head), head: headOctets(response), content: Number(content)},
          ...{did, n: began.n},
          evidence: {packet: answers, field: `expression:${ids.join(' + ')}`, value: did},
        },
      ];
    }),
  ask: ({method, line, head, content}) => [
    wordedWithNames(responseBytes.given, {method}),
    valuesLine(line),
    valuesLine(`Content-Length: ${content}`),
    wordedWithNames(responseBytes.asks, {head}),
  ],
  solve(givens) {
    const {head} = givens;
    const content = contentOf(givens);
    return {
      answer: String(head + content),
      explain: worded(responseBytes.explain, {head, content, right: head + content}),
      hints: [responseBytes.hints.counts, responseBytes.hints.bare],
    };
  },
  beliefs: beliefsIn(responseBytes.beliefs, {
    whole: ({content}) => content,
    head: ({head}) => head,
    blank: (givens) => givens.head + contentOf(givens) + 2,
    always: (givens) => (contentOf(givens) === 0 ? givens.head + givens.content : undefined),
  }),
  words: (value) => worded(responseBytes.choice, {bytes: value}),
});
