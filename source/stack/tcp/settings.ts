// Everything about TCP that differs between systems, as data. A lesson changes single values of a profile.

export type TcpSettings = {
  /** Largest payload this host announces (MSS option), in bytes. */
  readonly mss: number;
  /** Receive buffer, in bytes; what the window is cut from. */
  readonly rcvBufferBytes: number;
  /** Shift count offered on SYN (RFC 7323 §2.2), 0 … 14; `off`: the option is not sent. */
  readonly windowScale: number | 'off';
  /** Offer SACK-permitted on SYN and answer gaps with SACK blocks (RFC 2018). */
  readonly sackPermitted: boolean;
  /** Wait before a pure ACK is sent; 0 sends every ACK at once (RFC 9293 §3.8.6.3). */
  readonly delayedAckUs: number;
  readonly initialRtoUs: number;
  readonly minRtoUs: number;
  readonly maxRtoUs: number;
  /** `rto`: RTO = max(min, …) as RFC 6298 says; `variance`: SRTT + max(min, 4·RTTVAR) as Linux does. */
  readonly minRtoAppliesTo: 'rto' | 'variance';
  /** RTO once data starts if the SYN had to be repeated (RFC 6298 §5.7); 0: no such rule. */
  readonly rtoAfterSynTimeoutUs: number;
  /** Repetitions of a SYN, of a SYN,ACK and of anything later before the connection is given up. */
  readonly synRetries: number;
  readonly synAckRetries: number;
  readonly dataRetries: number;
  /** How many of the first SYN time-outs keep the same length, on top of `synRetries` (Linux ≥ 6.5: 4). */
  readonly synLinearTimeouts: number;
  readonly timeWaitUs: number;
  /** How long FIN-WAIT-2 lasts once nobody can read any more; 0: for ever. */
  readonly finTimeoutUs: number;
  /**
   * A SYN,ACK that repeats the peer's ISN in SYN-RECEIVED of a simultaneous open: `accept` as RFC 9293 figure 7 draws it
   * (four segments), `acknowledge` as the window test of §3.10.7.4 says read literally (six segments).
   */
  readonly repeatedSynAck: 'accept' | 'acknowledge';
  /** The same SYN again in SYN-RECEIVED: answer with ACK (RFC 9293 §3.10.7.4) or with the SYN,ACK again (Linux). */
  readonly duplicateSyn: 'acknowledge' | 'repeat-syn-ack';
  /** Does the reset of an ABORT carry ACK? RFC 9293 §3.10.5: no; Linux: yes. */
  readonly abortCarriesAck: boolean;
};

export type ProfileName = 'linux' | 'rfc';
