// The words for what a capture does not show itself: what is deduced, what is estimated, where it was taken.
import type {Language, Text} from '../lesson/text.ts';
import {Mark, retransmissionMarks} from '../observe/tcp-marks.ts';
import {captureSentences, repeated} from './catalogue/capture.ts';

const markTexts: readonly (readonly [number, Text])[] = [
  [Mark.fastRetransmission, captureSentences.mark.markedFastRetransmission],
  [Mark.spuriousRetransmission, captureSentences.mark.markedSpuriousRetransmission],
  [Mark.retransmission, captureSentences.mark.markedRetransmissionIt],
  [Mark.outOfOrder, captureSentences.mark.markedOutOf],
  [Mark.duplicateAck, captureSentences.mark.markedDuplicateACK],
  [Mark.lostBefore, captureSentences.mark.markedSomethingBefore],
  [Mark.ackedLost, captureSentences.mark.markedItAcknowledges],
  [Mark.keepAlive, captureSentences.mark.markedKeepAlive],
  [Mark.keepAliveAck, captureSentences.mark.markedTheAnswerToA],
  [Mark.zeroWindow, captureSentences.mark.markedZeroWindowIts],
  [Mark.zeroWindowProbe, captureSentences.mark.markedZeroWindowProbe],
  [Mark.zeroWindowProbeAck, captureSentences.mark.markedTheAnswerToA2],
  [Mark.windowUpdate, captureSentences.mark.markedWindowUpdate],
  [Mark.windowFull, captureSentences.mark.markedWindowFull],
  [Mark.proportional, captureSentences.mark.proportional],
  [Mark.cameTwice, captureSentences.mark.cameTwice],
  [Mark.cameLate, captureSentences.mark.cameLate],
];

/** The marks that tell how a segment came or which effect it has, and not which kind of segment it is. */
const deductions = Mark.proportional | Mark.cameTwice | Mark.cameLate;

/**
 * Returns the texts on the marks of a captured segment, such as a duplicate ACK. Of several kinds of retransmission only the first is told.
 */
export const marksSeen = (marks: number, language: Language): readonly string[] => {
  // A segment with sequence numbers that were captured before is a retransmission, not out of order, although Wireshark decides by the time
  // alone.
  const known = marks & Mark.resent ? marks & ~Mark.outOfOrder : marks;
  const told = markTexts.filter(([bit]) => (known & bit) !== 0);
  const isLate = (bit: number): boolean => bit === Mark.retransmission && !(marks & Mark.resent);
  const again = told.findIndex(([bit]) => (bit & retransmissionMarks) !== 0);
  const isUnnamed = marks & Mark.resent && told.every(([bit]) => bit & deductions);
  return [
    ...(isUnnamed ? [repeated[language]] : []),
    ...told
      .filter(([bit], index) => (bit & retransmissionMarks) === 0 || index === again)
      .map(
        ([bit, words]) => (isLate(bit) ? captureSentences.mark.markedRetransmissionLate : words)[language],
      ),
  ];
};
