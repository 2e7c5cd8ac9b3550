// “Who sends the next packet of this connection?” in a capture (captured-turns.ts), with the rule that decides it.

import {segmentText} from '../account/summary.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {Turn, Waits} from './captured-turns.ts';
import {after} from './context.ts';
import type {Draft, Option} from './draft.ts';
import {fieldEvidence} from './fields.ts';
import {addressOf} from './host-names.ts';
import type {Sent} from './segments.ts';
import {hostText, sentence} from './words.ts';

/** Why `from` waits, and why `to` does not. */
const reason = (waits: Waits, from: string, to: string): Text => {
  switch (waits.kind) {
    case 'syn':
      return sentence(
        `Behind its SYN ${from} may send nothing until it is answered; ${to} owes an answer: SYN,ACK, or RST where nobody listens (RFC 9293 §3.5).`,
        `${from} 发出 SYN 后，收到回应之前什么也不能发；${to} 必须回应：SYN,ACK，没有程序监听则是 RST（RFC 9293 §3.5）。`,
      );
    case 'syn-ack':
      return sentence(
        `In SYN-RECEIVED ${from} may not send data yet; its SYN takes up a number, which ${to} has to acknowledge (RFC 9293 §3.5).`,
        `${from} 处于 SYN-RECEIVED，还不能发数据；它的 SYN 占一个序号，${to} 必须确认（RFC 9293 §3.5）。`,
      );
    case 'fin':
      return sentence(
        `Behind its FIN ${from} has nothing more to send, and it has acknowledged all that came; its FIN takes up a number, which ${to} has to acknowledge (RFC 9293 §3.6).`,
        `${from} 发出 FIN 后没有别的要发，收到的也都确认过了；FIN 占一个序号，${to} 必须确认（RFC 9293 §3.6）。`,
      );
    case 'window':
      return sentence(
        `${from} has filled the window: it ends at ${waits.ack} + ${waits.bytes}. More may follow only when ${to} acknowledges or offers more (RFC 9293 §3.8.6).`,
        `${from} 已经把窗口填满，右边界是 ${waits.ack} + ${waits.bytes}。要等 ${to} 确认或扩大窗口才能再发（RFC 9293 §3.8.6）。`,
      );
    case 'probe':
      return sentence(
        `It carries a number that ${to} has acknowledged already: ${from} only wants to hear something, and ${to} answers such a segment with an ACK at once (RFC 9293 §3.8.4, §3.10.7.4).`,
        `它的序号 ${to} 早已确认过：${from} 只是想得到回音，${to} 收到这样的报文段会立刻回一个 ACK（RFC 9293 §3.8.4、§3.10.7.4）。`,
      );
  }
};

const hints = ({kind}: Waits): Draft['hints'] => [
  sentence(
    'Which end may send nothing now? Which one owes an acknowledgment?',
    '哪一端现在什么也不能发？哪一端还欠一个确认？',
  ),
  kind === 'window'
    ? sentence('Compare where the data end with ack= plus the window.', '把数据的末尾和 ack= 加窗口比一比。')
    : sentence(
        'SYN, FIN and data take up numbers, and those are acknowledged.',
        'SYN、FIN 和数据都占序号，占了序号就要确认。',
      ),
];

const offered = (waits: Waits, to: string): Text | undefined =>
  waits.kind === 'window'
    ? sentence(
        `${to} had offered last: ack=${waits.ack}, a window of ${waits.bytes} bytes. `,
        `${to} 上次通告：ack=${waits.ack}，窗口 ${waits.bytes} 字节。`,
      )
    : undefined;

const lineOf = (trace: Trace, {event, segment}: Sent): string => {
  const {from, to} = trace.packet(event.packet);
  return `${event.packet}  ${from} → ${to}  ${segmentText(segment)}`;
};

export const capturedTurnDraft = (trace: Trace, {shown, next, waits}: Turn): Draft | undefined => {
  const news = shown.at(-1);
  const {packet} = next.event;
  const evidence = fieldEvidence(trace, packet, 'ip.src') ?? fieldEvidence(trace, packet, 'ipv6.src');
  if (!news || !evidence) return undefined;
  const {from, to} = trace.packet(news.event.packet);
  const option = (host: string): Option => ({text: hostText(host), value: addressOf(trace, host)});
  const right = option(next.event.host);
  if (evidence.value !== right.value) return undefined;
  const before = offered(waits, to);
  const why = reason(waits, from, to);
  const said = segmentText(next.segment);
  return {
    form: 'choice',
    right,
    wrong: [option(from), {text: text('nobody: that was all', '谁也不发：到此为止'), value: '0'}],
    prompt: after(
      shown.map((each) => `  ${lineOf(trace, each)}`),
      sentence(
        `${before?.en ?? ''}Packet ${news.event.packet} has just arrived at ${to}. Who sends the next packet of this connection?`,
        `${before?.zh ?? ''}第 ${news.event.packet} 个分组刚刚到达 ${to}。这条连接的下一个分组由谁发出？`,
      ),
    ),
    hints: hints(waits),
    explain: sentence(
      `${why.en} It is packet ${packet}, from ${to}: ${said}.`,
      `${why.zh}是第 ${packet} 个分组，由 ${to} 发出：${said}。`,
    ),
    n: next.event.n,
    evidence,
  };
};
