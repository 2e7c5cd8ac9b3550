// Why the FIN of a program that has closed stays behind, judged by what its sender keeps of that connection.
import {sends} from './acts.ts';
import {type Facts, row, type Said} from './said.ts';

const finWaits = (said: Said): Facts => {
  const closing = said
    .connections(said.host(), 'after')
    .filter(({id}) => said.now('state', said.host()).some(({connection}) => connection === id));
  const hasUnsent = closing.some(
    ({snd, sendBuffer, sendWaiting}) => sendBuffer.length + sendWaiting.length > ((snd.nxt - snd.una) | 0),
  );
  return {
    'no FIN leaves': !sends(said, /FIN/),
    'data are left': said.has('data') ? hasUnsent : !hasUnsent,
    'cwnd is taken up': said.has('cwnd')
      ? closing.some(({cwnd, mss, retransmissionQueue}) => (retransmissionQueue.length + 1) * mss > cwnd)
      : undefined,
    'no room at the other end': said.has('window')
      ? closing.some(({snd}) => ((snd.una + snd.wnd - snd.nxt) | 0) <= 0)
      : undefined,
  };
};

export const finWaitsRow = row(
  '<host> (?:will send no more data|closes its direction too, and is in LAST-ACK); its FIN (?:(?<data>follows the data that still wait)|waits: (?:(?<cwnd>its congestion window is full, and only ACKs make room)|(?<window>the window of the other end is full)))',
  '<host>(?:不再发送数据|也关闭自己的方向，进入 LAST-ACK)[，；](?:(?<data>等剩下的数据发完就发 FIN)|FIN 还不能发：(?:(?<cwnd>拥塞窗口用完了，要等 ACK 腾出空间)|(?<window>对方的窗口用完了)))',
  finWaits,
);

/** In LAST-ACK an end waits for what its retransmission queue holds: the FIN alone, or data before it, too. */
export const lastAckRow = row(
  'In LAST-ACK it waits (?:only for the ACK of that FIN|until all its data and that FIN are acknowledged, ack=#all)',
  '它在 LAST-ACK (?:只等这个 FIN 的确认|要等数据和这个 FIN 全都得到确认，即 ack=#all)',
  (said) => {
    const last = said.instant.at(-1)?.n ?? said.n;
    const [closing] = said
      .now('state')
      .filter(({to}) => to === 'LAST-ACK')
      .map(({host, connection = ''}) =>
        said.trace.stateAt(last)?.hosts[host]?.tcp.connections.get(connection),
      );
    const out = closing && (closing.snd.nxt - closing.snd.una) | 0;
    return {
      'LAST-ACK': closing?.state === 'LAST-ACK',
      'data, or the FIN alone': out !== undefined && (said.has('all') ? out > 1 : out === 1),
      'the number behind the FIN': said.has('all') ? closing?.snd.nxt === said.number('all') : undefined,
    };
  },
);
