// The words for what a capture does not show itself: what is deduced, what is estimated, where it was taken.
import type {Language, Text} from '../lesson/text.ts';
import {Mark, retransmissionMarks} from '../observe/tcp-marks.ts';
import {repeated} from './catalogue/capture.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** Before the text of a rule. `rfc`: with its section. */
export const explainedBy = (rfc: string, kind: string, language: Language): string => {
  const [number = rfc] = rfc.split(' ');
  if (language === 'zh')
    return kind === 'state'
      ? `推断：按 RFC ${number} 实现的协议栈进入这个状态，原因是：`
      : `推断：按 RFC ${number} 实现的协议栈发出它，原因是：`;
  return kind === 'state'
    ? `Deduced: a stack that follows RFC ${number} enters this state for this reason. `
    : `Deduced: a stack that follows RFC ${number} sends this for this reason. `;
};

const markTexts: readonly (readonly [number, Text])[] = [
  [
    Mark.fastRetransmission,
    text(
      'Marked: fast retransmission. It repeats numbers soon after duplicate ACKs asked for them.',
      '标记：快速重传。重复 ACK 刚刚要求这些序号，它就重发了。',
    ),
  ],
  [
    Mark.spuriousRetransmission,
    text(
      'Marked: spurious retransmission. What it repeats had been acknowledged already.',
      '标记：不必要的重传。它重复的内容早已得到确认。',
    ),
  ],
  [
    Mark.retransmission,
    text(
      'Marked: retransmission. It repeats numbers that passed before.',
      '标记：重传。这些序号之前已经出现过。',
    ),
  ],
  [
    Mark.outOfOrder,
    text(
      'Marked: out of order. It came later than its numbers, too soon for a retransmission.',
      '标记：乱序。它比自己的序号来得晚，但作为重传又来得太早。',
    ),
  ],
  [
    Mark.duplicateAck,
    text(
      'Marked: duplicate ACK. It acknowledges once more what the last one did.',
      '标记：重复 ACK。确认号和上一个相同。',
    ),
  ],
  [
    Mark.lostBefore,
    text('Marked: something before it is not in the capture.', '标记：它之前有内容没有抓到。'),
  ],
  [
    Mark.ackedLost,
    text('Marked: it acknowledges what is not in the capture.', '标记：它确认的内容没有抓到。'),
  ],
  [Mark.keepAlive, text('Marked: keep-alive.', '标记：保活探测。')],
  [Mark.keepAliveAck, text('Marked: the answer to a keep-alive.', '标记：对保活探测的回应。')],
  [
    Mark.zeroWindow,
    text(
      'Marked: zero window. Its sender has no room for more data.',
      '标记：零窗口。它的发送方收不下更多数据。',
    ),
  ],
  [
    Mark.zeroWindowProbe,
    text(
      'Marked: zero-window probe. One octet asks whether there is room again.',
      '标记：零窗口探测。用一个字节问对方有没有空间。',
    ),
  ],
  [Mark.zeroWindowProbeAck, text('Marked: the answer to a zero-window probe.', '标记：对零窗口探测的回应。')],
  [
    Mark.windowUpdate,
    text('Marked: window update. Only the window is another one.', '标记：窗口更新。只有窗口变了。'),
  ],
  [
    Mark.windowFull,
    text(
      'Marked: window full. It takes all the room that the receiver has told.',
      '标记：窗口已满。它用完了接收方通告的空间。',
    ),
  ],
];

/** Of several kinds of retransmission the first says all. */
export const marksSeen = (marks: number, language: Language): readonly string[] => {
  // Numbers that have passed before are no late ones, though Wireshark goes by the time alone.
  const known = marks & Mark.resent ? marks & ~Mark.outOfOrder : marks;
  const told = markTexts.filter(([bit]) => (known & bit) !== 0);
  if (told.length === 0 && marks & Mark.resent) return [repeated[language]];
  const again = told.findIndex(([bit]) => (bit & retransmissionMarks) !== 0);
  return told
    .filter(([bit], index) => (bit & retransmissionMarks) === 0 || index === again)
    .map(([, words]) => words[language]);
};
