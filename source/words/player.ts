// The words of the player's screen, in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const playerTexts = {
  at: text('at', '时刻'),
  timers: text('timers', '定时器'),
  left: text('left', '剩余'),
  leftOf: text('of', '/'),
  lost: text('lost on the way', '在途中丢失'),
  due: text('due', '预计'),
  onItsWay: text('on its way', '在途中'),
  noPacket: text('no packet', '没有分组'),
  earlierPacket: text('earlier packet', '个更早的分组'),
  earlierPackets: text('earlier packets', '个更早的分组'),
  laterPacket: text('later packet', '个后来的分组'),
  laterPackets: text('later packets', '个后来的分组'),
  moreSegments: text('more segments', '个报文段'),
  reordered: text('reordered', '乱序'),
  copied: text('copied', '多出一份'),
  edited: text('altered', '途中改动'),
  inFlight: text('in flight', '在途中'),
  /** After how many. */
  countInFlight: text('in flight', '个在途'),
  noTcb: text('no record (no TCB)', '没有连接记录（TCB）'),
  more: text('more', '项未显示'),
  beat: text('beat', '段落'),
  of: text('of', '/'),
  paused: text('paused', '暂停'),
  right: text('right', '对'),
  skipped: text('skipped', '已跳过'),
  picturesFrom: text('too small for pictures; they begin at', '窗口太小，画不下图；最小尺寸是'),
  noQuestion: text(
    'too small for this question; larger, or s skips it',
    '窗口太小，放不下这个问题：放大窗口，或按 s 跳过',
  ),
  whatIf: text('What if …', '假如……'),
  check: text('Q   a few questions on this lesson', 'Q   就这一课答几道题'),
  goesOnIn: text('Goes on in lesson', '接着看课程'),
  youMayHaveRead: text('You may have read:', '你可能读到过：'),
  clause: text('RFC', 'RFC'),
  hosts: text('hosts', '台主机'),
  endpoints: text('endpoints', '两端'),
  packets: text('packets', '分组'),
  capture: text('capture', '抓包'),
  rtt: text('RTT', 'RTT'),
} as const;

/** Headings of the packet list; fields keep their names in both languages. */
export const listHeadings = {
  sent: text('sent', '发出'),
  from: text('from', '发送方'),
  to: text('to', '接收方'),
  flags: text('flags', 'flags'),
  seq: text('seq', 'seq'),
  ack: text('ack', 'ack'),
  len: text('len', 'len'),
  fate: text('fate', '结果'),
} as const;

export const listTexts = {
  searching: text('searching', '正在查找'),
  none: text(
    'No packet has been sent yet. Each will stand here in a row.',
    '还没有发出分组。发出后，每个分组在这里占一行。',
  ),
  noneFits: text(
    'No packet fits the filter; esc shows all again.',
    '没有符合过滤条件的分组；按 esc 恢复全部。',
  ),
} as const;

export const whyTexts = {
  heading: text('why?', '为什么'),
  question: text('Why', '为什么'),
  now: text('now', '现在'),
  causedBy: text('caused by', '起因'),
  causes: text('causes', '引起'),
  rule: text('rule', '规则'),
  notBecause: text('not because', '不是因为'),
  noRule: text(
    'No rule of a protocol decides this: the path or a program did it.',
    '这不由协议规则决定：是路径或程序造成的。',
  ),
  passedOn: text('It has come to a router, which passes it on.', '它到了路由器，由路由器继续转发。'),
  badChecksum: text(
    'The receiver works the checksum out and finds another one. A damaged segment is dropped in silence: not even its addresses and ports can be trusted (RFC 9293 §3.1).',
    '接收方算出的校验和与首部里的不同。损坏的报文段直接丢弃，什么都不回：连地址和端口都不可信（RFC 9293 §3.1）。',
  ),
  malformed: text(
    'A length in the header cannot be right. What cannot be read is dropped in silence.',
    '首部里的长度不可能成立。读不懂的报文段直接丢弃，什么都不回。',
  ),
  nothingNew: text(
    'Its sender sent it, and it tells the receiver nothing new: no state and no number changes.',
    '发送方发了它，但它没有带来新的内容：状态和序号都不变。',
  ),
  capture: text(
    'The capture does not tell: several reasons would look like this on the wire.',
    '抓包看不出原因：好几种原因在线路上是同一个样子。',
  ),
  notSeen: text(
    '≈ Nobody saw it arrive: this is half of the measured way there and back after it left, if it arrived at all.',
    '≈ 没有人看到它到达：这个时刻是发出之后加上往返时间的一半，前提是它确实到了。',
  ),
  notSeenLeaving: text(
    '≈ Nobody saw it leave: the time is half of the measured way there and back before it was captured.',
    '≈ 没有人看到它发出：这个时刻是抓到它之前往返时间的一半。',
  ),
  beforeCapture: text(
    'It left before the first frame was captured, which is where the clock has its 0.',
    '时钟以抓到第一帧为 0，而它在那之前就已发出。',
  ),
  timeEstimated: text(
    '≈ The time is estimated, too: half of the measured way there and back lies between it and what was captured.',
    '≈ 时刻也是估算的：它和抓到的时刻相差往返时间的一半。',
  ),
  untimed: text(
    'How long it took, the capture does not tell: between these two nothing was measured, or both answer within a millisecond. It shows when it was captured.',
    '抓包看不出它走了多久：这两端之间没有量到往返时间，或者双方都在一毫秒之内应答。这里显示的是抓到它的时刻。',
  ),
  forMany: text(
    'It is meant for all who listen: the capture does not tell who got it, or when.',
    '它发给所有侦听者：抓包看不出谁收到了、何时收到。',
  ),
  seenArriving: text(
    'It was sent, and the capture shows it here. What the receiver makes of it shows in what it sends.',
    '它被发出，抓包在这里看到了它。接收方如何处理，要看它接下来发什么。',
  ),
  deduced: text(
    'Deduced: a capture has no states. The end is in this one if all packets up to here were delivered.',
    '推断而来：抓包里没有状态。只要到此为止的分组都已送达，这一端就处于这个状态。',
  ),
  deducedLate: text(
    'Deduced: its SYN is not in the capture, so the connection began before. A segment without SYN only passes once it is open.',
    '推断而来：抓包里没有它的 SYN，连接在抓包之前就开始了。不带 SYN 的报文段，只有连接建立之后才会出现。',
  ),
  deducedReset: text(
    'Deduced: an RST has passed. Its sender has no record of the connection any more, and who accepts it drops its own (RFC 9293 §3.5.3).',
    '推断而来：出现了 RST。发送方已经没有这个连接的记录，接受它的一方也会丢弃自己的记录（RFC 9293 §3.5.3）。',
  ),
  nothing: text('Nothing has happened yet.', '还没有发生任何事。'),
  sent: text('sent', '发出'),
  arriving: text('arriving', '到达'),
  packet: text('packet', '分组'),
  lost: text('lost', '丢失'),
  runsOut: text('runs out', '超时'),
  starts: text('starts', '启动'),
  stops: text('stops', '停止'),
  call: text('call', '调用'),
} as const;

/** Display names of hosts whose names are words; any other name is shown as it is. */
export const hostNames: {readonly [name: string]: Text} = {
  client: text('client', '客户端'),
  server: text('server', '服务器'),
  attacker: text('attacker', '攻击者'),
  mitm: text('mitm', '中间人'),
  router: text('router', '路由器'),
  resolver: text('resolver', '解析器'),
  thief: text('thief', '小偷'),
};
