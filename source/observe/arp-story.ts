// Tells what ARP shows in a capture: who asked for which address, which addresses had no answer, and which are claimed by several machines
// (RFC 826; announcements and probes: RFC 5227 §1.1, §2.4). IPv6 neighbor discovery is read in the same way (RFC 4861 §7.2, RFC 4862 §5.4).
import type {ArpMessage} from '../wire/arp.ts';

/** The most addresses that are remembered of those asked for by ARP, and of those claimed. */
const mostAddresses = 4096;
/** The most frames and the most machines that are remembered for each address in ARP messages. */
const mostFrames = 8;
const mostMachines = 4;

/**
 * An asker without an ARP answer asks again within `againUs` (RFC 1122 §2.3.2.1 allows one request a second). A request within `copyUs` of
 * the last one is a copy. Both are in µs.
 */
const againUs = 5_000_000;
const copyUs = 2000;

const nobody: readonly string[] = ['0.0.0.0', '::'];

export type AskedAddress = {
  readonly asker: string;
  readonly target: string;
  readonly frames: number[];
  /** The number of ARP requests by the same asker that were not copies and came within `againUs` of the one before. */
  tries: number;
  packets: number;
  lastUs: number;
  /** The last frame that asked for the address or answered for it. */
  lastFrame: number;
  answered: boolean;
};

/** An IP address and the machines that claimed it by sending ARP messages from it. */
export type ClaimedAddress = {
  readonly address: string;
  /** The hardware addresses of the machines that claimed the address, in the order in which they were heard. */
  readonly machines: string[];
  /** The machines that announced the address to all by a gratuitous ARP message. */
  readonly announced: Set<string>;
  /** The first frames that show a conflict: the last claim before another machine claimed the address, and the claims since. */
  readonly frames: number[];
  latest: string;
  latestFrame: number;
  /** How often the address was claimed by another machine than the time before. */
  changes: number;
  /** True if a machine announced the address again after another one had claimed it. */
  defended: boolean;
};

/** A message of ARP or of IPv6 neighbor discovery; only those of ARP contain the target's hardware address. */
type Taken = Omit<ArpMessage, 'targetMac'> & Partial<ArpMessage>;

export class ArpStory {
  requests = 0;
  replies = 0;
  /** The number of ARP requests for the asker's own address, which announce it. */
  gratuitous = 0;
  /** The number of ARP probes: requests of askers that have no address yet. */
  probes = 0;
  readonly #asked = new Map<string, AskedAddress>();
  readonly #answered = new Set<string>();
  readonly #claimed = new Map<string, ClaimedAddress>();

  take(
    message: Taken,
    {frame, atUs}: {readonly frame: number; readonly atUs: number} = {frame: 0, atUs: 0},
  ): void {
    const {operation, senderIp, targetIp} = message;
    if (!nobody.includes(senderIp) && message.senderMac !== '') this.#claim(message, frame);
    if (operation === 2) {
      this.replies += 1;
      if (this.#answered.size < mostAddresses) this.#answered.add(senderIp);
      const asked = this.#asked.get(senderIp);
      if (asked) {
        asked.answered = true;
        asked.packets += 1;
        asked.lastFrame = frame;
      }
      return;
    }
    this.requests += 1;
    if (senderIp === targetIp) this.gratuitous += 1;
    else if (nobody.includes(senderIp)) this.probes += 1;
    else this.#ask(message, frame, atUs);
  }

  /** Returns the addresses for which somebody asked by ARP and which nobody answered. */
  get unanswered(): readonly string[] {
    return [...this.#asked.keys()].filter((address) => !this.#answered.has(address));
  }

  /** Returns the ARP requests, grouped by the address that was asked for. */
  get asked(): readonly AskedAddress[] {
    return [...this.#asked.values()];
  }

  /** Tells whether a machine has claimed the IP address by sending an ARP message from it. */
  isClaimed(address: string): boolean {
    return this.#claimed.has(address);
  }

  /** Returns the addresses that more than one machine claims. */
  get contested(): readonly ClaimedAddress[] {
    return [...this.#claimed.values()].filter(({machines}) => machines.length > 1);
  }

  #ask({senderIp, targetIp}: Taken, frame: number, atUs: number): void {
    const known = this.#asked.get(targetIp);
    if (!known) {
      if (this.#asked.size >= mostAddresses) return;
      const asked = {asker: senderIp, target: targetIp, frames: [frame], tries: 1, packets: 1};
      this.#asked.set(targetIp, {...asked, lastUs: atUs, lastFrame: frame, answered: false});
      return;
    }
    known.packets += 1;
    known.lastFrame = frame;
    const sinceUs = atUs - known.lastUs;
    if (known.asker !== senderIp || sinceUs < copyUs) return;
    known.lastUs = atUs;
    if (sinceUs > againUs) return;
    known.tries += 1;
    if (known.frames.length < mostFrames) known.frames.push(frame);
  }

  #claim({senderIp: address, senderMac, targetIp}: Taken, frame: number): void {
    const announces = address === targetIp;
    const known = this.#claimed.get(address);
    if (!known) {
      if (this.#claimed.size >= mostAddresses) return;
      this.#claimed.set(address, {
        ...{address, machines: [senderMac], announced: new Set(announces ? [senderMac] : [])},
        ...{frames: [], latest: senderMac, latestFrame: frame, changes: 0, defended: false},
      });
      return;
    }
    const isOther = known.latest !== senderMac;
    if (isOther) {
      known.defended ||= announces && known.machines.includes(senderMac);
      known.changes += 1;
      if (!known.machines.includes(senderMac) && known.machines.length < mostMachines)
        known.machines.push(senderMac);
      if (known.frames.length === 0) known.frames.push(known.latestFrame);
    }
    if (announces && known.announced.size < mostMachines) known.announced.add(senderMac);
    if (known.changes > 0 && known.frames.length < mostFrames) known.frames.push(frame);
    known.latest = senderMac;
    known.latestFrame = frame;
  }
}
