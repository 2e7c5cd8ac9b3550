// One transfer through the relay, in one direction: who sends, who receives, and what the way does to which octet of the stream.

export type End = 'kernel' | 'ours';

/** The first `copies` segments that hold octet `at` of the stream (from 0) are lost. */
export type Lost = {readonly at: number; readonly copies: number};

/** The first segment that holds octet `at` takes `ms` more, so that others overtake it. */
export type Late = {readonly at: number; readonly ms: number};

export type Way = {readonly rttMs: number; readonly lost: readonly Lost[]; readonly late: readonly Late[]};

export type Transfer = {
  readonly name: string;
  readonly sender: End;
  readonly receiver: End;
  readonly bytes: number;
  readonly seed: number;
  readonly way: Way;
  readonly limitMs: number;
};

/** The congestion window in segments, `atMs` after the first octet left. */
export type CwndSample = readonly [atMs: number, cwnd: number];

/** What the relay saw: from the first octet at the sender's side to the acknowledgment of the last one there. */
export type RelayReport = {
  readonly ms: number;
  readonly packets: number;
  readonly lost: number;
  readonly late: number;
};

/** What the programs at both ends tell. */
export type TransferOutcome = {
  readonly relay: RelayReport;
  readonly sent: string;
  readonly received: string;
  readonly cwnd: readonly CwndSample[];
};

export const senderIp = '10.77.9.1';
export const receiverIp = '10.77.9.2';
export const senderPort = 40_001;
export const receiverPort = 7000;
