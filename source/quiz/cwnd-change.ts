// What makes cwnd another (RFC 5681 §3, RFC 6582 §3.2): said in the question where the numbers do not show it, and in the reply.

import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {LossRecovery} from '../stack/tcp/connection.ts';
import {sentence} from './words.ts';

/** Of the only connection of a host after event `n`. */
export const lossAt = (trace: Trace, host: string, n: number): LossRecovery | undefined => {
  const [connection] = trace.stateAt(n)?.hosts[host]?.tcp.connections.values() ?? [];
  return connection && 'loss' in connection ? connection.loss : undefined;
};

export type CwndChange = {
  readonly loss: LossRecovery;
  readonly cwnd: number;
  readonly ssthresh: number;
  readonly mss: number;
  readonly acked: number;
  readonly right: number;
};

const nothing = text('', '');

/** What the reader could not know from cwnd, ssthresh and the segment. */
export const circumstances = ({loss, cwnd, ssthresh, acked}: CwndChange): Text => {
  if (loss.phase === 'fast') return text(' It is in fast recovery.', '它正处于快速恢复。');
  if (acked === 0 && loss.dupAcks > 0)
    return text(
      ` It is duplicate ACK number ${loss.dupAcks + 1} in a row.`,
      `这是连续第 ${loss.dupAcks + 1} 个重复 ACK。`,
    );
  if (acked > 0 && cwnd >= ssthresh)
    return text(
      ' Since cwnd last grew, a whole cwnd has now been acknowledged.',
      '自 cwnd 上次增长以来，累计确认的字节数已满一个 cwnd。',
    );
  return nothing;
};

/** Why it is `right` now. */
export const cwndReason = ({loss, cwnd, ssthresh, mss, acked, right}: CwndChange): Text => {
  const step = `${cwnd} → ${right}`;
  const fast = loss.phase === 'fast';
  if (fast && acked === 0)
    return sentence(
      `${step}: another duplicate ACK means that one more segment has left the network, so cwnd is inflated by one MSS.`,
      `${step}：多一个重复 ACK，说明又有一个报文段离开了网络，cwnd 临时增加一个 MSS。`,
    );
  if (fast && right === ssthresh)
    return sentence(
      `${step}: the recovery is over, and cwnd goes on from ssthresh.`,
      `${step}：恢复结束，cwnd 从 ssthresh 重新开始。`,
    );
  if (fast)
    return sentence(
      `${step}: a partial ACK takes off the ${acked} bytes that it acknowledges, and gives back one MSS.`,
      `${step}：部分确认先减去所确认的 ${acked} 字节，再加回一个 MSS。`,
    );
  if (right < cwnd || acked === 0)
    return sentence(
      `${step}: a segment is taken for lost. ssthresh becomes half of what was in flight, and cwnd goes on from it (without SACK: plus 3 MSS).`,
      `${step}：判定有报文段丢失。ssthresh 降为在途数据的一半，cwnd 从它开始（没有 SACK 时再加 3 个 MSS）。`,
    );
  return cwnd < ssthresh
    ? sentence(
        `${step}: slow start, below ssthresh cwnd grows with every ACK, by ${right - cwnd} here.`,
        `${step}：慢启动，低于 ssthresh 时每个 ACK 都让它增长，这里是 ${right - cwnd}。`,
      )
    : sentence(
        `${step}: congestion avoidance, one MSS (${mss}) for a whole cwnd acknowledged.`,
        `${step}：拥塞避免，每确认满一个 cwnd 增长一个 MSS（${mss}）。`,
      );
};
