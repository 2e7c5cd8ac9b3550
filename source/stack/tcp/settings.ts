// Every difference between systems in TCP, as data. A lesson changes single values of a profile.

/**
 * A point of acknowledgment: as soon as so many octets have arrived since the SYN (FIN counts as one), and so long after; 0 means at once.
 * With `sacked` it is a further ACK with this block first, counted from the peer's ISN.
 */
export type AckPoint = {
  readonly octets: number;
  readonly waitUs: number;
  readonly sacked?: readonly [left: number, right: number];
};

export type TcpSettings = {
  /** The largest payload that this host announces (MSS option), in bytes. */
  readonly mss: number;
  /** The receive buffer in bytes, from which the window is taken. */
  readonly rcvBufferBytes: number;
  /** The size of a full segment: what the path carries, or at most half of the peer's largest window. */
  readonly segments: 'path' | 'half-window';
  /** The shift count offered on SYN (RFC 7323 §2.2), 0 … 14; `off`: the option is not sent. */
  readonly windowScale: number | 'off';
  /** Whether SYN offers SACK-permitted and gaps are answered with SACK blocks (RFC 2018). */
  readonly sackPermitted: boolean;
  /** The wait before a pure ACK is sent; 0 sends every ACK at once (RFC 9293 §3.8.6.3). */
  readonly delayedAckUs: number;
  /** The receiver's times of acknowledgment, if a capture shows them (known-acks.ts); empty: by the two rules of this table. */
  readonly acknowledging: readonly AckPoint[];
  /** Whether timers expire at their exact time, or, one after another, as late as Linux's timer wheel lets them. */
  readonly timers: 'exact' | 'wheel';
  /** The rule for ACKs of data in order: `delayedAckUs` alone, or paced by what arrives and what the program does (ack-pace.ts). */
  readonly acks: 'delayed' | 'paced';
  /** Set on a paced connection: ACKs leave at once for now, or wait for the program's data from now on (TCP_QUICKACK). */
  readonly quickAck: boolean;
  /** The source of SACK blocks: what waits beyond a gap, or a list of the last four, in which a FIN counts (sack-list.ts). */
  readonly sackBlocks: 'waiting' | 'remembered';
  /** The receive buffer as memory (receive-memory.ts), in place of `rcvBufferBytes`; `off`: octets of data count. */
  readonly rcvMemoryBytes: number | 'off';
  /** The size that the memory may grow to, whether it grows with what the program reads, and whether the program has set it. */
  readonly rcvMemoryMaxBytes: number;
  readonly rcvMemoryGrows: boolean;
  readonly rcvMemoryLocked: boolean;
  readonly initialRtoUs: number;
  readonly minRtoUs: number;
  readonly maxRtoUs: number;
  /** `rto`: RTO = max(min, …) as in RFC 6298; `variance`: SRTT + max(min, 4·RTTVAR) as in Linux. */
  readonly minRtoAppliesTo: 'rto' | 'variance';
  /** The variation: RTTVAR follows each sample (RFC 6298 §2.3), or is the largest deviation of a round trip (Linux). */
  readonly rttVariation: 'sample' | 'round-trip';
  /** Whether the timestamp that answers a repeated SYN measures a round trip (RFC 7323 §4.1). */
  readonly rttOfRepeatedSyn: 'none' | 'echo';
  /**
   * The number of retransmissions of a SYN or SYN,ACK, one of them by the timer, after which data begin with one segment (RFC 5681 §3.1:
   * one).
   */
  readonly synTimeoutsToOneSegment: number;
  /** The RTO when data begin if the SYN had to be repeated (RFC 6298 §5.7); 0: no such rule. */
  readonly rtoAfterSynTimeoutUs: number;
  /** The most retransmissions of a SYN, of a SYN,ACK and of anything later before the connection is given up. */
  readonly synRetries: number;
  readonly synAckRetries: number;
  /** Whether the SYN also ends once so many doubled timeouts would have passed. Timeouts of equal length make this shorter. */
  readonly synRetriesInTime: boolean;
  readonly dataRetries: number;
  /** The number of first SYN timeouts that keep the same length, in addition to `synRetries` (Linux ≥ 6.5: 4). */
  readonly synLinearTimeouts: number;
  /** The most retransmissions under `rack` once no program has the socket open any more; 0: as for any other connection. */
  readonly orphanRetries: number;
  readonly timeWaitUs: number;
  /** The duration of FIN-WAIT-2 once nobody can read any more; 0: for ever. */
  readonly finTimeoutUs: number;
  /** The least number of RTOs that FIN-WAIT-2 lasts; 0: no such rule. */
  readonly finTimeoutRtos: number;
  /**
   * The reaction to a SYN,ACK that repeats the peer's ISN in SYN-RECEIVED of a simultaneous open: `accept` as RFC 9293 figure 7 draws it
   * (four segments), `accept-whole` the same if it acknowledges all that was sent (Linux), `acknowledge` as the window test of §3.10.7.4
   * says read literally (six segments).
   */
  readonly repeatedSynAck: 'accept' | 'accept-whole' | 'acknowledge';
  /** The answer to the same SYN again in SYN-RECEIVED: ACK (RFC 9293 §3.10.7.4), or the SYN,ACK again, whose timer may restart (Linux). */
  readonly duplicateSyn: 'acknowledge' | 'repeat-syn-ack' | 'repeat-and-restart';
  /** The reaction to another SYN in SYN-RECEIVED, which ends the handshake: none (RFC 9293 §3.10.7.4), or an RST (Linux). */
  readonly otherSyn: 'forgets' | 'resets';
  /** The results of calls and the errors for programs: those of RFC 9293 §3.10's abstract calls, or those of a system's sockets. */
  readonly calls: 'rfc' | 'linux' | 'bsd';
  /** Whether the reset of an ABORT carries ACK (RFC 9293 §3.10.5: no; Linux: yes). */
  readonly abortCarriesAck: boolean;
  /**
   * The segments that are answered with an RST once nobody can read any more: `text` (RFC 9293 §3.6.1); or also a FIN beyond a gap, and
   * data that begin below RCV.NXT and continue after the peer's FIN (Linux).
   */
  readonly unread: 'text' | 'text-or-fin';
  /** The effect of CLOSE of the whole socket while received data wait unread: an orderly FIN, or RST (RFC 2525 §2.17). */
  readonly closeUnread: 'fin' | 'reset';
  /** The numbers at which RST resets: RCV.NXT (RFC 5961 §3.2); or also the end of what is SACKed, and the peer's FIN (Linux). */
  readonly rstAt: 'next' | 'next-or-sack';
  /** The sequence number of a segment without data: SND.NXT, or the end of a window that has shrunk below it. */
  readonly bareSeq: 'next' | 'in-window';
  /** Whether RST anywhere in the window resets, as before RFC 5961 §3.2. */
  readonly insecureRst: boolean;
  /** Whether SYN in the window of a synchronised connection ends it with RST, as before RFC 5961 §4.2. */
  readonly insecureSyn: boolean;
  /** Whether a segment with both SYN and FIN is dropped unread. */
  readonly dropSynFin: boolean;
  /** Whether a segment with a signature (RFC 2385) is dropped unread, because no host here has a key to check it. */
  readonly dropSigned: boolean;
  /**
   * The treatment of data and FIN on a SYN to a listener: kept for ESTABLISHED (RFC 9293 §3.10.7.2), or dropped so that the peer repeats
   * them; a SYN with FIN may be dropped as a whole.
   */
  readonly listenerText: 'keep' | 'drop' | 'drop-unless-fin';
  /**
   * Whether urgent data stay in the stream (RFC 6093), or their last byte is taken out of it. That is the byte before the pointer, or the
   * first byte if the pointer is 0; or it is the byte that the pointer names (Linux with tcp_stdurg).
   */
  readonly urgentByte: 'in-stream' | 'before-pointer' | 'at-pointer';
  /**
   * The treatment of data and FIN on a SYN,ACK, or on a SYN that crosses this end's: kept for ESTABLISHED (RFC 9293 §3.10.7.3), or dropped
   * so that the peer repeats them.
   */
  readonly synAckText: 'keep' | 'drop';
  /** The smallest payload of a segment that an announced MSS can cause, in bytes (Linux tcp_min_snd_mss). */
  readonly leastSendMss: number;
  /** The content of a reset that this end sends by itself: nothing, or window and options as in every segment. */
  readonly abortCarries: 'nothing' | 'all';
  /**
   * The effect of RST on a connection that both ends have finished: the program gets no error, or ECONNRESET while its FIN is
   * unacknowledged.
   */
  readonly resetWhileClosing: 'silent' | 'error';
  /** Whether an acknowledgment on the way to CLOSING carries the unacknowledged FIN again. */
  readonly closingRepeatsFin: boolean;
  /**
   * The effect of RST in TIME-WAIT: it ends the state (RFC 9293 §3.10.7.4), with the hazard of RFC 1337, or is ignored (RFC 1337 §4 F1).
   */
  readonly timeWaitReset: 'ends' | 'ignored';
  /** Whether a new SYN beyond the old numbers, or with a newer timestamp, replaces TIME-WAIT (RFC 9293 §3.6.1 MAY-2, RFC 6191). */
  readonly timeWaitReuse: boolean;
  /**
   * The segments that TIME-WAIT answers: `rfc` the unacceptable ones; `bsd` every ACK except one without news; `linux` all except resets
   * and segments without data exactly at RCV.NXT.
   */
  readonly timeWaitAnswers: 'rfc' | 'bsd' | 'linux';
  /** The least time between two answers to unacceptable segments without data, per connection (RFC 5961 §7); 0: no limit. */
  readonly challengeAckIntervalUs: number;
  /** Whether an ICMP error may end a connection in SYN-SENT. */
  readonly icmpMayReset: boolean;
  /**
   * The ICMP errors that end a connection in SYN-SENT: the hard ones (RFC 1122 §4.2.3.9), these and exceeded TTL, or all (RFC 5461
   * §2.2). Others are kept, and reported instead of ETIMEDOUT when the retries end.
   */
  readonly icmpAbortsOpening: 'hard' | 'hard-and-ttl' | 'all';
  /** Whether hard ICMP errors end a synchronised connection (RFC 1122 §4.2.3.9), against RFC 5927 §5.2. */
  readonly icmpAbortsSynchronised: boolean;
  /**
   * How an ICMP error is reported to the program. `by-code`: each ICMP code has the error that belongs to it. `bsd`: errors that last and
   * prohibitions give ECONNREFUSED, all others EHOSTUNREACH.
   */
  readonly icmpErrors: 'by-code' | 'bsd';
  /** The slop that is added to every RTO except the first of a SYN or SYN,ACK. */
  readonly rtoSlopUs: number;
  /** Whether the SYN offers only the MSS from the third retransmission on, because a middlebox may drop other options. */
  readonly dropSynOptions: boolean;
  /** The wait before a SYN that met an unacceptable ACK is sent again, after the reset for that; 0: the timer continues. */
  readonly synRetryAfterBadAckUs: number;
  /** The longest duration of SYN-SENT; 0: as long as the retries take. */
  readonly connectTimeoutUs: number;
  /** Whether an idle connection is probed (RFC 9293 §3.8.4), and the idle time, the interval and the number of probes. */
  readonly keepAlive: boolean;
  readonly keepAliveIdleUs: number;
  readonly keepAliveIntervalUs: number;
  readonly keepAliveProbes: number;
  /** Whether the user timeout also ends probing, of an idle peer in place of `keepAliveProbes` and of a closed window. */
  readonly userTimeoutEndsProbes: boolean;
  /** The time for which data may stay unacknowledged (RFC 9293 §3.9.1 user timeout, RFC 5482); 0: as long as the retries take. */
  readonly userTimeoutUs: number;
  /**
   * The most connections that a listener holds in SYN-RECEIVED, and the most that nobody has accepted; OPEN may ask for fewer (somaxconn).
   */
  readonly synQueue: number;
  readonly acceptQueue: number;
  /** The records of a SYN cache (RFC 4987 §3.5), which no backlog limits; `off`: half-open connections wait in the listener's own queue. */
  readonly synCache: number | 'off';
  /** The fate of a SYN for which the SYN queue has no room: it is dropped, or replaces the oldest half-open connection (RFC 4987 §3.4). */
  readonly synOverflow: 'drop' | 'recycle';
  /** The fate of the third ACK when the accept queue is full: ignored, so that the SYN,ACK is repeated, or answered with RST. */
  readonly acceptOverflow: 'ignore' | 'reset';
  /** The use of SYN cookies (RFC 4987 §3.6): never, when the SYN queue is full, or for every SYN. */
  readonly synCookies: 'off' | 'onOverflow' | 'always';
  /** Explicit congestion notification (RFC 3168 §6.1.1): not used, requested, or accepted. */
  readonly ecn: 'off' | 'request' | 'accept';
  /** TCP Fast Open (RFC 7413), as bits of Linux's tcp_fastopen; `off`: data given to OPEN travel on the SYN as in RFC 9293 §3.10.1. */
  readonly fastOpen: number | 'off';
  /** One or two keys of a server's cookies, as in Linux's tcp_fastopen_key; empty: this host's own secret. */
  readonly fastOpenKeys: string;
  /**
   * The most children of Fast Open that may wait for the end of their handshake (TCP_FASTOPEN); `off`: the backlog, if bit 0x400 says so.
   */
  readonly fastOpenQueue: number | 'off';
  /** Whether data are sent and accepted without a cookie (TCP_FASTOPEN_NO_COOKIE). */
  readonly fastOpenWithoutCookie: boolean;
  /** The time for which a client avoids Fast Open after it was first swallowed (Linux tcp_fastopen_blackhole_timeout_sec); 0: no pause. */
  readonly fastOpenPauseUs: number;
  /** The fate of a connection that ends before ACCEPT: it leaves the queue, or is accepted although it has ended (Linux). */
  readonly endedInQueue: 'leaves' | 'stays';
  /** The number of retransmissions of a SYN that still ask for ECN. */
  readonly ecnSynRetries: number;
  /**
   * The echoes that a SYN,ACK may contain: any, or only a timestamp of this end's SYNs, in which case others are answered with RST (Linux).
   */
  readonly synAckEcho: 'any' | 'own';
  /** Whether RFC 7323 timestamps are offered on SYN and then sent on every segment. */
  readonly timestamps: boolean;
  /** The moment at which TS.Recent follows a segment: before its ACK is read (RFC 7323 §4.3), or once that is acceptable. */
  readonly tsRecentUpdate: 'before-ack' | 'after-ack';
  /** The old segments that PAWS accepts: none, or ACKs without news and those one tick old, with no answer to any below RCV.NXT (Linux). */
  readonly pawsSpares: 'nothing' | 'old-acks';
  /** Whether a segment without the agreed option counts (RFC 7323 §3.2: drop it silently). */
  readonly tolerateMissingTimestamps: boolean;
  /** Whether SYN has no option at all. */
  readonly noOptions: boolean;
  /** The order and padding of a SYN's options, in which the systems differ. */
  readonly synOptionLayout: 'sack-first' | 'scale-first';
  /**
   * The options of the SYN,ACK in a simultaneous open: those that both SYNs offer (RFC 7323 §2.2, §3.2), or all that this end's SYN had.
   */
  readonly crossedSynOptions: 'agreed' | 'own';
  /** Whether duplicate data are reported as the first SACK block (RFC 2883). */
  readonly dsack: boolean;
  /** The bytes that SEND may put into the send buffer; a larger SEND continues as acknowledgments make room. */
  readonly sndBufferBytes: number;
  /** The initial congestion window: RFC 6928 (ten segments, or fewer large ones), RFC 5681 §3.1 (two to four), or ten of any size. */
  readonly initialWindow: 'rfc6928' | 'rfc5681' | 'ten-segments';
  /** The growth of cwnd: Reno (RFC 5681) or CUBIC (RFC 9438). */
  readonly congestion: 'reno' | 'cubic';
  /** The unit of cwnd: octets, as in the RFCs, or whole segments of any size (Linux). */
  readonly cwndCounts: 'octets' | 'segments';
  /** The most segments by which one ACK of slow start grows cwnd (RFC 3465 §2.2: L); RFC 5681 §3.1: 1; `all`: all that it acknowledges. */
  readonly ackCountingLimit: number | 'all';
  /**
   * The detection of losses: by three duplicates (RFC 5681, 6582, 6675), or by time, with PRR and undo (RFC 8985); then cwnd counts
   * segments.
   */
  readonly lossRecovery: 'duplicates' | 'rack';
  /**
   * RACK: the number of duplicates that indicate a loss while no reordering was seen; whether they do at all; whether D-SACKs widen its
   * window.
   */
  readonly reordering: number;
  readonly rackDuplicates: boolean;
  readonly rackAdapts: boolean;
  /** Whether a segment probes after two silent round trips (RFC 8985 §7). */
  readonly tailLossProbe: boolean;
  /** Whether new data may show that a timeout was premature (RFC 5682). */
  readonly frto: boolean;
  /** Whether six timeouts have the same length while hardly anything is in flight. */
  readonly thinLinearTimeouts: boolean;
  /** Whether new data are sent on the first two duplicate ACKs (RFC 3042). */
  readonly limitedTransmit: boolean;
  /**
   * Whether, with nothing else to send in recovery, data neither lost nor SACKed and then the last segment are retransmitted (RFC 6675 §4,
   * rules 3 and 4).
   */
  readonly repeatsDoubtful: boolean;
  /** The effect of an idle RTO on cwnd: it falls to the initial window (RFC 5681 §4.1), halves for each RTO (RFC 2861), or stays. */
  readonly idleRestart: 'initial-window' | 'halves' | 'off';
  /** Whether small segments are sent at once, whatever is unacknowledged: TCP_NODELAY. */
  readonly noDelay: boolean;
  /** Whether only full segments leave, or what the persist timer releases: TCP_CORK. */
  readonly cork: boolean;
  /** The effect of a SEND that is not pushed: nothing leaves, or its full segments do and the rest waits (Linux MSG_MORE). */
  readonly unpushed: 'waits' | 'rest-waits';
  /** The data that keep a small segment back: any unacknowledged ones (RFC 9293 §3.7.4), or an unacknowledged small segment (Minshall). */
  readonly nagle: 'any' | 'small';
  /**
   * The places of PSH: the end of each SEND, also the end of a burst of several segments, also the end of each large packet that the
   * network card cuts (Linux; large-packet.ts), or where the buffer is emptied.
   */
  readonly push: 'send' | 'burst' | 'packet' | 'emptied';
  /** The network interface: it accepts packets, or its queue is full. */
  readonly deviceQueue: 'open' | 'full';
  /** The least number of segments in a large packet, if there are as many. */
  readonly packetSegments: number;
  /**
   * Whether PSH is also set where SEND fills a segment and half of the peer's largest window has been written since the last one, and on
   * probes with data.
   */
  readonly forcedPush: boolean;
  /**
   * Whether the network card cuts large packets, joins arriving ones, and fills in checksums (TSO, GRO): a capture on the host sees neither
   * done.
   */
  readonly offload: boolean;
  /** Whether the window of a SYN counts as offered (MAX.SND.WND). In Linux a child's windows begin with the third segment. */
  readonly synWindowCounts: boolean;
  /**
   * The time at which a segment that the window has cut is sent: at half of the largest window (RFC 9293 §3.8.6.2.1), or by the persist
   * timer alone.
   */
  readonly sendsCut: 'half-window' | 'never';
  /**
   * The segments that can make the window smaller: all that are not older, or only those that have a new number, acknowledge more or close
   * it (Linux).
   */
  readonly smallerWindow: 'taken' | 'with-news';
  /** The probe of a closed window: an empty segment below SND.NXT, or the next byte (RFC 9293 §3.8.6.1). */
  readonly zeroWindowProbe: 'below' | 'byte';
  /** The start of the wait for the next probe: the last probe, or the answer to it (Linux's tcp_ack_probe). */
  readonly probeWaitsFrom: 'probe' | 'answer';
  /**
   * The numbers that the receiver accepts: what it has announced, or what the buffer has room for; or `whole` segments, of which one may
   * cross the right edge only while nothing waits unread (Linux's tcp_sequence).
   */
  readonly acceptWindow: 'told' | 'buffer' | 'whole';
  /** Whether the receive buffer is rounded up to whole segments of the agreed size. */
  readonly rcvBufferWholeSegments: boolean;
  /** The steps of the right edge: at least a full segment or half the buffer (RFC 9293 §3.8.6.2.2), or every byte read. */
  readonly windowGrowth: 'full-segment' | 'every-byte';
  /**
   * The bytes that a RECEIVE must free before the peer is told: two segments or half the buffer; the same and a quarter of the buffer; as
   * much as is still offered, if that is at most half the buffer (Linux's tcp_cleanup_rbuf).
   */
  readonly windowUpdate: 'two-segments' | 'quarter-buffer' | 'doubled';
  /** Whether the ACK of the peer's FIN may wait for this end's own FIN, as long as `delayedAckUs`. */
  readonly delayFinAck: boolean;
  /** The segments that "every second segment" counts: full ones, or any with data. */
  readonly delayedAckCounts: 'full-segments' | 'segments';
  /** Not TCP: a listener's child is ESTABLISHED as soon as it has answered the SYN (counterfactual.ts). */
  readonly counterfactualAcceptWithoutThirdStep: boolean;
  /** Not TCP: the connection ends where TIME-WAIT would begin. */
  readonly counterfactualSkipTimeWait: boolean;
};

export type ProfileName = 'linux' | 'rfc' | 'freebsd';
