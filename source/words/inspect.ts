// What `inspect` says, in both languages: findings as sentences, and the lines of the lists.
import {sameIn, type Text} from '../lesson/text.ts';
import type {Refusal} from '../observe/icmp-refusals.ts';
import {icmpNames, icmpv6Names} from './catalogue/icmp.ts';
import {answeredWords} from './catalogue/inspect.ts';
import {formatLength} from './format.ts';
import {icmpName} from './icmp.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`);

/** Numbers of packets, of which `count` belong together and some are known. */
const packetsEn = (frames: readonly number[], count: number): string =>
  frames.length === 0
    ? ''
    : ` (packet${count === 1 ? '' : 's'} ${frames.join(', ')}${count > frames.length ? ' …' : ''})`;
const packetsZh = (frames: readonly number[], count: number): string =>
  frames.length === 0 ? '' : `（分组 ${frames.join('、')}${count > frames.length ? ' 等' : ''}）`;

type By = 'client' | 'server';
const zhBy = (by: By): string => (by === 'client' ? '客户端' : '服务器');

type Often = {
  readonly by: By;
  readonly fin: boolean;
  readonly count: number;
  readonly frames: readonly number[];
  readonly waitsUs: readonly number[];
  readonly doubled: boolean;
};

const refusalWords = ({version, type, code}: Refusal): Text =>
  icmpName(version === 4 ? icmpNames : icmpv6Names, {type, code}) ?? sameIn(`type=${type} code=${code}`);

/** Sentences about one connection; its name stands before them. */
export const findingTexts = {
  lateOpening: (us: number, again: number) =>
    again > 0
      ? text(
          `the server took ${formatLength(us)} to answer the SYN: ${again === 1 ? 'one SYN, or its answer, was' : `${again} SYNs, or their answers, were`} lost.`,
          `服务器过了 ${formatLength(us)} 才应答 SYN：有 ${again} 个 SYN（或对它的应答）丢失了。`,
        )
      : text(
          `the server took ${formatLength(us)} to answer the SYN.`,
          `服务器过了 ${formatLength(us)} 才应答 SYN。`,
        ),
  synAckAgain: (sent: number) =>
    text(`the server sent its SYN,ACK ${times(sent)}.`, `服务器的 SYN,ACK 发了 ${sent} 次。`),
  refused: text(
    'refused: the SYN was answered with RST, nobody listens on that port.',
    '连接被拒绝：SYN 换来 RST，那个端口没有程序在监听。',
  ),
  unanswered: (sent: number, us: number) =>
    sent === 1
      ? text('no answer: one SYN, and nothing came back.', '没有应答：发出一个 SYN，什么也没回来。')
      : text(
          `no answer: ${sent} SYNs within ${formatLength(us)}, and nothing came back.`,
          `没有应答：${formatLength(us)} 内发了 ${sent} 个 SYN，什么也没回来。`,
        ),
  unreachable: (refusal: Refusal) =>
    text(
      `${refusal.from} answered with ICMP: ${refusalWords(refusal).en} (packet ${refusal.frame}).`,
      `${refusal.from} 用 ICMP 回应：${refusalWords(refusal).zh}（分组 ${refusal.frame}）。`,
    ),
  halfOpen: text('never opened: the SYN,ACK was not acknowledged.', '没有建立：SYN,ACK 一直没有得到确认。'),
  flood: (count: number, server: string) =>
    text(
      `${server}: ${count} connections were begun and never opened. That looks like a SYN flood.`,
      `${server}：有 ${count} 个连接只开了头，一直没有建立，像是 SYN 泛洪。`,
    ),
  simultaneousOpen: text('both ends sent SYN: a simultaneous open.', '两端都发了 SYN：同时打开。'),
  /** By itself, without having been asked. */
  reset: (by: By, data: boolean, closed: boolean) =>
    closed
      ? text(
          `the ${by} broke it off with RST after its FIN.`,
          `${zhBy(by)}发完 FIN 之后又用 RST 中断了连接。`,
        )
      : text(
          `the ${by} broke it off with RST instead of FIN${data ? ': its program aborted, or closed before it had read everything' : ', before any data'}.`,
          `${zhBy(by)}没有发 FIN，直接用 RST 中断了连接${data ? '：程序主动放弃了连接，或者还有数据没读就关闭了' : '，当时还没有数据'}。`,
        ),
  /** `frame`: what it answers. */
  resetAnswers: (by: By, what: 'data' | 'fin' | 'keepAlive', frame: number, closed: boolean) =>
    text(
      `the ${by} answered ${answeredWords[what].en} (packet ${frame}) with RST: ${closed ? 'its program had closed and reads no more' : 'it knows this connection no longer'}.`,
      `${zhBy(by)}用 RST 应答${answeredWords[what].zh}（分组 ${frame}）：${closed ? '它的程序已经关闭，不再读数据' : '它那里已经没有这个连接了'}。`,
    ),
  resetGaveUp: (by: By, probes: number) =>
    text(
      `the ${by} gave up with RST: ${probes === 1 ? 'its keep-alive probe' : `its ${probes} keep-alive probes`} had no answer.`,
      `${zhBy(by)}用 RST 放弃了连接：${probes} 个保活探测都没有应答。`,
    ),
  simultaneousClose: text('both FINs crossed: a simultaneous close.', '两个 FIN 在路上相遇：同时关闭。'),
  halfClosed: (by: By) =>
    text(
      `half closed at the end of the capture: the ${by} has sent FIN, the other end has not.`,
      `抓包结束时处于半关闭：${zhBy(by)}发了 FIN，另一端还没有发。`,
    ),
  afterFin: (by: By, bytes: number) =>
    text(
      `the ${by} closed its direction first; ${many(bytes, 'byte')} still came the other way.`,
      `${zhBy(by)}先关闭了自己的方向，之后对方又发来 ${bytes} 字节。`,
    ),
  timeWaitEnded: text('a late RST ended TIME-WAIT.', '迟到的 RST 结束了 TIME-WAIT。'),
  resent: (by: By, count: number, reported: number, frames: readonly number[]) =>
    text(
      `the ${by} sent ${many(count, 'segment')} again${packetsEn(frames, count)}${reported === 0 ? '' : `; ${count === 1 ? 'it' : reported === count ? 'all' : `${reported} of them`} had been reported missing by SACK or duplicate ACKs`}.`,
      `${zhBy(by)}重传了 ${count} 个报文段${packetsZh(frames, count)}${reported === 0 ? '' : `，${count === reported ? '' : `其中 ${reported} 个`}由 SACK 或重复 ACK 报告缺失`}。`,
    ),
  /** One segment, once: nobody had acknowledged it. `fin`: it has nothing but FIN. */
  resentOnce: (by: By, fin: boolean, frame: number, us: number) =>
    text(
      `the ${by} sent its ${fin ? 'FIN' : 'last segment'} again after ${formatLength(us)} (packet ${frame}): no ACK had come.`,
      `${zhBy(by)}过了 ${formatLength(us)} 又发了一次${fin ? ' FIN' : '最后那个报文段'}（分组 ${frame}）：一直没有等到 ACK。`,
    ),
  /** One segment, again and again. `doubled`: each wait was about twice the one before. */
  resentOften: ({by, fin, count, frames, waitsUs, doubled}: Often) =>
    text(
      `the ${by} sent ${fin ? 'its FIN' : 'the same segment'} again ${times(count)}${packetsEn(frames, count)}, after ${waitsUs.map(formatLength).join(', ')}: no ACK came${doubled ? ', and each time it waited twice as long' : ''}.`,
      `${zhBy(by)}把${fin ? ' FIN ' : '同一个报文段'}重发了 ${count} 次${packetsZh(frames, count)}，间隔依次为 ${waitsUs.map(formatLength).join('、')}：没有等到 ACK${doubled ? '，每次等待的时间加倍' : ''}。`,
    ),
  copies: (count: number, first: number) =>
    text(
      `${many(count, 'packet')} came twice, the same to the last octet (the first is packet ${first}): ${count === 1 ? 'it was' : 'they were'} doubled on the way or by the capture, no end sent ${count === 1 ? 'it' : 'them'} again.`,
      `有 ${count} 个分组出现了两次，内容完全相同（第一个是分组 ${first}）：是在路上或抓包时被复制的，不是哪一端重发的。`,
    ),
  giants: (count: number, largest: number, mss: number) =>
    text(
      `${many(count, 'segment')} larger than the MSS (up to ${largest} bytes, MSS ${mss}): captured before the network card cut, or after it joined what came (offload).`,
      `有 ${count} 个报文段超过 MSS（最大 ${largest} 字节，MSS 为 ${mss}）：抓包在网卡切分之前，或在合并之后（分段卸载）。`,
    ),
  reordered: (count: number, frames: readonly number[]) =>
    text(
      `${many(count, 'segment')} came out of order${packetsEn(frames, count)}.`,
      `有 ${count} 个报文段乱序到达${packetsZh(frames, count)}。`,
    ),
  /** `filled`: what was missing came later. */
  missing: (count: number, filled: boolean, frames: readonly number[]) =>
    filled
      ? text(
          `${many(count, 'gap')} in the numbers, seen before ${packetsEn(frames, count).slice(2, -1)}, ${count === 1 ? 'filled later: its segment was' : 'all filled later: their segments were'} lost before the capture point, or came late.`,
          `序号有 ${count} 处空缺（见${packetsZh(frames, count).slice(1, -1)}之前），后来都补齐了：那些报文段在抓包点之前丢了，或者来迟了。`,
        )
      : text(
          `${many(count, 'gap')} in the numbers, seen before ${packetsEn(frames, count).slice(2, -1)}, and not all filled: segments were not captured.`,
          `序号有 ${count} 处空缺（见${packetsZh(frames, count).slice(1, -1)}之前），没有全部补齐：有报文段没抓到。`,
        ),
  zeroWindow: (count: number, probes: number, frames: readonly number[]) =>
    text(
      `the receiver said “window 0” ${times(count)}${packetsEn(frames, count)}${probes > 0 ? `; the sender probed ${times(probes)}` : ''}.`,
      `接收方 ${count} 次通告零窗口${packetsZh(frames, count)}${probes > 0 ? `，发送方探测了 ${probes} 次` : ''}。`,
    ),
  windowFull: (count: number) =>
    text(
      `the sender filled the receiver’s window ${times(count)}.`,
      `发送方 ${count} 次把接收方的窗口填满。`,
    ),
  keepAlive: (count: number, frames: readonly number[]) =>
    text(
      `${many(count, 'keep-alive probe')} in the silence${packetsEn(frames, count)}.`,
      `空闲期间有 ${count} 个保活探测${packetsZh(frames, count)}。`,
    ),
  slowAnswer: (by: By, us: number, frame: number) =>
    text(
      `the ${by} took ${formatLength(us)} to answer (packet ${frame}): its program, not TCP, kept the other end waiting.`,
      `${zhBy(by)}过了 ${formatLength(us)} 才答复（分组 ${frame}）：让对方等的是程序，不是 TCP。`,
    ),
  oneSided: text('only one direction was captured.', '只抓到一个方向。'),
} as const;

/** The same in a table, where a word or two have to do. */
export const briefTexts = {
  lateOpening: (us: number) => text(`SYN ${formatLength(us)}`, `SYN ${formatLength(us)}`),
  synAckAgain: text('↺ SYN,ACK', '↺ SYN,ACK'),
  refused: text('refused', '被拒绝'),
  unanswered: text('no answer', '没有应答'),
  unreachable: text('unreachable', '不可达'),
  halfOpen: text('half-open', '半打开'),
  flood: text('SYN flood', 'SYN 泛洪'),
  simultaneousOpen: text('open crossed', '同时打开'),
  reset: (by: By) => text(`RST by ${by}`, `${zhBy(by)} RST`),
  simultaneousClose: text('close crossed', '同时关闭'),
  halfClosed: text('half closed', '半关闭'),
  afterFin: text('data after FIN', 'FIN 后有数据'),
  timeWaitEnded: text('TIME-WAIT cut', 'TIME-WAIT 中断'),
  resent: (count: number) => text(`↺ ${count}`, `↺ ${count}`),
  reordered: (count: number) => text(`order ${count}`, `乱序 ${count}`),
  missing: (count: number) => text(many(count, 'gap'), `空缺 ${count}`),
  zeroWindow: text('0-window', '零窗口'),
  windowFull: text('window full', '窗口满'),
  keepAlive: text('keep-alive', '保活'),
  copies: (count: number) => text(`2× ${count}`, `重复 ${count}`),
  giants: text('offload', '卸载'),
  slowAnswer: (us: number) => text(`answer ${formatLength(us)}`, `答复 ${formatLength(us)}`),
  oneSided: text('one side', '单向'),
  earlier: text('began before', '之前已打开'),
  dnsSilent: text('no answer', '没有应答'),
  dnsAgain: text('asked again', '重问'),
  dnsTruncated: text('TC', 'TC'),
  dnsSlow: (us: number) => text(formatLength(us), formatLength(us)),
  httpSilent: text('no response', '没有响应'),
  alert: text('TLS alert', 'TLS 告警'),
  retry: text('HelloRetry', 'HelloRetry'),
  early: text('0-RTT', '0-RTT'),
} as const;

export const messageTexts = {
  /** \`count\`: so many answers said it. */
  dnsFailed: (name: string, type: string, rcode: string, count: number) =>
    text(
      `${name} ${type}: ${rcode}${count > 1 ? ` (${count} answers)` : ''}.`,
      `${name} ${type}：${rcode}${count > 1 ? `（${count} 个应答）` : ''}。`,
    ),
  dnsSilent: (name: string, type: string, count: number) =>
    text(
      `${name} ${type}: never answered${count > 1 ? `, asked ${times(count)}` : ''}.`,
      `${name} ${type}：${count > 1 ? `问了 ${count} 次，` : ''}没有应答。`,
    ),
  dnsAgain: (name: string, type: string, count: number, us: number) =>
    text(
      `${name} ${type}: asked ${times(count)}, answered after ${formatLength(us)}.`,
      `${name} ${type}：问了 ${count} 次，${formatLength(us)} 后才有应答。`,
    ),
  dnsTruncated: (name: string, type: string) =>
    text(
      `${name} ${type}: the answer did not fit its datagram (TC).`,
      `${name} ${type}：应答装不进一个数据报（TC）。`,
    ),
  dnsSlow: (name: string, type: string, us: number) =>
    text(
      `${name} ${type}: the answer took ${formatLength(us)}.`,
      `${name} ${type}：过了 ${formatLength(us)} 才有应答。`,
    ),
  httpFailed: (request: string, status: number) => text(`${request}: ${status}.`, `${request}：${status}。`),
  httpSilent: (request: string) => text(`${request}: no whole response.`, `${request}：没有完整的响应。`),
  tlsAlert: (by: By, alert: string) =>
    text(`the ${by} sent a fatal alert: ${alert}.`, `${zhBy(by)}发出致命告警：${alert}。`),
  tlsRetry: text(
    'the server asked for another ClientHello (HelloRetryRequest).',
    '服务器要求客户端再发一个 ClientHello（HelloRetryRequest）。',
  ),
  tlsEarly: text('data went with the ClientHello (0-RTT).', '数据随 ClientHello 一起发出（0-RTT）。'),
} as const;

export const reportTexts = {
  oddities: text('Worth a look', '值得一看'),
  nothingOdd: text('Nothing unusual.', '没有异常。'),
  connections: text('Connections', '连接'),
  noConnections: text('No TCP connections.', '没有 TCP 连接。'),
  more: (count: number) => text(`… and ${count} more`, `……还有 ${count} 条`),
  dns: text('DNS', 'DNS'),
  http: text('HTTP', 'HTTP'),
  tls: text('TLS', 'TLS'),
  head: (packets: number, us: number, link: string) =>
    text(
      `${many(packets, 'packet')} in ${formatLength(us)}, link type ${link}`,
      `${packets} 个分组，历时 ${formatLength(us)}，链路类型 ${link}`,
    ),
  pieces: text('fragments', '分片'),
  cut: (count: number, packets: number) =>
    text(
      count === packets
        ? 'of every packet only the beginning was captured (snap length)'
        : `of ${many(count, 'packet')} only the beginning was captured (snap length)`,
      count === packets
        ? '每个分组都只抓到开头（抓包长度限制）'
        : `有 ${count} 个分组只抓到开头（抓包长度限制）`,
    ),
  others: (list: string) => text(`also: ${list}`, `另有：${list}`),
  unread: (list: string) =>
    text(`not read, nor what is inside: ${list}`, `只识别出类型，内部内容不解读：${list}`),
  empty: text('The capture is valid and has no packets.', '抓包文件有效，但里面没有分组。'),
  carried: (there: number, back: number, packets: number) =>
    text(
      `${many(there, 'byte')} to the server, ${back} back, ${many(packets, 'packet')}`,
      `发往服务器 ${there} 字节，返回 ${back} 字节，共 ${packets} 个分组`,
    ),
  silence: (us: number, frame: number, why: Text) =>
    text(
      `longest silence ${formatLength(us)}, up to packet ${frame}: ${why.en}`,
      `最长静默 ${formatLength(us)}，到分组 ${frame} 为止：${why.zh}`,
    ),
  datagrams: (there: number, back: number, packets: number) =>
    text(
      `UDP; ${many(there, 'byte')} there, ${back} back, ${many(packets, 'packet')}`,
      `UDP；发出 ${there} 字节，返回 ${back} 字节，共 ${packets} 个分组`,
    ),
  roundTrip: (us: number) => text(`round trip ${formatLength(us)}`, `往返时间 ${formatLength(us)}`),
  noAnswer: text('no answer', '没有应答'),
  referral: (zone: string, server: string) =>
    text(`referred to the servers of ${zone} (${server})`, `转交给 ${zone} 的服务器（${server}）`),
  noData: text('no such records (NOERROR, empty)', '没有这种记录（NOERROR，空）'),
  frames: (from: number, to: number | undefined) =>
    to === undefined
      ? text(`frame ${from}`, `帧 ${from}`)
      : text(`frames ${from}, ${to}`, `帧 ${from}、${to}`),
  unknownTls: text('not readable from its beginning', '开头没有抓到，无法解读'),
  closed: text('encrypted; --keylog FILE opens it', '已加密，可用 --keylog FILE 解密'),
  noSecret: text('encrypted; the key log does not open it', '已加密，密钥日志打不开'),
  sealed: text('encrypted; not opened here', '已加密，这里不解密'),
  nothingAgreed: (offered: string) =>
    text(
      `nothing agreed on${offered === '' ? '' : `; offered: ${offered}`}`,
      `没有协商成功${offered === '' ? '' : `；客户端提议 ${offered}`}`,
    ),
  http2: text('HTTP/2 is not read', '不解读 HTTP/2'),
} as const;

/** What ended a silence. */
export const silenceTexts = {
  again: (by: By) =>
    text(
      `nothing had acknowledged what the ${by} sent, its retransmission timer ran out`,
      `${zhBy(by)}发出的数据没有得到确认，重传定时器到时`,
    ),
  keepAlive: (by: By) =>
    text(`the ${by} asked whether the other end is there`, `${zhBy(by)}探测对方是否还在`),
  probe: (by: By) => text(`the ${by} probed a closed window`, `${zhBy(by)}探测关闭的窗口`),
  opened: (by: By) => text(`the ${by} had room again`, `${zhBy(by)}又有了接收空间`),
  reset: (by: By) => text(`the ${by} broke it off`, `${zhBy(by)}中断了连接`),
  closed: (by: By) => text(`the ${by} closed`, `${zhBy(by)}关闭`),
  answered: (by: By) => text(`the ${by} answered`, `${zhBy(by)}答复`),
  spoke: (by: By) => text(`the ${by} sent more`, `${zhBy(by)}继续发送`),
  acknowledged: (by: By) => text(`the ${by} acknowledged`, `${zhBy(by)}确认`),
} as const;
