// Everything about TCP that differs between systems, as data. A lesson changes single values of a profile.

/**
 * As soon as so many octets have come since the SYN (FIN counts as one), and so long after; 0: at once. `sacked`: once more, with this
 * block first, counted from the peer's ISN.
 */
export type AckPoint = {
  readonly octets: number;
  readonly waitUs: number;
  readonly sacked?: readonly [left: number, right: number];
};

export type TcpSettings = {
  /** Largest payload this host announces (MSS option), in bytes. */
  readonly mss: number;
  /** Receive buffer, in bytes; what the window is cut from. */
  readonly rcvBufferBytes: number;
  /** A full segment is what the path carries, or at most half of the largest window of the peer. */
  readonly segments: 'path' | 'half-window';
  /** Shift count offered on SYN (RFC 7323 §2.2), 0 … 14; `off`: the option is not sent. */
  readonly windowScale: number | 'off';
  /** Offer SACK-permitted on SYN and answer gaps with SACK blocks (RFC 2018). */
  readonly sackPermitted: boolean;
  /** Wait before a pure ACK is sent; 0 sends every ACK at once (RFC 9293 §3.8.6.3). */
  readonly delayedAckUs: number;
  /** When the receiver acknowledged, where that is known from a capture (known-acks.ts); empty: by the two rules of this table. */
  readonly acknowledging: readonly AckPoint[];
  /** Timers fire at their instant, or, one after another, as late as Linux’s timer wheel lets them. */
  readonly timers: 'exact' | 'wheel';
  /** When ACKs of text in order leave: by `delayedAckUs` alone, or paced by what comes and what the program does (ack-pace.ts). */
  readonly acks: 'delayed' | 'paced';
  /** Set on a paced connection: ACKs leave at once for now, or wait for the program's data from now on (TCP_QUICKACK). */
  readonly quickAck: boolean;
  /** Where SACK blocks come from: what waits beyond a gap, or a list of the last four, in which a FIN counts (sack-list.ts). */
  readonly sackBlocks: 'waiting' | 'remembered';
  /** The receive buffer as memory (receive-memory.ts), in place of `rcvBufferBytes`; `off`: octets of text count. */
  readonly rcvMemoryBytes: number | 'off';
  /** What it may grow to, whether it grows with what the program reads, and whether the program has set it. */
  readonly rcvMemoryMaxBytes: number;
  readonly rcvMemoryGrows: boolean;
  readonly rcvMemoryLocked: boolean;
  readonly initialRtoUs: number;
  readonly minRtoUs: number;
  readonly maxRtoUs: number;
  /** `rto`: RTO = max(min, …) as RFC 6298 says; `variance`: SRTT + max(min, 4·RTTVAR) as Linux does. */
  readonly minRtoAppliesTo: 'rto' | 'variance';
  /** RTTVAR follows each sample (RFC 6298 §2.3), or is the largest deviation of a round trip (Linux). */
  readonly rttVariation: 'sample' | 'round-trip';
  /** Does the timestamp that answers a repeated SYN measure a round trip (RFC 7323 §4.1)? */
  readonly rttOfRepeatedSyn: 'none' | 'echo';
  /** A SYN or SYN,ACK that left so often again, once by the timer, makes data begin with one segment (RFC 5681 §3.1: one). */
  readonly synTimeoutsToOneSegment: number;
  /** RTO once data starts if the SYN had to be repeated (RFC 6298 §5.7); 0: no such rule. */
  readonly rtoAfterSynTimeoutUs: number;
  /** Repetitions of a SYN, of a SYN,ACK and of anything later before the connection is given up. */
  readonly synRetries: number;
  readonly synAckRetries: number;
  /** Does the SYN end as well once so many doubled time-outs would have passed? Time-outs of the same length make this shorter. */
  readonly synRetriesInTime: boolean;
  readonly dataRetries: number;
  /** How many of the first SYN time-outs keep the same length, on top of `synRetries` (Linux ≥ 6.5: 4). */
  readonly synLinearTimeouts: number;
  /** `rack`: the same for a socket that nobody has open any more; 0: like any other. */
  readonly orphanRetries: number;
  readonly timeWaitUs: number;
  /** How long FIN-WAIT-2 lasts once nobody can read any more; 0: for ever. */
  readonly finTimeoutUs: number;
  /** It lasts so many RTOs at least; 0: no such rule. */
  readonly finTimeoutRtos: number;
  /**
   * A SYN,ACK that repeats the peer's ISN in SYN-RECEIVED of a simultaneous open: `accept` as RFC 9293 figure 7 draws it
   * (four segments), `accept-whole` the same if it acknowledges all that was sent (Linux), `acknowledge` as the window test of §3.10.7.4 says read literally (six segments).
   */
  readonly repeatedSynAck: 'accept' | 'accept-whole' | 'acknowledge';
  /**
   * The same SYN again in SYN-RECEIVED: answer with ACK (RFC 9293 §3.10.7.4) or with the SYN,ACK again, whose
   * timer may begin anew (Linux).
   */
  readonly duplicateSyn: 'acknowledge' | 'repeat-syn-ack' | 'repeat-and-restart';
  /** Another SYN in SYN-RECEIVED ends the handshake: in silence (RFC 9293 §3.10.7.4), or it is answered with RST (Linux). */
  readonly otherSyn: 'forgets' | 'resets';
  /** What calls come to and which errors programs get: as RFC 9293 §3.10 says of its abstract calls, or as of a system’s sockets. */
  readonly calls: 'rfc' | 'linux' | 'bsd';
  /** Does the reset of an ABORT carry ACK? RFC 9293 §3.10.5: no; Linux: yes. */
  readonly abortCarriesAck: boolean;
  /**
   * What is answered with an RST once nobody can read any more: `text` (RFC 9293 §3.6.1); or also a FIN beyond a gap, and text that begins below
   * RCV.NXT and continues after the peer's FIN (Linux).
   */
  readonly unread: 'text' | 'text-or-fin';
  /** CLOSE of the whole socket while received data wait unread: an orderly FIN, or RST (RFC 2525 §2.17). */
  readonly closeUnread: 'fin' | 'reset';
  /** The one number at which RST resets: RCV.NXT (RFC 5961 §3.2); or also the end of what is SACKed, and the peer's FIN (Linux). */
  readonly rstAt: 'next' | 'next-or-sack';
  /** The number of a segment that has none of its own: SND.NXT, or the end of a window that has shrunk below it. */
  readonly bareSeq: 'next' | 'in-window';
  /** RST anywhere in the window resets, as before RFC 5961 §3.2. */
  readonly insecureRst: boolean;
  /** SYN in the window of a synchronised connection ends it with RST, as before RFC 5961 §4.2. */
  readonly insecureSyn: boolean;
  /** A segment with both SYN and FIN is dropped unseen. */
  readonly dropSynFin: boolean;
  /** A segment with a signature (RFC 2385) is dropped unseen: nobody here has a key to check it by. */
  readonly dropSigned: boolean;
  /**
   * Text and FIN on a SYN to a listener: kept for ESTABLISHED (RFC 9293 §3.10.7.2), or dropped so that the peer repeats them; a SYN
   * with FIN may be dropped as a whole.
   */
  readonly listenerText: 'keep' | 'drop' | 'drop-unless-fin';
  /**
   * Whether urgent data stay in the stream (RFC 6093), or their last byte is taken out of it. That is the byte before the pointer, or the first
   * byte if the pointer is 0; or it is the byte that the pointer names (Linux with tcp_stdurg).
   */
  readonly urgentByte: 'in-stream' | 'before-pointer' | 'at-pointer';
  /** Text and FIN on a SYN,ACK, or a SYN that crosses this end's: kept for ESTABLISHED (RFC 9293 §3.10.7.3), or dropped so that the peer repeats them. */
  readonly synAckText: 'keep' | 'drop';
  /** The least payload that an announced MSS can bring a segment to, in bytes (Linux tcp_min_snd_mss). */
  readonly leastSendMss: number;
  /** What a reset of this end's own accord carries: nothing, or window and options as every segment does. */
  readonly abortCarries: 'nothing' | 'all';
  /** RST on a connection that both ends have finished: the program hears nothing, or ECONNRESET while its FIN is unacknowledged. */
  readonly resetWhileClosing: 'silent' | 'error';
  /** Does an acknowledgement sent on the way to CLOSING carry the unacknowledged FIN again? */
  readonly closingRepeatsFin: boolean;
  /** RST in TIME-WAIT: ends it (RFC 9293 §3.10.7.4), with the hazard of RFC 1337, or is ignored (RFC 1337 §4 F1). */
  readonly timeWaitReset: 'ends' | 'ignored';
  /** A new SYN beyond the old numbers, or with a newer timestamp, takes the place of TIME-WAIT (RFC 9293 §3.6.1 MAY-2, RFC 6191). */
  readonly timeWaitReuse: boolean;
  /** Which segments TIME-WAIT answers: `rfc` the unacceptable ones; `bsd` every ACK but the one that says nothing new;
   * `linux` all but resets and what stands exactly at RCV.NXT without text. */
  readonly timeWaitAnswers: 'rfc' | 'bsd' | 'linux';
  /** Least time between two answers to unacceptable segments without data, per connection (RFC 5961 §7); 0: no limit. */
  readonly challengeAckIntervalUs: number;
  /** May an ICMP error end a connection in SYN-SENT? */
  readonly icmpMayReset: boolean;
  /**
   * Which ICMP errors do: the hard ones (RFC 1122 §4.2.3.9), these and exceeded TTL, or all (RFC 5461 §2.2). Those that do not
   * are kept, and told instead of ETIMEDOUT when the retries end.
   */
  readonly icmpAbortsOpening: 'hard' | 'hard-and-ttl' | 'all';
  /** Do hard ICMP errors end a synchronised connection (RFC 1122 §4.2.3.9), in spite of RFC 5927 §5.2? */
  readonly icmpAbortsSynchronised: boolean;
  /** What a program hears of ICMP errors: what the code says, or one of two: hard ones refuse, all others mean unreachable. */
  readonly icmpErrors: 'by-code' | 'bsd';
  /** Added to every RTO but the first of a SYN or SYN,ACK. */
  readonly rtoSlopUs: number;
  /** From the third repetition on the SYN offers the MSS only: some middlebox may dislike the other options. */
  readonly dropSynOptions: boolean;
  /** Wait before a SYN that met an unacceptable ACK goes out again, the reset being on its way; 0: the timer just goes on. */
  readonly synRetryAfterBadAckUs: number;
  /** How long SYN-SENT lasts at most; 0: as long as the retries take. */
  readonly connectTimeoutUs: number;
  /** Probe an idle connection (RFC 9293 §3.8.4): after so long, then so often, so many times. */
  readonly keepAlive: boolean;
  readonly keepAliveIdleUs: number;
  readonly keepAliveIntervalUs: number;
  readonly keepAliveProbes: number;
  /** Does the user timeout end probing too, of an idle peer in place of `keepAliveProbes` and of a closed window? */
  readonly userTimeoutEndsProbes: boolean;
  /** How long data may stay unacknowledged (RFC 9293 §3.9.1 user timeout, RFC 5482); 0: as long as the retries take. */
  readonly userTimeoutUs: number;
  /** How many connections a listener holds in SYN-RECEIVED, and how many nobody has accepted; the OPEN call may ask for less (somaxconn). */
  readonly synQueue: number;
  readonly acceptQueue: number;
  /** Records of a SYN cache (RFC 4987 §3.5), which no backlog bounds; `off`: half-open connections wait in the listener's own queue. */
  readonly synCache: number | 'off';
  /** A SYN for which the SYN queue has no room: dropped, or it takes the place of the oldest half-open connection (RFC 4987 §3.4). */
  readonly synOverflow: 'drop' | 'recycle';
  /** The third ACK when the accept queue is full: forgotten, so that the SYN,ACK is repeated, or answered with RST. */
  readonly acceptOverflow: 'ignore' | 'reset';
  /** SYN cookies (RFC 4987 §3.6): never, when the SYN queue is full, or for every SYN. */
  readonly synCookies: 'off' | 'onOverflow' | 'always';
  /** Explicit congestion notification (RFC 3168 §6.1.1): not at all, asked for, or agreed to. */
  readonly ecn: 'off' | 'request' | 'accept';
  /** TCP Fast Open (RFC 7413), as bits of Linux’s tcp_fastopen; `off`: data given to OPEN travel on the SYN as RFC 9293 §3.10.1 says. */
  readonly fastOpen: number | 'off';
  /** Keys of a server's cookies, one or two, as in Linux’s tcp_fastopen_key; empty: this host's own secret. */
  readonly fastOpenKeys: string;
  /** Children of Fast Open that may wait for the end of their handshake (TCP_FASTOPEN); `off`: the backlog, where bit 0x400 says so. */
  readonly fastOpenQueue: number | 'off';
  /** Data are sent and taken without a cookie (TCP_FASTOPEN_NO_COOKIE). */
  readonly fastOpenWithoutCookie: boolean;
  /** How long a client does without Fast Open after it was swallowed, the first time (Linux tcp_fastopen_blackhole_timeout_sec); 0: no pause. */
  readonly fastOpenPauseUs: number;
  /** A connection that ends before ACCEPT leaves the queue, or is accepted, dead (Linux). */
  readonly endedInQueue: 'leaves' | 'stays';
  /** Repetitions of a SYN that still ask for ECN. */
  readonly ecnSynRetries: number;
  /** A SYN,ACK may echo anything, or only a timestamp of this end's SYNs: any other is answered with RST (Linux). */
  readonly synAckEcho: 'any' | 'own';
  /** RFC 7323 timestamps: offered on SYN, then on every segment. */
  readonly timestamps: boolean;
  /** When TS.Recent follows a segment: before its ACK is looked at (RFC 7323 §4.3), or once that is acceptable. */
  readonly tsRecentUpdate: 'before-ack' | 'after-ack';
  /** What PAWS lets pass although it is old: nothing, or ACKs that say nothing, one tick, and answers none below RCV.NXT (Linux). */
  readonly pawsSpares: 'nothing' | 'old-acks';
  /** A segment without the option that was agreed on counts (RFC 7323 §3.2: drop it silently). */
  readonly tolerateMissingTimestamps: boolean;
  /** SYN without any option. */
  readonly noOptions: boolean;
  /** Order and padding of a SYN's options: the systems differ. */
  readonly synOptionLayout: 'sack-first' | 'scale-first';
  /** The SYN,ACK of a simultaneous open: what both SYNs offer (RFC 7323 §2.2, §3.2), or all that this end's SYN had. */
  readonly crossedSynOptions: 'agreed' | 'own';
  /** Report duplicate data as the first SACK block (RFC 2883). */
  readonly dsack: boolean;
  /** Bytes that SEND may put aside for sending; a larger SEND goes on as acknowledgements make room. */
  readonly sndBufferBytes: number;
  /** Congestion window at the start: RFC 6928 (ten segments, or fewer large ones), RFC 5681 §3.1 (two to four), or ten of any size. */
  readonly initialWindow: 'rfc6928' | 'rfc5681' | 'ten-segments';
  /** cwnd grows by Reno (RFC 5681) or CUBIC (RFC 9438). */
  readonly congestion: 'reno' | 'cubic';
  /** cwnd bounds octets, as the RFCs say, or whole segments, whatever is in them (Linux). */
  readonly cwndCounts: 'octets' | 'segments';
  /** Segments by which one ACK of slow start grows cwnd at most (RFC 3465 §2.2: L); RFC 5681 §3.1: 1; `all`: all it acknowledges. */
  readonly ackCountingLimit: number | 'all';
  /** A loss is found by three duplicates (RFC 5681, 6582, 6675), or by time, with PRR and undoing (RFC 8985); then cwnd counts segments. */
  readonly lossRecovery: 'duplicates' | 'rack';
  /** RACK: duplicates that mean a loss while nothing has come out of order; do they at all; do D-SACKs widen its window? */
  readonly reordering: number;
  readonly rackDuplicates: boolean;
  readonly rackAdapts: boolean;
  /** A segment that asks after two silent round trips (RFC 8985 §7). */
  readonly tailLossProbe: boolean;
  /** New data may show that a time-out was premature (RFC 5682). */
  readonly frto: boolean;
  /** Six time-outs of the same length where hardly anything is in flight. */
  readonly thinLinearTimeouts: boolean;
  /** New data on the first two duplicate ACKs (RFC 3042). */
  readonly limitedTransmit: boolean;
  /** With nothing else to send in recovery, what is neither lost nor SACKed and then the last segment go again (RFC 6675 §4, rules 3 and 4). */
  readonly repeatsDoubtful: boolean;
  /** After an idle RTO: cwnd falls to the initial window (RFC 5681 §4.1), halves for each RTO (RFC 2861), or stays. */
  readonly idleRestart: 'initial-window' | 'halves' | 'off';
  /** Send small segments at once, whatever is unacknowledged: TCP_NODELAY. */
  readonly noDelay: boolean;
  /** Only full segments leave, or what the persist timer lets go: TCP_CORK. */
  readonly cork: boolean;
  /** A SEND that is not pushed: nothing leaves by it, or its full segments do and the rest waits (Linux MSG_MORE). */
  readonly unpushed: 'waits' | 'rest-waits';
  /** What holds a small segment back: any unacknowledged data (RFC 9293 §3.7.4), or an unacknowledged small segment (Minshall). */
  readonly nagle: 'any' | 'small';
  /**
   * Where PSH goes: to the end of each SEND, and to the end of a burst of several segments too, or of each large packet that the network
   * card cuts into several (Linux; large-packet.ts), or where the buffer is emptied.
   */
  readonly push: 'send' | 'burst' | 'packet' | 'emptied';
  /** What the network interface does with what it is given: it takes it, or its queue is full. */
  readonly deviceQueue: 'open' | 'full';
  /** Segments that a large packet has at least, if there are as many. */
  readonly packetSegments: number;
  /** PSH also where SEND fills a segment and half of the peer's largest window has been written since the last, and on probes with data. */
  readonly forcedPush: boolean;
  /** The network card cuts large packets, joins what comes, and fills in checksums (TSO, GRO): a capture on the host sees neither done. */
  readonly offload: boolean;
  /** Is the window of a SYN one that the peer has offered (MAX.SND.WND)? To Linux a child's windows begin with the third segment. */
  readonly synWindowCounts: boolean;
  /** A segment that the window has cut leaves at half of the largest window (RFC 9293 §3.8.6.2.1), or by the persist timer alone. */
  readonly sendsCut: 'half-window' | 'never';
  /**
   * Which segments can make the window smaller: all that are not older, or only those that have a new number, acknowledge more or close it (Linux).
   */
  readonly smallerWindow: 'taken' | 'with-news';
  /** What asks about a closed window: an empty segment below SND.NXT, or the next byte (RFC 9293 §3.8.6.1). */
  readonly zeroWindowProbe: 'below' | 'byte';
  /** From when the wait for the next probe counts: the last one, or what answered it (Linux’s tcp_ack_probe). */
  readonly probeWaitsFrom: 'probe' | 'answer';
  /**
   * Which numbers the receiver takes: what it has told, or what the buffer has room for; or `whole` segments: one that crosses the right
   * edge only while nothing waits unread (Linux’s tcp_sequence).
   */
  readonly acceptWindow: 'told' | 'buffer' | 'whole';
  /** The receive buffer is rounded up to whole segments of the agreed size. */
  readonly rcvBufferWholeSegments: boolean;
  /** The right edge moves by a full segment or half the buffer at least (RFC 9293 §3.8.6.2.2), or with every byte read. */
  readonly windowGrowth: 'full-segment' | 'every-byte';
  /**
   * What a RECEIVE must free before it tells the peer: two segments or half the buffer; the same and a quarter of the buffer; as
   * much as is still offered, where that is at most half the buffer (Linux’s tcp_cleanup_rbuf).
   */
  readonly windowUpdate: 'two-segments' | 'quarter-buffer' | 'doubled';
  /** May the ACK of the peer's FIN wait for this end's own FIN, as long as `delayedAckUs`? */
  readonly delayFinAck: boolean;
  /** What the second of "every second segment" counts: full segments, or any with data. */
  readonly delayedAckCounts: 'full-segments' | 'segments';
  /** Not TCP: a listener's child is ESTABLISHED as soon as it has answered the SYN (counterfactual.ts). */
  readonly counterfactualAcceptWithoutThirdStep: boolean;
  /** Not TCP: where TIME-WAIT would begin, the connection ends. */
  readonly counterfactualSkipTimeWait: boolean;
};

export type ProfileName = 'linux' | 'rfc' | 'freebsd';
