// The beats of the screens that were drawn by hand (test/fixtures/screens), tied by hand to the events of the handshake that simulate() makes.
import type {BoundBeat} from '../../source/lesson/bound-beat.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Text} from '../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../source/sim/trace.ts';

type Narration = Extract<BoundBeat, {kind: 'narration'}>;
type Question = Exclude<BoundBeat, Narration>;

export const eventWhere = (trace: Trace, wanted: (event: TraceEvent) => boolean): number => {
  for (const event of trace.events()) if (wanted(event)) return event.n;
  throw new Error('no such event');
};

export const sends = (trace: Trace, packet: number): number => trace.packet(packet).sendEvent;

export const enters = (trace: Trace, host: string, state: string): number =>
  eventWhere(trace, (event) => event.kind === 'state' && event.host === host && event.to === state);

export const narration = (
  index: number,
  event: number,
  say: Text,
  change: Partial<Narration> = {},
): Narration => ({
  kind: 'narration',
  index,
  event,
  show: [],
  panels: undefined,
  say,
  note: undefined,
  myth: undefined,
  card: undefined,
  ...change,
});

export const prediction = (
  index: number,
  event: number,
  change: Partial<Question> & {ask: Text},
): Question => ({
  kind: 'prediction',
  index,
  event,
  show: [],
  panels: undefined,
  hint: undefined,
  choices: [],
  explain: undefined,
  hides: undefined,
  rfc: undefined,
  ...change,
});

const same = (value: string): Text => everywhere({en: value, zh: value});

export const ackQuestion = (trace: Trace, index: number): Question =>
  prediction(index, sends(trace, 2), {
    ask: everywhere({
      en: 'Which acknowledgment number will the server send?',
      zh: '服务器会在 ack= 里填多少？',
    }),
    hint: everywhere({
      en: 'The client’s SYN had seq=1000 and no data.',
      zh: '客户端的 SYN 报文段 seq=1000，不带数据。',
    }),
    choices: [
      {id: 'a', text: same('1000'), value: 1000, correct: false, misconception: 'ack-is-last-byte-received'},
      {id: 'b', text: same('1001'), value: 1001, correct: true},
      {id: 'c', text: same('1'), value: 1, correct: false, misconception: 'isn-zero-or-one'},
      {id: 'd', text: same('9001'), value: 9001, correct: false},
    ],
    explain: everywhere({en: 'The SYN took up 1000.', zh: 'SYN 占用了 1000。'}),
    hides: {packet: 2, fields: ['tcp.ack_raw', 'tcp.ack', 'server.rcv.nxt']},
  });

export const twoJobs: Text = everywhere({
  en: 'One segment, two jobs: ack=1001 acknowledges the client’s SYN, and seq=9000 announces the server’s own initial sequence number. A SYN uses up one number, so the ack is 1000 + 1, not 1000.',
  zh: '一个报文段做两件事：ack=1001 确认客户端的 SYN，seq=9000 报出服务器自己的初始序号。SYN 占用一个序号，所以 ack 是 1000 + 1，而不是 1000。',
});

const flagNote: Text = everywhere({
  en: 'ACK is a flag, ack= is a number: the flag says the number is valid.',
  zh: 'ACK 是标志位，ack= 是确认号：前者说明后者是否有效。',
});

export const established: Text = everywhere({
  en: 'The client checks that ack=1001 is what its own SYN calls for, notes the server’s number, and is ESTABLISHED. The server is not: it learns of this 50 ms later.',
  zh: '客户端核对 ack=1001 正是自己的 SYN 所要的，记下服务器的序号，进入 ESTABLISHED。服务器还没有：它要再过 50 ms 才知道。',
});

/** Four narrations; with `question`, what stands between the first and the second. */
export const handshakeBeats = (trace: Trace, question = true): BoundBeat[] => [
  narration(0, sends(trace, 1), everywhere({en: 'The client picks its number.', zh: '客户端选定序号。'})),
  ...(question ? [ackQuestion(trace, 1)] : []),
  narration(2, sends(trace, 2), twoJobs, {note: flagNote}),
  narration(3, enters(trace, 'client', 'ESTABLISHED'), established, {show: ['snd.wnd']}),
  narration(
    4,
    enters(trace, 'server', 'ESTABLISHED'),
    everywhere({
      en: 'The server is ESTABLISHED.',
      zh: '服务器进入 ESTABLISHED。',
    }),
  ),
];
