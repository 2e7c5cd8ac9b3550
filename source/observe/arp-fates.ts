// Deduces which ARP messages of a capture arrived. A request arrived if it is answered. An answer to a broadcast request arrived if the
// asker then sends to the hardware address that it was told (RFC 826).
import type {ArpMessage} from '../wire/arp.ts';
import {uint16, uint32} from '../wire/frame-headers.ts';
import {type FateColumns, Verdict} from './fate-columns.ts';

/** A hardware address as a number. */
type Mac = number;

const everybody: Mac = 0xffff_ffff_ffff;

const macAt = (bytes: Uint8Array, at: number): Mac => uint32(bytes, at) * 0x1_0000 + uint16(bytes, at + 4);

/** The offsets of fields in an ARP message for IPv4 over Ethernet. */
const at = {senderMac: 8, targetMac: 18, targetIp: 24} as const;

/** The most requests that are remembered while they have no answer; then the oldest one is forgotten. */
const mostAsked = 64;
const mostAddresses = 4096;
/** An asker that meanwhile sends to more hosts than this is not followed. */
const mostTargets = 64;

type Asked = {
  readonly key: string;
  readonly target: string;
  /** The frame of the newest request, and the number of requests. */
  frame: number;
  times: number;
  readonly mac: Mac;
  readonly ip: number;
  /** True if the request went to all hosts of the link. An asker that already has the address asks only its owner. */
  isForAll: boolean;
  /** The hardware addresses that the asker has sent packets to since: it knew those addresses already. */
  readonly sentTo: Set<Mac>;
  /** How often the owner of the address had spoken before the request: each of its messages also tells its address. */
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
  /** The open requests by asker and address, the oldest first. */
  readonly #asked = new Map<string, Asked>();
  /** How often the owner of each address was heard. */
  readonly #spoken = new Map<string, number>();

  constructor(fates: FateColumns) {
    this.#fates = fates;
  }

  /** True while a packet that somebody sends may show that an answer arrived. */
  get watches(): boolean {
    return this.#asked.size > 0;
  }

  take(message: ArpMessage, heard: Heard): void {
    const {operation, senderIp, targetIp} = message;
    if (operation === 2) this.#answer(message, heard);
    this.#speak(senderIp);
    // A gratuitous request, which asks for the sender's own address, only announces it: nobody has to answer.
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

  /** Notes an answer. If there were several requests, nobody can see which of them it answers. */
  #answer({senderIp, targetIp}: ArpMessage, {bytes, at: start, frame}: Heard): void {
    const key = `${targetIp} ${senderIp}`;
    const asked = this.#asked.get(key);
    if (!asked || asked.told || macAt(bytes, start + at.targetMac) !== asked.mac) return;
    this.#fates.set(asked.frame, asked.times === 1 ? Verdict.delivered : Verdict.presumed, frame);
    const mac = macAt(bytes, start + at.senderMac);
    if (asked.isForAll && !asked.sentTo.has(mac)) asked.told = {frame, mac};
    else this.#asked.delete(key);
  }

  /** Takes an Ethernet frame that carries IPv4. `destinationAt` is the offset of the receiver's IP address. */
  pass(bytes: Uint8Array, destinationAt: number, frame: number): void {
    const from = macAt(bytes, 6);
    for (const asked of this.#asked.values())
      if (asked.mac === from) this.#send(asked, macAt(bytes, 0), uint32(bytes, destinationAt), frame);
  }

  /** Notes that the asker sends a packet to the hardware address `mac` and the IP address `ip`. */
  #send(asked: Asked, mac: Mac, ip: number, frame: number): void {
    const {told, sentTo, key, target, spoken} = asked;
    if (told?.mac !== mac) {
      if (told === undefined) sentTo.add(mac);
      if (sentTo.size > mostTargets) this.#asked.delete(key);
      return;
    }
    this.#asked.delete(key);
    // If the owner told its address twice, nobody can see which message the asker used. A router has other addresses, which may have told
    // the asker.
    const isOnly = this.#spoken.get(target) === spoken + 1;
    this.#fates.set(told.frame, isOnly && ip === asked.ip ? Verdict.delivered : Verdict.presumed, frame);
  }
}
