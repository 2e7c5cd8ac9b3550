// ARP of a capture: who asked for whom, and who was never there (RFC 826; announcements and probes: RFC 5227 §1.1).
import type {ArpMessage} from '../wire/arp.ts';

/** Addresses that are remembered. */
const mostAddresses = 4096;

const nobody = '0.0.0.0';

export class ArpStory {
  requests = 0;
  replies = 0;
  /** Requests for the asker's own address. */
  gratuitous = 0;
  /** Requests of who has no address yet. */
  probes = 0;
  readonly #asked = new Set<string>();
  readonly #answered = new Set<string>();

  take({operation, senderIp, targetIp}: ArpMessage): void {
    if (operation === 2) {
      this.replies += 1;
      if (this.#answered.size < mostAddresses) this.#answered.add(senderIp);
      return;
    }
    this.requests += 1;
    if (senderIp === targetIp) this.gratuitous += 1;
    else if (senderIp === nobody) this.probes += 1;
    else if (this.#asked.size < mostAddresses) this.#asked.add(targetIp);
  }

  /** Addresses of which nobody was heard to say that they are his. */
  get unanswered(): readonly string[] {
    return [...this.#asked].filter((address) => !this.#answered.has(address));
  }
}
