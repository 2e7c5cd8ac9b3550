// Which messages of ARP have come, as far as a capture shows it: who is answered was heard; who asked everybody, and then sends to
// the hardware address that it was told, has got the answer (RFC 826).
import type {ArpMessage} from '../wire/arp.ts';
import {uint16, uint32} from '../wire/frame-headers.ts';
import {type FateColumns, Verdict} from './fate-columns.ts';

/** A hardware address as a number. */
type Mac = number;

const everybody: Mac = 0xffff_ffff_ffff;

const macAt = (bytes: Uint8Array, at: number): Mac => uint32(bytes, at) * 0x1_0000 + uint16(bytes, at + 4);

/** Where they stand in a message for IPv4 over Ethernet. */
const at = {senderMac: 8, targetMac: 18, targetIp: 24} as const;

/** So many questions are open at most; the oldest one goes. */
const mostAsked = 64;
const mostAddresses = 4096;
/** An asker that sends to more hosts meanwhile is not followed. */
const mostTargets = 64;

type Asked = {
  readonly key: string;
  readonly target: string;
  /** The newest request, and how many there were. */
  frame: number;
  times: number;
  readonly mac: Mac;
  readonly ip: number;
  /** On the link: an asker that has an address asks there alone. */
  isForAll: boolean;
  /** Whom the asker has sent packets since: it had their addresses. */
  readonly sentTo: Set<Mac>;
  /** How often the one asked for had spoken before: what it says tells its address, too. */
  readonly spoken: number;
  told: {readonly frame: number; readonly mac: Mac} | undefined;
};

type Heard = {
  readonly bytes: Uint8Array;
  /** Of the message. */
  readonly at: number;
  readonly frame: number;
  readonly onEthernet: boolean;
};

export class ArpFates {
  readonly #fates: FateColumns;
  /** By asker and address, the oldest first. */
  readonly #asked = new Map<string, Asked>();
  /** How often an address was heard of by its owner. */
  readonly #spoken = new Map<string, number>();

  constructor(fates: FateColumns) {
    this.#fates = fates;
  }

  /** What is sent now may show that an answer has come. */
  get watches(): boolean {
    return this.#asked.size > 0;
  }

  take(message: ArpMessage, heard: Heard): void {
    const {operation, senderIp, targetIp} = message;
    if (operation === 2) this.#answer(message, heard);
    this.#speak(senderIp);
    // Whoever asks for itself tells: nobody has to answer.
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

  /** Of several requests nobody sees which one it answers. */
  #answer({senderIp, targetIp}: ArpMessage, {bytes, at: start, frame}: Heard): void {
    const key = `${targetIp} ${senderIp}`;
    const asked = this.#asked.get(key);
    if (!asked || asked.told || macAt(bytes, start + at.targetMac) !== asked.mac) return;
    this.#fates.set(asked.frame, asked.times === 1 ? Verdict.delivered : Verdict.presumed, frame);
    const mac = macAt(bytes, start + at.senderMac);
    if (asked.isForAll && !asked.sentTo.has(mac)) asked.told = {frame, mac};
    else this.#asked.delete(key);
  }

  /** A frame of Ethernet with IPv4. `destinationAt`: where its receiver's address stands. */
  pass(bytes: Uint8Array, destinationAt: number, frame: number): void {
    const from = macAt(bytes, 6);
    for (const asked of this.#asked.values())
      if (asked.mac === from) this.#send(asked, macAt(bytes, 0), uint32(bytes, destinationAt), frame);
  }

  /** What the asker sends to `mac`, for the address `ip`. */
  #send(asked: Asked, mac: Mac, ip: number, frame: number): void {
    const {told, sentTo, key, target, spoken} = asked;
    if (told?.mac !== mac) {
      if (told === undefined) sentTo.add(mac);
      if (sentTo.size > mostTargets) this.#asked.delete(key);
      return;
    }
    this.#asked.delete(key);
    // Told twice: nobody sees by which. A router has other addresses, by which it may have been known.
    const isOnly = this.#spoken.get(target) === spoken + 1;
    this.#fates.set(told.frame, isOnly && ip === asked.ip ? Verdict.delivered : Verdict.presumed, frame);
  }
}
