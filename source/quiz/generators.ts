// The registry of generators. To add a kind: its name and topic in kinds.ts; a generator (draft.ts says what it gives) in the
// file of its family, which computes the right answer and what each misconception would answer from the same instant of the
// run; and its line here. Sheets then ask it, `test/commands/quiz-sheet.all.test.ts` holds it to what every question promises.
import {cookieSent} from './cookies.ts';
import {nextQueryTo, ttlLeft, whichCacheAnswers} from './dns.ts';
import type {Generator} from './draft.ts';
import {fillInHandshake} from './handshake-blanks.ts';
import {whichStatus} from './http.ts';
import {isItSo} from './is-it-so.ts';
import {layerSize, spotFaulty} from './layers.ts';
import {ifDelayed, ifDropped, whichPacketLost} from './losses.ts';
import {stateOfPeer} from './peer-states.ts';
import {prediction, question} from './prediction.ts';
import {rfcName} from './state-names.ts';
import {whichFlags} from './tcp-flags.ts';
import {nextAck, nextSeq} from './tcp-numbers.ts';
import {stateAfterKind} from './tcp-states.ts';
import {endsInTimeWait, whichTimer} from './timers.ts';
import {eavesdropperReads, keyOfRecord, recordType} from './tls.ts';
import {orderPackets, whoSendsNext} from './turn-taking.ts';
import {whichIsSo} from './which-is-so.ts';
import {cwndAfter, usableWindow} from './windows.ts';

export const generators: readonly Generator[] = [
  ...[nextAck, nextSeq, fillInHandshake, whichFlags, stateAfterKind, whoSendsNext, orderPackets],
  ...[whichPacketLost, ifDropped, ifDelayed, whichTimer, endsInTimeWait, usableWindow, cwndAfter],
  ...[stateOfPeer, rfcName],
  ...[nextQueryTo, ttlLeft, whichCacheAnswers, whichStatus, cookieSent],
  ...[eavesdropperReads, keyOfRecord, recordType, layerSize, spotFaulty],
  ...[isItSo, whichIsSo, prediction, question],
];
