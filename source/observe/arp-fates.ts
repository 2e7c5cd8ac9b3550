// Deduces which ARP messages of a capture arrived. A request arrived if it is answered. An answer to a broadcast request arrived if the
// asker then sends to the hardware address that it was told (RFC 826).
import type {ArpMessage} from '../wire/arp.ts';
import {uint16, uint32} from '../wire/frame-headers.ts';
import {type FateColumns, Verdict} from './fate-columns.ts';

/** An Ethernet address as a number of 48 bits. */
type Mac = number;

const everybody: Mac = 0xffff_ffff_ffff;

const macAt = (bytes: Uint8Array, at: number): Mac => uint32(bytes, at) * 0x1_0000 + uint16(bytes, at + 4);

/** The offsets of fields in an ARP message for IPv4 over Ethernet. */
const at = {senderMac: 8, targetMac: 18, targetIp: 24} as const;

/**
 * The most ARP requests that are remembered while no proof of the answer's arrival was seen; if there are more, the oldest is forgotten.
 */
const mostAsked = 64;
const mostAddresses = 4096;
/** The most hardware addresses to which an asker may send while its ARP request has no answer; with more, the request is forgotten. */
const mostTargets = 64;

type Asked = {
  readonly key: string;
  readonly target: string;
  /** The frame of the newest of these equal ARP requests, and their number. */
  frame: number;
  times: number;
  readonly mac: Mac;
  readonly ip: number;
  /** True if all of these ARP requests were broadcast. An asker that already has the address may ask only its owner. */
  isForAll: boolean;
  /** The hardware addresses that the asker has sent packets to since: it knew those addresses already. */
  readonly sentTo: Set<Mac>;
  /** How many ARP messages the owner of the address had sent before the request: each of them also tells its hardware address. */
  readonly spoken: number;
  told: {readonly frame: number; readonly mac: Mac} | undefined;
};

type Heard = {
  readonly bytes: Uint8Array;
  /** The offset of the ARP message in the frame. */
  readonly at: number;
  readonly frame: number;
  readonly onEthernet: boolean;
};

export class ArpFates {
  readonly #fates: FateColumns;
  /** The ARP requests whose answer is not known to have arrived, by asker and requested address, the oldest first. */
  readonly #asked = new Map<string, Asked>();
  /** The number of ARP messages that were sent from each IP address. */
  readonly #spoken = new Map<string, number>();

  constructor(fates: FateColumns) {
    this.#fates = fates;
  }

  /** True while some ARP request is open, so that the asker's next packets may show that the answer arrived. */
  get watches(): boolean {
    return this.#asked.size > 0;
  }

  take(message: ArpMessage, heard: Heard): void {
    const {operation, senderIp, targetIp} = message;
    if (operation === 2) this.#answer(message, heard);
    this.#speak(senderIp);
    // A gratuitous ARP request asks for the sender's own address and only announces it: nobody has to answer.
    if (operation === 1 && senderIp !== targetIp) this.#ask(message, heard);
  }

  #speak(address: string): void {
    const spoken = this.#spoken.get(address);
    if (spoken !== undefined || this.#spoken.size < mostAddresses)
      this.#spoken.set(address, (spoken ?? 0) + 1);
  }

  #ask({senderIp, targetIp}: ArpMessage, {bytes, at: start, frame, onEthernet}: Heard): void {
    const key = `${senderIp} ${targetIp}`;
    const isForAll = onEthernet && macAt(bytes, 0) === everybody;
    const known = this.#asked.get(key);
    const mac = macAt(bytes, start + at.senderMac);
    if (known && known.told === undefined && known.mac === mac) {
      known.frame = frame;
      known.times += 1;
      known.isForAll &&= isForAll;
      return;
    }
    this.#asked.delete(key);
    const [oldest] = this.#asked.keys();
    if (oldest !== undefined && this.#asked.size >= mostAsked) this.#asked.delete(oldest);
    const spoken = this.#spoken.get(targetIp) ?? 0;
    const ip = uint32(bytes, start + at.targetIp);
    const whose = {key, target: targetIp, mac, ip, isForAll, spoken};
    this.#asked.set(key, {...whose, frame, times: 1, sentTo: new Set(), told: undefined});
  }

  /**
   * Notes an ARP answer, which proves that its request arrived. If there were several equal requests, the arrival of the newest is only
   * presumed.
   */
  #answer({senderIp, targetIp}: ArpMessage, {bytes, at: start, frame}: Heard): void {
    const key = `${targetIp} ${senderIp}`;
    const asked = this.#asked.get(key);
    if (!asked || asked.told || macAt(bytes, start + at.targetMac) !== asked.mac) return;
    this.#fates.set(asked.frame, asked.times === 1 ? Verdict.delivered : Verdict.presumed, frame);
    const mac = macAt(bytes, start + at.senderMac);
    if (asked.isForAll && !asked.sentTo.has(mac)) asked.told = {frame, mac};
    else this.#asked.delete(key);
  }

  /**
   * Checks whether an IPv4 packet over Ethernet shows that an ARP answer arrived. `destinationAt` is the offset of the destination IP
   * address.
   */
  pass(bytes: Uint8Array, destinationAt: number, frame: number): void {
    const from = macAt(bytes, 6);
    for (const asked of this.#asked.values())
      if (asked.mac === from) this.#send(asked, macAt(bytes, 0), uint32(bytes, destinationAt), frame);
  }

  /**
   * Notes that the asker sends a packet to the hardware address `mac` and the IP address `ip`: if `mac` is that of the answer, the answer
   * arrived.
   */
  #send(asked: Asked, mac: Mac, ip: number, frame: number): void {
    const {told, sentTo, key, target, spoken} = asked;
    if (told?.mac !== mac) {
      if (told === undefined) sentTo.add(mac);
      if (sentTo.size > mostTargets) this.#asked.delete(key);
      return;
    }
    this.#asked.delete(key);
    // The proof is only presumed if the owner sent several ARP messages, any of which the asker may have used, or if the packet is for
    // another IP address, because the owner may be a router.
    const isOnly = this.#spoken.get(target) === spoken + 1;
    this.#fates.set(told.frame, isOnly && ip === asked.ip ? Verdict.delivered : Verdict.presumed, frame);
  }
}
