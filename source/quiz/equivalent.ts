// Tells when two answers mean the same: hexadecimal and decimal, state names of different tools, spaces, case, English and Chinese
// punctuation.

/** Maps the names that tools use for states to those of the RFC. */
const stateNames: {readonly [name: string]: string} = {
  SYNSENT: 'SYN-SENT',
  SYNSEND: 'SYN-SENT',
  SYNRECV: 'SYN-RECEIVED',
  SYNRCVD: 'SYN-RECEIVED',
  SYNRECEIVED: 'SYN-RECEIVED',
  ESTAB: 'ESTABLISHED',
  FINWAIT1: 'FIN-WAIT-1',
  FINWAIT2: 'FIN-WAIT-2',
  CLOSEWAIT: 'CLOSE-WAIT',
  LASTACK: 'LAST-ACK',
  TIMEWAIT: 'TIME-WAIT',
  UNCONN: 'CLOSED',
  CLOSE: 'CLOSED',
};

const widened: {readonly [mark: string]: string} = {'，': ',', '、': ',', '；': ';', '：': ':', '　': ' '};

/** Returns one spelling for all answers that mean the same. */
export const canonical = (answer: string): string => {
  const plain = answer
    .replace(/[，、；：　]/g, (mark) => widened[mark] ?? mark)
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/\s*,\s*/g, ',');
  if (/^0x[0-9a-f]+$/i.test(plain)) return String(Number.parseInt(plain, 16));
  if (/^\d+$/.test(plain)) return plain.replace(/^0+(?=\d)/, '');
  const letters = plain.toUpperCase().replace(/[-_ ]/g, '');
  return (stateNames[letters] ?? plain).toLowerCase();
};
