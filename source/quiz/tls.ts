// Questions about TLS (RFC 9846 §5, §7; RFC 5246): what an eavesdropper reads, which key protects a record, what a record's header says.

import {segmentOf} from '../account/packet.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import type {TlsContent} from '../observe/tls-contents.ts';
import {type TlsSession, tlsSessionsIn} from '../observe/tls-sessions.ts';
import type {Trace} from '../sim/trace.ts';
import {splitHandshake} from '../wire/tls/handshake-stream.ts';
import {ContentType, HandshakeType, ProtocolVersion} from '../wire/tls/registry.ts';
import {after, packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {perTrace} from './per-trace.ts';
import {hostText, same, sentence} from './words.ts';

const isNew = ({version}: TlsSession): boolean => version === ProtocolVersion['TLS 1.3'];

/** The first line of what the client asks for inside, as far as the run's secrets open it. */
const requestLine = ({contents}: TlsSession): string | undefined => {
  const first = contents.find(
    ({type, seen, content}) => type === ContentType.application_data && seen.side === 0 && content,
  );
  const bytes = first?.content?.subarray(0, 60) ?? new Uint8Array();
  const line = String.fromCharCode(...bytes).split('\r\n')[0] ?? '';
  return /^[A-Z]+ \S+ HTTP/.test(line) ? line : undefined;
};

const helloOf = ({contents}: TlsSession): TlsContent | undefined =>
  contents.find(({seen, content}) => seen.side === 0 && content?.[0] === HandshakeType.client_hello);

const sessions = perTrace((trace: Trace): readonly TlsSession[] =>
  tlsSessionsIn(trace).filter(
    (session) =>
      session.version !== undefined && session.serverName !== undefined && helloOf(session) !== undefined,
  ),
);

const readHints = (session: TlsSession): Draft['hints'] => [
  sentence('The first message has to leave before there is a key.', '第一条消息发出时还没有密钥。'),
  sentence(
    'TLS protects what is inside its records, not the headers of TCP and IP.',
    'TLS 保护记录里的内容，不保护 TCP 和 IP 首部。',
  ),
  isNew(session)
    ? sentence('In TLS 1.3 all behind ServerHello is encrypted.', 'TLS 1.3 里，ServerHello 之后全部加密。')
    : sentence(
        'In TLS 1.2 the handshake goes in clear until ChangeCipherSpec.',
        'TLS 1.2 的握手在 ChangeCipherSpec 之前都是明文。',
      ),
];

const readDraft = (trace: Trace, session: TlsSession): Draft | undefined => {
  const hello = helloOf(session);
  const evidence = hello && fieldEvidence(trace, hello.seen.frame, 'tls.handshake.extensions_server_name');
  const line = requestLine(session);
  const server = session.connection.ends[1];
  const name = session.serverName;
  if (!hello || !evidence || evidence.value !== name || line === undefined || line.length > 50)
    return undefined;
  const open = !isNew(session) && session.certificates[1].length > 0;
  const certificate: Option = {
    text: text('the server’s certificate', '服务器的证书'),
    value: 'certificate',
  };
  const version = isNew(session) ? 'TLS 1.3' : 'TLS 1.2';
  return {
    form: 'several',
    right: [
      {
        text: text(`the site’s name, ${name}`, `站点名 ${name}`),
        value: name,
        misconception: 'https-hides-sni',
      },
      {
        text: text('the addresses and ports of both ends', '两端的地址和端口'),
        value: 'addresses',
        misconception: 'https-hides-sni',
      },
      {text: text('how much data goes, and when', '数据有多少、什么时候发'), value: 'sizes'},
      ...(open ? [certificate] : []),
    ],
    wrong: [
      {text: text(`the request: ${line}`, `请求：${line}`), value: 'request'},
      {text: text('the cookies', 'Cookie'), value: 'cookies'},
      ...(isNew(session) ? [certificate] : []),
    ],
    prompt: sentence(
      `Packet ${hello.seen.frame} opens ${version} to ${hostText(server.host).en}. Somebody on the path listens to all of the connection, without any key. What can be read?`,
      `第 ${hello.seen.frame} 个分组开始与${hostText(server.host).zh}的 ${version} 连接。途中有人监听整条连接，手里没有任何密钥。他能读到什么？`,
    ),
    hints: readHints(session),
    explain: isNew(session)
      ? sentence(
          'ClientHello names the site in clear; addresses, sizes and times always show. Certificate and HTTP are encrypted.',
          'ClientHello 里的站点名是明文，地址、大小和时间总能看到；证书和 HTTP 都已加密。',
        )
      : sentence(
          `ClientHello${open ? ' and Certificate travel' : ' travels'} in clear; addresses, sizes and times always show. HTTP is encrypted.`,
          `ClientHello ${open ? '和证书' : ''}是明文，地址、大小和时间总能看到；HTTP 已加密。`,
        ),
    n: eventAfter(trace, hello),
    evidence,
  };
};

const eventAfter = (trace: Trace, {seen}: TlsContent): number => trace.packet(seen.frame).sendEvent + 1;

export const eavesdropperReads: Generator = {
  kind: 'eavesdropper-reads',
  places: ({trace}) => sessions(trace).map((_, index) => index + 1),
  ask: ({trace}, place) => {
    const session = sessions(trace)[place - 1];
    return session && readDraft(trace, session);
  },
};

type Phase = 'early' | 'handshake' | 'application';
type Keyed = {readonly content: TlsContent; readonly phase: Phase; readonly session: TlsSession};

/** Encrypted records of TLS 1.3 that the run's secrets open, each with the traffic secret of RFC 9846 §7.1 that protects it. */
const keyed = perTrace((trace: Trace): readonly Keyed[] =>
  sessions(trace)
    .filter(isNew)
    .flatMap((session) => {
      const finished = [false, false];
      const answered = session.contents.find(({seen}) => seen.side === 1)?.seen.event ?? 0;
      return session.contents.flatMap((content): readonly Keyed[] => {
        const {encrypted, seen, type, content: inside} = content;
        if (!encrypted || !inside) return [];
        const phase: Phase =
          seen.side === 0 && seen.event < answered
            ? 'early'
            : finished[seen.side]
              ? 'application'
              : 'handshake';
        if (type === ContentType.handshake && inside.length > 0 && endsFinished(inside))
          finished[seen.side] = true;
        return [{content, phase, session}];
      });
    }),
);

/** Does the last handshake message in it say Finished? */
const endsFinished = (bytes: Uint8Array): boolean => {
  const split = splitHandshake(new Uint8Array(), bytes);
  return split.ok && split.value.messages.at(-1)?.[0] === HandshakeType.finished;
};

const phaseTexts: {readonly [phase in Phase]: Text} = {
  early: text('early traffic', '早期流量'),
  handshake: text('handshake traffic', '握手流量'),
  application: text('application traffic', '应用流量'),
};

const sides = ['client', 'server'] as const;

const secret = (side: 0 | 1, phase: Phase): Option => ({
  text: sentence(
    `${hostText(sides[side]).en === 'the client' ? 'the client’s' : 'the server’s'} key for ${phaseTexts[phase].en}`,
    `${hostText(sides[side]).zh}的${phaseTexts[phase].zh}密钥`,
  ),
  value: `${sides[side]} ${phase}`,
});

const keyDraft = (trace: Trace, {content, phase, session}: Keyed): Draft | undefined => {
  const {seen, type} = content;
  const late = phase === 'application';
  const messages = late
    ? text('handshake messages that come after Finished', 'Finished 之后的握手消息')
    : text('handshake messages', '握手消息');
  const inside = type === ContentType.handshake ? messages : text('data of the programs', '程序的数据');
  if (type !== ContentType.handshake && type !== ContentType.application_data) return undefined;
  const {side} = seen;
  const other = side === 0 ? 1 : 0;
  const {host} = session.connection.ends[side];
  return {
    form: 'choice',
    right: secret(side, phase),
    wrong: [
      {
        text: text('the key of the certificate', '证书的密钥'),
        value: 'certificate',
        misconception: 'cert-key-encrypts',
      },
      ...(['handshake', 'application'] as const).flatMap((each) => [secret(side, each), secret(other, each)]),
    ],
    prompt: after(
      packetLines(trace, trace.packet(seen.frame).sendEvent + 1, 3),
      sentence(
        `A record of TLS 1.3 in packet ${seen.frame} from ${hostText(host).en} carries ${inside.en}. Which key protects it?`,
        `第 ${seen.frame} 个分组里，${hostText(host).zh}的一条 TLS 1.3 记录装着${inside.zh}。保护它的是哪个密钥？`,
      ),
    ),
    hints: [
      sentence('Each direction has keys of its own.', '两个方向各有自己的密钥。'),
      sentence(
        'Finished is the last message under the handshake keys of its sender.',
        'Finished 是发送方用握手密钥保护的最后一条消息。',
      ),
      sentence('The certificate’s key only signs.', '证书的密钥只用来签名。'),
    ],
    explain: sentence(
      `The sender encrypts with its own key for ${phaseTexts[phase].en}. That key comes from the exchange of shares; the certificate’s key has only signed.`,
      `发送方用自己的${phaseTexts[phase].zh}密钥加密。它由双方交换的密钥份额算出；证书的密钥只签过名。`,
    ),
    n: trace.packet(seen.frame).sendEvent + 1,
    evidence: {packet: seen.frame, field: 'clause:RFC 9846 §7.1', value: `${sides[side]} ${phase}`},
  };
};

export const keyOfRecord: Generator = {
  kind: 'key-of-record',
  places: ({trace}) => keyed(trace).map((_, index) => index + 1),
  ask: ({trace}, place) => {
    const found = keyed(trace)[place - 1];
    return found && keyDraft(trace, found);
  },
};

/** Records that fill the data of one segment, so that its fields are those of this record alone. */
const alone = perTrace(
  (trace: Trace): readonly {readonly content: TlsContent; readonly session: TlsSession}[] =>
    sessions(trace).flatMap((session) =>
      session.contents.flatMap((content) => {
        const data = segmentOf(trace.packet(content.seen.frame))?.payload.length;
        const whole = data === content.seen.record.fragment.length + 5;
        return whole && (isNew(session) || !content.encrypted) ? [{content, session}] : [];
      }),
    ),
);

const typeNames: readonly (readonly [type: number, name: string])[] = [
  [ContentType.handshake, 'handshake'],
  [ContentType.application_data, 'application_data'],
  [ContentType.change_cipher_spec, 'change_cipher_spec'],
  [ContentType.alert, 'alert'],
];

const typeDraft = (
  trace: Trace,
  {content, session}: {readonly content: TlsContent; readonly session: TlsSession},
): Draft | undefined => {
  const {seen, encrypted, type} = content;
  // Whoever has the secrets, as an exported capture, sees the type inside under the first name, and that on the wire under the second.
  const field = encrypted ? 'tls.record.opaque_type' : 'tls.record.content_type';
  const printed = fieldEvidence(trace, seen.frame, 'tls.record.content_type');
  const inside = typeNames.find(([number]) => number === type)?.[1];
  const {host} = session.connection.ends[seen.side];
  if (!printed || inside === undefined || printed.value !== String(seen.record.type)) return undefined;
  const option = ([number, name]: readonly [number, string]): Option => ({
    text: same(`${number} (${name})`),
    value: String(number),
  });
  const right = typeNames.find(([number]) => number === seen.record.type);
  if (!right) return undefined;
  const what = typeTexts[inside] ?? text(inside, inside);
  return {
    form: 'choice',
    right: option(right),
    wrong: typeNames.filter((each) => each !== right).map(option),
    prompt: sentence(
      `In packet ${seen.frame} ${hostText(host).en} sends a TLS record with ${what.en}${encrypted ? ', encrypted under TLS 1.3' : ', in clear'}. Which content type stands in the record’s header?`,
      `第 ${seen.frame} 个分组里，${hostText(host).zh}发出一条 TLS 记录，里面是${what.zh}${encrypted ? '，由 TLS 1.3 加密' : '，没有加密'}。记录首部的内容类型是多少？`,
    ),
    hints: [
      sentence('The header of a record is never encrypted.', '记录首部从不加密。'),
      sentence('TLS 1.3 hides the true type inside the record.', 'TLS 1.3 把真正的类型藏在记录里面。'),
    ],
    explain: encrypted
      ? sentence(
          'Every encrypted record of TLS 1.3 says 23, application_data; the true type stands inside (RFC 9846 §5.2).',
          'TLS 1.3 的加密记录首部一律写 23（application_data），真正的类型在里面（RFC 9846 §5.2）。',
        )
      : sentence(
          `Nothing is encrypted here, so the header says what is inside: ${right[0]}.`,
          `这里没有加密，首部写的就是里面的类型：${right[0]}。`,
        ),
    n: trace.packet(seen.frame).sendEvent,
    evidence: {packet: seen.frame, field, value: printed.value},
  };
};

const typeTexts: {readonly [name: string]: Text} = {
  handshake: text('handshake messages', '握手消息'),
  application_data: text('data of the programs', '程序的数据'),
  change_cipher_spec: text('ChangeCipherSpec', ' ChangeCipherSpec'),
  alert: text('an alert', '告警'),
};

export const recordType: Generator = {
  kind: 'record-type',
  places: ({trace}) => alone(trace).map((_, index) => index + 1),
  ask: ({trace}, place) => {
    const found = alone(trace)[place - 1];
    return found && typeDraft(trace, found);
  },
};
