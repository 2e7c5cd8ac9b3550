// DNS, HTTP and TLS of a capture as tshark dissects them, in the words of the side files.
import {
  type Dissected,
  dissectedBy,
  endpointOf,
  fieldOf,
  type Proto,
  type Shown,
  streamOf,
} from './dissected.ts';
import type {Facts, Value} from './facts.ts';

const isQuoted = ({protos}: Dissected): boolean =>
  protos.some(({name}) => name === 'icmp' || name === 'icmpv6');

const shownIn = (fields: readonly Shown[], name: string): readonly Shown[] =>
  fields.filter((field) => field.name === name);

const number = (fields: readonly Shown[], name: string): number => Number(fieldOf(fields, name)?.show ?? 0);
/** `Name: word (7) …` */
const wordOf = (field: Shown | undefined): string =>
  /: (?:[^(]*, )?([A-Za-z0-9_-]+)/.exec(field?.text ?? '')?.[1] ?? '';
const flag = (fields: readonly Shown[], name: string): boolean =>
  ['1', 'True'].includes(fieldOf(fields, `dns.flags.${name}`)?.show ?? '');

const rcodes: Readonly<Record<number, string>> = {
  ...{0: 'NOERROR', 1: 'FORMERR', 2: 'SERVFAIL', 3: 'NXDOMAIN', 4: 'NOTIMP', 5: 'REFUSED'},
};

const root = (name: string): string => (name === '<Root>' || name === '' ? '.' : name);

/** `whole`: its octets. */
const recordData = (type: string, fields: readonly Shown[], whole: string): Facts => {
  const show = (name: string): string => fieldOf(fields, name)?.show ?? '';
  switch (type) {
    case 'A':
      return {data: show('dns.a')};
    case 'AAAA':
      return {data: show('dns.aaaa')};
    case 'NS':
      return {data: root(show('dns.ns'))};
    case 'CNAME':
      return {data: root(show('dns.cname'))};
    case 'DNAME':
      return {data: root(show('dns.dname'))};
    case 'PTR':
      return {data: root(show('dns.ptr.domain_name'))};
    case 'MX':
      return {data: root(show('dns.mx.mail_exchange')), preference: number(fields, 'dns.mx.preference')};
    case 'SOA':
      return {data: root(show('dns.soa.mname')), minimum: number(fields, 'dns.soa.minimum_ttl')};
    case 'TXT':
      return {
        data: shownIn(fields, 'dns.txt')
          .map(({show: text}) => text)
          .join(''),
      };
    case 'SRV':
      return {
        data: root(show('dns.srv.target')),
        priority: number(fields, 'dns.srv.priority'),
        weight: number(fields, 'dns.srv.weight'),
        port: number(fields, 'dns.srv.port'),
      };
    case 'HTTPS': {
      const alpn = shownIn(fields, 'dns.svcb.svcparam.alpn').map(({show: name}) => name);
      const priority = number(fields, 'dns.svcb.svcpriority');
      return {priority, target: root(show('dns.svcb.targetname')), params: {...(alpn.length > 0 && {alpn})}};
    }
    default:
      // Behind the fixed fields: as many octets as it says.
      return {data: whole.slice(whole.length - 2 * number(fields, 'dns.resp.len'))};
  }
};

const sections: Readonly<Record<string, string>> = {
  Queries: 'queries',
  Answers: 'answers',
  'Authoritative nameservers': 'authority',
  'Additional records': 'additional',
};

/** The names of a record of type SRV stand apart. */
const ownerOf = (fields: readonly Shown[]): string =>
  ['resp.name', 'srv.service', 'srv.proto', 'srv.name']
    .flatMap((name) => fieldOf(fields, `dns.${name}`)?.show ?? [])
    .join('.');

/** Records by section. */
const recordsOf = (fields: readonly Shown[]): Readonly<Record<string, readonly Facts[]>> => {
  const found: Record<string, Facts[]> = {answers: [], authority: [], additional: []};
  const starts = fields.flatMap(({name, depth}, index) => (name === '' && depth <= 1 ? [index] : []));
  let section = '';
  for (const [order, start] of starts.entries()) {
    const [head, ...record] = fields.slice(start, starts[order + 1]);
    if (head?.depth === 0) section = sections[head.show] ?? '';
    const type = wordOf(fieldOf(record, 'dns.resp.type'));
    if (!head || !type || type === 'OPT') continue;
    found[section]?.push({
      name: root(ownerOf(record)),
      type,
      ttl: number(record, 'dns.resp.ttl'),
      ...recordData(type, record, head.value),
    });
  }
  return found;
};

type Said = {readonly at: Dissected; readonly proto: Proto};

const saidIn = (frames: readonly Dissected[], name: string): readonly Said[] =>
  frames
    .filter((at) => !isQuoted(at))
    .flatMap((at) => at.protos.filter((proto) => proto.name === name).map((proto) => ({at, proto})));

/** Its question can be read, whatever a short capture lacks behind it. */
const isRead = ({fields}: Proto): boolean => (fieldOf(fields, 'dns.qry.name')?.show ?? '') !== '';

const transportOf = ({protos}: Dissected): string =>
  protos.findLast(({name}) => name === 'tls' || name === 'tcp' || name === 'udp')?.name ?? '';

const questionOf = ({at, proto: {fields}}: Said, back: boolean): string =>
  [
    ...(back
      ? [endpointOf(at, 'dst'), endpointOf(at, 'src')]
      : [endpointOf(at, 'src'), endpointOf(at, 'dst')]),
    ...[
      number(fields, 'dns.id'),
      fieldOf(fields, 'dns.qry.name')?.show,
      fieldOf(fields, 'dns.qry.type')?.show,
    ],
    transportOf(at),
  ].join(' ');

const askedFacts = ({proto: {fields}}: Said): Facts => ({
  id: Number.parseInt(fieldOf(fields, 'dns.id')?.show ?? '', 16),
  qname: root(fieldOf(fields, 'dns.qry.name')?.show ?? ''),
  qtype: number(fields, 'dns.qry.type') === 255 ? 'ANY' : wordOf(fieldOf(fields, 'dns.qry.type')),
});

const saidFacts = (response: Said | undefined): Facts => {
  const answer = response?.proto.fields ?? [];
  const code = number(answer, 'dns.flags.rcode');
  return {
    rcode: response ? (rcodes[code] ?? String(code)) : null,
    ...recordsOf(answer),
    ra: flag(answer, 'recavail'),
    aa: flag(answer, 'authoritative'),
    tc: flag(answer, 'truncated'),
    responseFrame: response?.at.frame ?? null,
  };
};

const dnsFacts = ({query, response}: Exchange): Facts => {
  const {at, proto} = query;
  const opt = proto.fields.some(({name, show}) => name === 'dns.resp.type' && show === '41');
  return {
    ...askedFacts(query),
    ...saidFacts(response),
    rd: flag(proto.fields, 'recdesired'),
    transport: transportOf(at),
    client: endpointOf(at, 'src'),
    server: endpointOf(at, 'dst'),
    queryFrame: at.frame,
    edns: opt,
  };
};

const unaskedFacts = (reply: Said): Facts => ({
  ...askedFacts(reply),
  ...saidFacts(reply),
  transport: transportOf(reply.at),
  client: endpointOf(reply.at, 'dst'),
  server: endpointOf(reply.at, 'src'),
  queryFrame: null,
  edns: null,
});

type Exchange = {readonly query: Said; response: Said | undefined};

/** Replies that fit no question, or come second, stand for themselves. */
const dnsOf = (frames: readonly Dissected[]): readonly Facts[] => {
  const said = saidIn(frames, 'dns').filter(({proto}) => isRead(proto));
  const open: (Exchange | Said)[] = [];
  for (const each of said) {
    if (!flag(each.proto.fields, 'response')) open.push({query: each, response: undefined});
    else {
      const key = questionOf(each, true);
      const waiting = open.findLast(
        (one) => 'query' in one && !one.response && questionOf(one.query, false) === key,
      );
      if (waiting && 'query' in waiting) waiting.response = each;
      else open.push(each);
    }
  }
  return open.map((each) => ('query' in each ? dnsFacts(each) : unaskedFacts(each)));
};

const withoutEnd = (text: string | undefined): string | undefined => text?.replace(/(\\r\\n|\r\n)$/, '');

const optional = (name: string, value: Value | undefined): Facts =>
  value === undefined ? {} : {[name]: value};

const requestFacts = (stream: number, {at, proto: {fields}}: Said): Facts => {
  const show = (name: string): string | undefined => withoutEnd(fieldOf(fields, `http.${name}`)?.show);
  const body = fieldOf(fields, 'http.file_data')
    ? fields.find(({name}) => name === 'http.file_data')
    : undefined;
  const bytes = /\((\d+) byte/.exec(body?.text ?? '')?.[1] ?? /: (\d+) bytes/.exec(body?.text ?? '')?.[1];
  return {
    stream,
    method: show('request.method') ?? '',
    target: show('request.uri') ?? '',
    host: show('host') ?? null,
    version: show('request.version') ?? '',
    requestFrame: at.frame,
    ...optional('cookie', show('cookie')),
    ...optional('requestBodyBytes', bytes === undefined ? undefined : Number(bytes)),
  };
};

const responseFacts = (response: Said | undefined, interim: readonly number[]): Facts => {
  if (!response) return {status: null};
  const {fields} = response.proto;
  const show = (name: string): string | undefined => withoutEnd(fieldOf(fields, `http.${name}`)?.show);
  const length = show('content_length_header');
  return {
    status: Number(show('response.code')),
    ...(interim.length > 0 && {interim}),
    responseVersion: show('response.version') ?? '',
    responseFrame: response.at.frame,
    setCookie: fields
      .filter(({name}) => name === 'http.set_cookie')
      .map(({show: text}) => withoutEnd(text) ?? ''),
    ...optional('contentLength', length === undefined ? undefined : Number(length)),
    ...optional('transferEncoding', show('transfer_encoding')),
    ...optional('contentType', show('content_type')),
    ...optional('location', show('location')),
    ...optional('connection', show('connection')),
  };
};

type Answer = {readonly interim: number[]; readonly response: Said | undefined};

/** undefined: tshark sees no HTTP, not even content. Answers belong to requests in their order (RFC 9112 §9.3). */
const httpOf = (
  frames: readonly Dissected[],
  places: ReadonlyMap<number, number>,
  spoken: boolean,
): readonly Facts[] | undefined => {
  const said = saidIn(frames, 'http');
  if (!spoken) return undefined;
  const requests: {readonly stream: number; readonly said: Said}[] = [];
  const answers = new Map<number, Answer[]>();
  for (const each of said) {
    const stream = places.get(streamOf(each.at)) ?? -1;
    const {fields} = each.proto;
    if (fieldOf(fields, 'http.request.method')) requests.push({stream, said: each});
    if (!fieldOf(fields, 'http.response.code')) continue;
    const known = answers.get(stream) ?? [{interim: [], response: undefined}];
    answers.set(stream, known);
    const status = number(fields, 'http.response.code');
    if (status < 200 && status !== 101) known.at(-1)?.interim.push(status);
    else
      known.splice(
        -1,
        1,
        {interim: known.at(-1)?.interim ?? [], response: each},
        {interim: [], response: undefined},
      );
  }
  return requests.map(({stream, said: request}) => {
    // A 1xx may come before the request is whole.
    const {response, interim} = answers.get(stream)?.shift() ?? {response: undefined, interim: []};
    return {...requestFacts(stream, request), ...responseFacts(response, interim)};
  });
};

/** `Name: words (7)` → `words (7)`; without the number where `bare`. */
const wordsOf = ({text}: Shown, bare: boolean): string => {
  const words = text.slice(text.indexOf(': ') + 2);
  return bare ? words.replace(/ \([0-9a-fx]+\)$/, '') : words;
};

type Told = {readonly frame: number; readonly from: string; readonly fields: readonly Shown[]};

const helloRetry = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c';

/** The fields of each handshake message of a kind, from its type to the next. */
const messagesOf = (told: readonly Told[], type: string): readonly Told[] =>
  told.flatMap(({frame, from, fields}) => {
    const starts = fields.flatMap(({name}, index) => (name === 'tls.handshake.type' ? [index] : []));
    return starts
      .map((start, index) => ({frame, from, fields: fields.slice(start, starts[index + 1])}))
      .filter((message) => message.fields[0]?.show === type);
  });

const extension = (fields: readonly Shown[], type: string): boolean =>
  shownIn(fields, 'tls.handshake.extension.type').some(({show}) => show === type);

const isRetry = ({fields}: Told): boolean =>
  (fieldOf(fields, 'tls.handshake.random')?.show ?? '').replaceAll(':', '') === helloRetry;

const versionOf = (hello: Told | undefined): string | null => {
  if (!hello) return null;
  const chosen =
    fieldOf(hello.fields, 'tls.handshake.extensions.supported_version') ??
    fieldOf(hello.fields, 'tls.handshake.version');
  return chosen ? wordsOf(chosen, true) : null;
};

const isResumed = (told: readonly Told[], server: Told, version: string | null): boolean => {
  if (version === 'TLS 1.3') return extension(server.fields, '41');
  const changed = told.some(
    ({from, fields}) =>
      from === server.from &&
      fields.some(({name, show}) => name === 'tls.record.content_type' && show === '20'),
  );
  return changed && messagesOf(told, '14').length === 0;
};

const offersOf = (first: readonly Shown[]): Facts => ({
  earlyDataOffered: extension(first, '42'),
  pskOffered: extension(first, '41'),
});

const tlsFacts = (stream: number, told: readonly Told[]): Facts => {
  const clients = messagesOf(told, '1');
  const servers = messagesOf(told, '2');
  const server = servers.find((hello) => !isRetry(hello));
  const chosen = server ?? servers[0];
  const hello = clients.at(-1)?.fields ?? [];
  const version = versionOf(chosen);
  const hidden = version === 'TLS 1.3' ? messagesOf(told, '8') : servers;
  const alpn = hidden.flatMap(({fields}) => shownIn(fields, 'tls.handshake.extensions_alpn_str'))[0];
  const suite = chosen && fieldOf(chosen.fields, 'tls.handshake.ciphersuite');
  const handshake = told.flatMap(({frame, fields}) =>
    shownIn(fields, 'tls.handshake.type').map((field) => ({frame, message: wordsOf(field, true)})),
  );
  const alerts = told.flatMap(({frame, fields}) => {
    const descriptions = shownIn(fields, 'tls.alert_message.desc');
    return shownIn(fields, 'tls.alert_message.level').map((level, index) => {
      const description = descriptions[index];
      return {
        frame,
        level: wordsOf(level, false),
        description: description ? wordsOf(description, false) : '',
      };
    });
  });
  const offered = shownIn(hello, 'tls.handshake.extensions.supported_version').map((field) =>
    wordsOf(field, true),
  );
  const legacy = fieldOf(hello, 'tls.handshake.version');
  return {
    stream,
    version,
    cipherSuite: suite ? wordsOf(suite, true) : null,
    sni: fieldOf(hello, 'tls.handshake.extensions_server_name')?.show ?? null,
    alpn: alpn?.show ?? null,
    alpnOffered: shownIn(hello, 'tls.handshake.extensions_alpn_str').map(({show}) => show),
    versionsOffered: offered.length > 0 || !legacy ? offered : [wordsOf(legacy, true)],
    handshake,
    alerts,
    sessionResumed: chosen ? isResumed(told, chosen, version) : null,
    helloRetryRequest: servers.some(isRetry),
    ...(clients[0] && offersOf(clients[0].fields)),
  };
};

const tlsOf = (frames: readonly Dissected[], places: ReadonlyMap<number, number>): readonly Facts[] => {
  const streams = new Map<number, Told[]>();
  for (const {at, proto} of saidIn(frames, 'tls')) {
    const stream = places.get(streamOf(at)) ?? -1;
    const told = {frame: at.frame, from: endpointOf(at, 'src'), fields: proto.fields};
    const known = streams.get(stream);
    if (known) known.push(told);
    else streams.set(stream, [told]);
  }
  return [...streams].sort(([a], [b]) => a - b).map(([stream, told]) => tlsFacts(stream, told));
};

/** `places`: of tshark's streams in the list of connections. `http`: tshark calls some frame HTTP, if only by its port. */
export const messageFacts = (
  file: string,
  keyLog: string | undefined,
  {places, http: spoken}: {readonly places: ReadonlyMap<number, number>; readonly http: boolean},
): Facts => {
  const frames = dissectedBy(file, 'dns || http || tls', keyLog);
  const dns = dnsOf(frames);
  const sessions = tlsOf(frames, places);
  const http = httpOf(frames, places, spoken || saidIn(frames, 'http').length > 0);
  return {
    ...(dns.length > 0 && {dns}),
    ...(http && {http}),
    ...(sessions[0] && {tls: sessions[0]}),
    ...(sessions.length > 1 && {tlsSessions: sessions}),
  };
};
