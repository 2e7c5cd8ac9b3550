// Everything about TCP that differs between systems, as data. A lesson changes single values of a profile.

export type TcpSettings = {
  /** Largest payload this host announces (MSS option), in bytes. */
  readonly mss: number;
  /** Receive buffer, in bytes; what the window is cut from. */
  readonly rcvBufferBytes: number;
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
  /** How many of the first SYN time-outs keep the same length (Linux ≥ 6.5: 4). */
  readonly synLinearTimeouts: number;
  readonly timeWaitUs: number;
  /** How long FIN-WAIT-2 lasts once nobody can read any more; 0: for ever. */
  readonly finTimeoutUs: number;
};

export type ProfileName = 'linux' | 'rfc';
