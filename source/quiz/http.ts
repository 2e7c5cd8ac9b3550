// Questions about HTTP (RFC 9110 §15): which status code says what the server has found.

import {httpHeadsIn} from '../lesson/stream-reader.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {Head} from '../wire/http/framing.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {perTrace} from './per-trace.ts';
import {segmentsOf} from './segments.ts';
import {hostFirst, hostText, same, sentence} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;
type Answer = {readonly event: SendEvent; readonly status: number; readonly request: Head};

/** What the server has found, by the code that says so (RFC 9110 §15, RFC 8470 §5.2). */
const found: {readonly [status: number]: Text} = {
  100: sentence(
    'The head asks whether the content may follow, and it may.',
    '请求头询问能否继续发送内容，可以。',
  ),
  200: sentence('The resource is there, and its content is sent.', '资源存在，内容随响应发出。'),
  201: sentence('The request has made a new resource.', '请求创建了一个新资源。'),
  204: sentence('It is done, and there is nothing to send back.', '已经办好，没有内容要返回。'),
  206: sentence('Only the part that was asked for is sent.', '只返回请求的那一部分。'),
  301: sentence(
    'The resource has moved for good; Location says where.',
    '资源已永久迁移，新地址在 Location 里。',
  ),
  302: sentence(
    'For now the resource is elsewhere; Location says where.',
    '资源暂时在别处，地址在 Location 里。',
  ),
  303: sentence('The result is to be fetched with GET from elsewhere.', '结果要用 GET 到另一个地址去取。'),
  304: sentence('The copy that the client has is still good.', '客户端手里的副本仍然有效。'),
  307: sentence(
    'For now it is elsewhere; the same method is to be used there.',
    '资源暂时在别处，要用同样的方法去请求。',
  ),
  308: sentence(
    'It has moved for good; the same method is to be used there.',
    '资源已永久迁移，要用同样的方法去请求。',
  ),
  400: sentence('The request cannot be understood.', '请求本身有错，无法理解。'),
  401: sentence('The request lacks valid credentials.', '请求没有带有效的凭据。'),
  403: sentence('The server knows who asks, and refuses.', '服务器知道是谁在请求，但不允许。'),
  404: sentence('There is nothing at this path.', '这个路径下什么也没有。'),
  405: sentence('The resource is there, but does not take this method.', '资源存在，但不接受这种方法。'),
  412: sentence('The condition that the request named does not hold.', '请求里给出的前提条件不成立。'),
  425: sentence('It came in early data, which might be a replay.', '请求放在早期数据里，可能是重放。'),
  500: sentence('A program on the server has failed.', '服务器上的程序出错了。'),
  502: sentence(
    'The server is a gateway, and who is behind it answered nonsense.',
    '它是网关，后端给出的响应无效。',
  ),
  503: sentence('The server has too much to do for the moment.', '服务器眼下忙不过来。'),
  504: sentence('The server is a gateway, and who is behind it does not answer.', '它是网关，后端没有回应。'),
};

/** In the order of their packets: of a capture the times of one end are estimates, which may be ahead of what caused them. */
const answers = perTrace((trace: Trace): readonly Answer[] => {
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

const onlyHead = sentence(
  'The resource is there; only what describes it is sent (RFC 9110 §9.3.2).',
  '资源存在，只返回描述它的首部（RFC 9110 §9.3.2）。',
);

/** One of each class, and those that are taken for it. */
const others = [200, 301, 304, 401, 404, 405, 500, 503] as const;

const classOf = (status: number): number => Math.floor(status / 100);

const code = (status: number, misconception?: string): Option => ({
  text: same(String(status)),
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
  const {from} = trace.packet(event.packet);
  return {
    form: 'choice',
    right: code(status),
    wrong: wrong.map((each) =>
      code(each, isFault(each) && isFault(status) ? 'status-class-mixup' : undefined),
    ),
    prompt: sentence(
      `${hostFirst(from).en} has received\n  ${line}\n${finding.en} Which status code does it answer with?`,
      `${hostText(from).zh}收到\n  ${line}\n${finding.zh}它用哪个状态码回应？`,
    ),
    hints: [
      sentence(
        'The first digit says whose matter it is: 2 done, 3 go elsewhere, 4 the client’s, 5 the server’s.',
        '第一位数字表示类别：2 成功，3 要到别处，4 客户端的问题，5 服务器的问题。',
      ),
      sentence(`Its first digit is ${classOf(status)}.`, `第一位是 ${classOf(status)}。`),
    ],
    explain: sentence(`${status}: ${finding.en}`, `${status}：${finding.zh}`),
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
