// Questions about cookies (RFC 6265 §5.4): which of those that a browser keeps go with this request.

import {segmentOf} from '../account/packet.ts';
import {text} from '../lesson/problem.ts';
import {httpHeadsIn} from '../lesson/stream-reader.ts';
import type {Text} from '../lesson/text.ts';
import {cookiesOn, type HeldCookie} from '../sim/http-apps.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {after} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {perTrace} from './per-trace.ts';
import {hostFirst, hostText, same, sentence} from './words.ts';

type SendEvent = Extract<TraceEvent, {kind: 'send'}>;
type Request = {
  readonly event: SendEvent;
  readonly url: string;
  readonly port: number;
  readonly held: readonly HeldCookie[];
};

const widest = 60;

const pairOf = ({cookie}: HeldCookie): string => `${cookie.name}=${cookie.value}`;

const requests = perTrace((trace: Trace): readonly Request[] => {
  const found: Request[] = [];
  for (const event of trace.events()) {
    if (event.kind !== 'send' || event.hop > 0 || event.packet < 1 || event.retransmission) continue;
    const port = segmentOf(event)?.dstPort;
    const host = trace.stateAt(event.n - 1)?.hosts[event.host];
    const [head, second] = httpHeadsIn(trace, event.packet);
    if (head?.start.kind !== 'request' || second || !host || port === undefined) continue;
    // What travels encrypted shows no field.
    if (!fieldEvidence(trace, event.packet, 'http.request.uri')) continue;
    const site = head.fields.find(({name}) => name.toLowerCase() === 'host')?.value;
    const url = `http://${site}${head.start.target}`;
    const held = cookiesOn(host, event.atUs, url) ?? [];
    if (site !== undefined && held.length > 0 && held.every((each) => pairOf(each).length <= widest)) {
      found.push({event, url, port, held});
    }
  }
  return found;
});

/** The cookie as a list of cookies shows it. */
const scopeOf = (held: HeldCookie): string => {
  const {cookie} = held;
  return [
    pairOf(held),
    `Domain=${cookie.domain}${cookie.hostOnly ? ' (host-only)' : ''}`,
    `Path=${cookie.path}`,
    ...(cookie.secureOnly ? ['Secure'] : []),
  ].join('; ');
};

const noCookie = (misconception?: string): Option => ({
  text: text('none of them', '一个也不带'),
  value: '',
  ...(misconception ? {misconception} : {}),
});

const field = (pairs: readonly string[], misconception?: string): Option => ({
  text: same(`Cookie: ${pairs.join('; ')}`),
  value: pairs.join('; '),
  ...(misconception ? {misconception} : {}),
});

/** A cookie of another port is taken for a stranger's; one that is Secure for one that travels encrypted. */
const wrongFields = ({held, port}: Request, sent: readonly string[]): readonly Option[] => {
  const secure = held.filter(({cookie}) => cookie.secureOnly).map(pairOf);
  const withSecure = [...new Set([...sent, ...secure])];
  return [
    ...(secure.some((pair) => !sent.includes(pair)) ? [field(withSecure, 'secure-encrypts')] : []),
    ...(sent.length > 0 ? [noCookie(port === 80 ? undefined : 'cookie-port-isolated')] : []),
    field(held.map(pairOf)),
    ...held.map((each) => field([pairOf(each)])),
    field(held.map(({cookie}) => `${cookie.name}=${cookie.value}; Path=${cookie.path}`)),
    field(held.map(({cookie}) => cookie.name)),
  ];
};

const reasons: {readonly [why in NonNullable<HeldCookie['withheld']>]: Text} = {
  host: text('is for the very host that set it', '只属于设置它的那台主机'),
  domain: text('belongs to another domain', '属于别的域'),
  path: text('is for another path', '属于别的路径'),
  secure: text('is Secure, and this is no TLS', '是 Secure 的，而这里没有 TLS'),
  'http-only': text('is not for scripts', '脚本用不了'),
  'same-site': text('stays with its own site', '只在本站内发送'),
  expired: text('has expired', '已经过期'),
};

const explained = ({held}: Request, sent: string): Text => {
  const kept = held.flatMap(({cookie: {name}, withheld}) =>
    withheld ? [{name, why: reasons[withheld]}] : [],
  );
  if (kept.length === 0)
    return sentence(
      'Host and path fit, so the browser sends name and value, nothing else of it.',
      '主机和路径都对得上，浏览器就带上名和值，属性不带。',
    );
  const en = kept.map(({name, why}) => `${name} ${why.en}`).join('; ');
  const zh = kept.map(({name, why}) => `${name} ${why.zh}`).join('；');
  return sent === ''
    ? sentence(`Nothing goes along: ${en}.`, `一个也不带：${zh}。`)
    : sentence(`The others stay: ${en}.`, `其余的不带：${zh}。`);
};

const most = 4;

const cookieDraft = (trace: Trace, request: Request): Draft | undefined => {
  const {event, url, held} = request;
  const sent = held.filter(({withheld}) => withheld === undefined).map(pairOf);
  const seen = fieldEvidence(trace, event.packet, 'http.cookie');
  const evidence = seen ?? {packet: event.packet, field: 'http.cookie', value: ''};
  const {value} = evidence;
  const pairs = value === '' ? [] : value.split('; ');
  const lines = held.map((each) => `  ${scopeOf(each)}`);
  if (pairs.toSorted().join() !== sent.toSorted().join() || held.length > most) return undefined;
  if (url.length > 66 || lines.some((line) => line.length > 110)) return undefined;
  const one = held.length >= 3 && pairs.length === 1;
  const cookie = (each: HeldCookie): Option => ({text: same(pairOf(each)), value: pairOf(each)});
  const answering = one
    ? {
        form: 'several' as const,
        right: held.filter(({withheld}) => withheld === undefined).map(cookie),
        wrong: held.filter(({withheld}) => withheld !== undefined).map(cookie),
      }
    : {
        form: 'choice' as const,
        right: value === '' ? noCookie() : field(pairs),
        wrong: wrongFields(request, pairs),
      };
  return {
    ...answering,
    prompt: after(
      lines,
      one
        ? sentence(
            `${hostFirst(event.host).en} keeps these cookies and asks for\n  ${url}\nWhich of them go along?`,
            `${hostText(event.host).zh}存有以上 Cookie，现在请求\n  ${url}\n哪些会随请求发出？`,
          )
        : sentence(
            `${hostFirst(event.host).en} keeps this and asks for\n  ${url}\nWhat does it send?`,
            `${hostText(event.host).zh}存有以上 Cookie，现在请求\n  ${url}\n它会带上什么？`,
          ),
    ),
    hints: [
      sentence(
        'Host, path and Secure decide; the port does not.',
        '由主机、路径和 Secure 决定，与端口无关。',
      ),
      sentence(
        'Attributes are for the browser: they are never sent back.',
        '属性是给浏览器看的，不会发回去。',
      ),
    ],
    explain: explained(request, value),
    n: event.n,
    evidence,
  };
};

export const cookieSent: Generator = {
  kind: 'cookie-sent',
  places: ({trace}) => requests(trace).map(({event}) => event.n),
  ask: ({trace}, place) => {
    const request = requests(trace).find(({event}) => event.n === place);
    return request && cookieDraft(trace, request);
  },
};
