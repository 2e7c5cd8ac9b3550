// Questions about HTTP (RFC 9110 §15): which status code says what the server has found.

import {packetOf} from '../account/packet.ts';
import {httpHeadsIn} from '../lesson/stream-reader.ts';
import {sameIn, type Text, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {Head} from '../wire/http/framing.ts';
import {oncePer} from '../wire/once-per.ts';
import {httpSentences} from '../words/catalogue/questions.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {valuesLine} from './prompt.ts';
import {segmentsOf} from './segments.ts';
import {hostFirst} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;
type Answer = {readonly event: SendEvent; readonly status: number; readonly request: Head};

/** What the server has found, by the code that says so (RFC 9110 §15, RFC 8470 §5.2). */
const found: {readonly [status: number]: Text} = {
  100: httpSentences.found['100'],
  200: httpSentences.found['200'],
  201: httpSentences.found['201'],
  204: httpSentences.found['204'],
  206: httpSentences.found['206'],
  301: httpSentences.found['301'],
  302: httpSentences.found['302'],
  303: httpSentences.found['303'],
  304: httpSentences.found['304'],
  307: httpSentences.found['307'],
  308: httpSentences.found['308'],
  400: httpSentences.found['400'],
  401: httpSentences.found['401'],
  403: httpSentences.found['403'],
  404: httpSentences.found['404'],
  405: httpSentences.found['405'],
  412: httpSentences.found['412'],
  425: httpSentences.found['425'],
  500: httpSentences.found['500'],
  502: httpSentences.found['502'],
  503: httpSentences.found['503'],
  504: httpSentences.found['504'],
};

/** In the order of their packets: of a capture the times of one end are estimates, which may be ahead of what caused them. */
const answers = oncePer((trace: Trace): readonly Answer[] => {
  /** By connection, as the requesting end names it. */
  const requests = new Map<string, readonly Head[]>();
  const list: Answer[] = [];
  for (const {event, flow, back} of segmentsOf(trace).sent.toSorted(
    (a, b) => a.event.packet - b.event.packet,
  )) {
    if (event.retransmission) continue;
    for (const head of httpHeadsIn(trace, event.packet)) {
      const {start} = head;
      const whose = start.kind === 'request' ? flow : back;
      const waiting = requests.get(whose) ?? [];
      if (start.kind === 'request') {
        requests.set(whose, [...waiting, head]);
        continue;
      }
      const [request] = waiting;
      if (request) list.push({event, status: start.status, request});
      if (start.status >= 200) requests.set(whose, waiting.slice(1));
    }
  }
  return list;
});

const onlyHead = httpSentences.onlyHead;

/** One of each class, and those that are taken for it. */
const others = [200, 301, 304, 401, 404, 405, 500, 503] as const;

const classOf = (status: number): number => Math.floor(status / 100);

const code = (status: number, misconception?: string): Option => ({
  text: sameIn(String(status)),
  value: String(status),
  ...(misconception ? {misconception} : {}),
});

const isFault = (status: number): boolean => status >= 400;

const shownLine = ({start}: Head): string =>
  start.kind === 'request' ? `${start.method} ${start.target} ${start.version}` : '';

const statusDraft = (trace: Trace, {event, status, request}: Answer): Draft | undefined => {
  const evidence = fieldEvidence(trace, event.packet, 'http.response.code');
  const isHead = request.start.kind === 'request' && request.start.method === 'HEAD';
  const finding = isHead && status === 200 ? onlyHead : found[status];
  const line = shownLine(request);
  if (!evidence || !finding || evidence.value !== String(status) || line.length > 66) return undefined;
  const wrong = others.filter((each) => classOf(each) !== classOf(status));
  const {from} = packetOf(trace, event.packet);
  return {
    form: 'choice',
    right: code(status),
    wrong: wrong.map((each) =>
      code(each, isFault(each) && isFault(status) ? 'status-class-mixup' : undefined),
    ),
    prompt: [
      wordedWithNames(httpSentences.statusDraft.prompt.given, {from: hostFirst(from)}),
      valuesLine(line),
      wordedWithNames(httpSentences.statusDraft.prompt.asks, {finding}),
    ],
    hints: [
      httpSentences.statusDraft.hints.theFirstDigit,
      wordedWithNames(httpSentences.statusDraft.hints.itsFirstDigit, {status: classOf(status)}),
    ],
    explain: wordedWithNames(httpSentences.statusDraft.explain, {status, finding}),
    n: event.n,
    evidence,
  };
};

export const whichStatus: Generator = {
  kind: 'which-status',
  places: ({trace}) =>
    answers(trace)
      .filter(({status}) => status in found)
      .map(({event}) => event.n),
  ask: ({trace}, place) => {
    const answer = answers(trace).find(({event}) => event.n === place);
    return answer && statusDraft(trace, answer);
  },
};
