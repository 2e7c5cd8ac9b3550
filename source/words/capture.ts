// The words for what a capture does not show itself: what is deduced, what is estimated, where it was taken.
import type {Language, Text} from '../lesson/text.ts';
import {Mark, retransmissionMarks} from '../observe/tcp-marks.ts';
import {captureSentences, repeated} from './catalogue/capture.ts';

const markTexts: readonly (readonly [number, Text])[] = [
  [Mark.fastRetransmission, captureSentences.mark.markedFastRetransmissionItRepeats],
  [Mark.spuriousRetransmission, captureSentences.mark.markedSpuriousRetransmissionWhatIt],
  [Mark.retransmission, captureSentences.mark.markedRetransmissionItRepeatsNumbers],
  [Mark.outOfOrder, captureSentences.mark.markedOutOfOrderIt],
  [Mark.duplicateAck, captureSentences.mark.markedDuplicateACKItAcknowledges],
  [Mark.lostBefore, captureSentences.mark.markedSomethingBeforeItIs],
  [Mark.ackedLost, captureSentences.mark.markedItAcknowledgesWhatIs],
  [Mark.keepAlive, captureSentences.mark.markedKeepAlive],
  [Mark.keepAliveAck, captureSentences.mark.markedTheAnswerToA],
  [Mark.zeroWindow, captureSentences.mark.markedZeroWindowItsSender],
  [Mark.zeroWindowProbe, captureSentences.mark.markedZeroWindowProbeOne],
  [Mark.zeroWindowProbeAck, captureSentences.mark.markedTheAnswerToA2],
  [Mark.windowUpdate, captureSentences.mark.markedWindowUpdateOnlyThe],
  [Mark.windowFull, captureSentences.mark.markedWindowFullItTakes],
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
