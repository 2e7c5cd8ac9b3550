// One conversation between the kernel and our machine: what both ends do, what the path does, and what each end reports.

export const kernelIp = '10.77.9.1';
export const ourIp = '10.77.9.2';
export const port = 7000;

/** A program at one end: what it sends and how it ends. */
export type Program = {
  readonly bytes: number;
  readonly sends: 'at-once' | 'after-eof';
  readonly ends: 'after-sending' | 'after-eof' | 'resets-after-receiving' | 'waits';
};

export type Path = {
  /** Probability that a packet is lost, either way. */
  readonly loss: number;
  readonly delayMs: number;
  /** Probability that a packet takes `lateMs` more, so that others overtake it. */
  readonly late: number;
  readonly lateMs: number;
};

export type Switch = 'sack' | 'timestamps' | 'windowScale';
export type Switches = {readonly [name in Switch]: boolean};

export type Job = {
  readonly name: string;
  readonly seed: number;
  readonly opens: 'ours' | 'kernel';
  /** Nobody listens. */
  readonly refused: boolean;
  readonly ours: Program;
  readonly kernel: Program;
  readonly path: Path;
  /** What our end offers. The kernel offers everything, unless `kernelSwitches` say less. */
  readonly switches: Switches;
  readonly kernelSwitches: Switches;
  readonly limitMs: number;
};

/** What the programs at both ends can say. */
export type EndReport = {
  readonly receivedBytes: number;
  readonly sha256: string;
  readonly eof: boolean;
  readonly error: string | undefined;
  readonly ms: number;
};

export type OurReport = EndReport & {
  readonly over: boolean;
  readonly states: readonly string[];
  readonly signals: readonly string[];
  /** Options of both SYNs as they crossed the tunnel. */
  readonly ourSyn: readonly string[];
  readonly kernelSyn: readonly string[];
  readonly sent: number;
  readonly retransmitted: number;
  readonly lost: number;
  /** Bytes that could not be read as a packet: none are expected. */
  readonly unreadable: readonly string[];
};

/** `tcp` lists the kernel's sockets of the connection at the end, by state as in /proc/net/tcp. */
export type KernelReport = EndReport & {readonly connected: boolean; readonly tcp: readonly string[]};

export type Outcome = {readonly ours: OurReport | undefined; readonly kernel: KernelReport};
