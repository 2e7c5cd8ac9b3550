"""What calls on a socket come to once its connection is over, or already exists: asked of the kernel of this machine behind a TUN
device, `unshare -Urn python3 calls.py`; the peer is this script. Prints test/fixtures/kernel-calls.json."""
import errno, json, os, select, signal, socket, struct, threading, time
from tun import open_tun

HERE, PEER, PORT = '192.0.2.1', '192.0.2.2', 8080
FIN, SYN, RST, ACK = 1, 2, 4, 16
DEVICE = open_tun(HERE)


def checksum(octets):
    octets += b'\0' * (len(octets) % 2)
    total = sum(struct.unpack(f'!{len(octets) // 2}H', octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Peer:
    """The far end of one connection: what it hears, and what it says when it is told to."""

    def __init__(self, port):
        self.port, self.seq, self.ack, self.at = port, 1000, 0, PORT

    def hear(self):
        """The next segment from here to there."""
        while select.select([DEVICE], [], [], 2)[0]:
            packet = os.read(DEVICE, 4000)
            if packet[0] >> 4 != 4 or packet[9] != 6:
                continue
            segment = packet[20:]
            sport, dport, seq, _, offset, flags = struct.unpack('!HHIIBB', segment[:14])
            if sport != self.port or dport != self.at:
                continue
            text = len(segment) - (offset >> 4) * 4
            self.ack = seq + text + bool(flags & SYN) + bool(flags & FIN) & 0xFFFFFFFF
            return flags
        raise TimeoutError('nothing came')

    def say(self, flags):
        head = struct.pack('!HHIIBBHHH', self.at, self.port, self.seq, self.ack if flags & ACK else 0, 5 << 4, flags, 65535, 0, 0)
        source, target = socket.inet_aton(PEER), socket.inet_aton(HERE)
        total = checksum(source + target + struct.pack('!BBH', 0, 6, len(head)) + head)
        segment = head[:16] + struct.pack('!H', total) + head[18:]
        ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(segment), 0, 0x4000, 64, 6, 0, source, target)
        os.write(DEVICE, ip[:10] + struct.pack('!H', checksum(ip)) + ip[12:] + segment)
        self.seq += bool(flags & SYN) + bool(flags & FIN)
        time.sleep(0.02)


ports = iter(range(20000, 30000))


def bound(port):
    call = socket.socket()
    call.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    call.bind((HERE, port))
    return call


def outcome(call, *given):
    try:
        value = call(*given)
    except OSError as error:
        return errno.errorcode[error.errno]
    return 'end' if value == b'' else 'ok'


def connecting(answer):
    """connect() that waits, and what the peer says to its SYN."""
    port = next(ports)
    call, peer, results = bound(port), Peer(port), []
    waiting = threading.Thread(target=lambda: results.append(outcome(call.connect, (PEER, PORT))))
    waiting.start()
    peer.hear()
    answer(peer)
    waiting.join()
    return call, peer, results[0]


def opened():
    def answer(peer):
        peer.say(SYN | ACK)
        peer.hear()

    call, peer, result = connecting(answer)
    assert result == 'ok', result
    return call, peer


def refused():
    call, peer, result = connecting(lambda peer: peer.say(RST | ACK))
    assert result == 'ECONNREFUSED', result
    return call, peer


def crossed(peer):
    peer.say(SYN)
    peer.hear()
    peer.seq = 1001
    peer.say(RST | ACK)


def untold():
    call, peer = opened()
    peer.say(RST | ACK)
    return call, peer


def reset():
    call, peer = untold()
    assert outcome(call.recv, 1) == 'ECONNRESET'
    return call, peer


def close_wait():
    call, peer = opened()
    peer.say(FIN | ACK)
    peer.hear()
    assert outcome(call.recv, 1) == 'end'
    return call, peer


def reset_in_close_wait():
    call, peer = close_wait()
    peer.say(RST | ACK)
    return call, peer


def fin_wait_1():
    call, peer = opened()
    call.shutdown(socket.SHUT_WR)
    peer.hear()
    return call, peer


def fin_wait_2():
    call, peer = fin_wait_1()
    peer.say(ACK)
    return call, peer


def closing():
    call, peer = fin_wait_1()
    acknowledged, peer.ack = peer.ack, peer.ack - 1 & 0xFFFFFFFF
    peer.say(FIN | ACK)
    peer.hear()
    peer.ack = acknowledged
    return call, peer


def time_wait():
    call, peer = fin_wait_2()
    peer.say(FIN | ACK)
    peer.hear()
    return call, peer


def last_ack():
    call, peer = close_wait()
    call.shutdown(socket.SHUT_WR)
    peer.hear()
    return call, peer


def closed_by_both():
    call, peer = last_ack()
    peer.say(ACK)
    return call, peer


def closed():
    call, peer = opened()
    os.close(call.detach())
    return call, peer


STATES = {1: 'ESTABLISHED', 2: 'SYN-SENT', 3: 'SYN-RECEIVED', 4: 'FIN-WAIT-1', 5: 'FIN-WAIT-2', 6: 'TIME-WAIT', 7: 'CLOSED', 8: 'CLOSE-WAIT', 9: 'LAST-ACK', 11: 'CLOSING'}


def kept(port):
    """What the kernel still has of this port's connection."""
    for line in open('/proc/net/tcp').readlines()[1:]:
        fields = line.split()
        if int(fields[1].split(':')[1], 16) == port and int(fields[2].split(':')[1], 16) == PORT:
            return STATES[int(fields[3], 16)]
    return 'CLOSED'


def receive(call):
    result = outcome(call.recv, 1, socket.MSG_DONTWAIT)
    return 'waits' if result == 'EAGAIN' else result


def abort(call):
    call.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    os.close(call.detach())


CALLS = {
    'send': lambda call: outcome(call.send, b'x'),
    'receive': receive,
    'shutdown': lambda call: outcome(call.shutdown, socket.SHUT_WR),
    'status': lambda call: outcome(call.getsockopt, socket.IPPROTO_TCP, socket.TCP_INFO, 8),
    'setOption': lambda call: outcome(call.setsockopt, socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    'abort': lambda call: outcome(abort, call),
    'close': lambda call: outcome(lambda: os.close(call.detach() if call.fileno() >= 0 else -1)),
}


# Each call twice: an error that waits is told once. A socket that is gone has no second.
def calls_in(make):
    found = {}
    for name, call in CALLS.items():
        socket_, peer = make()
        first = call(socket_)
        found[name] = [first] if name in ('abort', 'close') else [first, call(socket_)]
        if socket_.fileno() >= 0:
            socket_.close()
    return found


def again(make):
    """Another socket that would be the same two addresses and ports."""
    first, peer = make()
    second = bound(peer.port)
    second.setblocking(False)
    result = outcome(second.connect, (PEER, PORT))
    return result


def aborted(make):
    call, peer = make()
    abort(call)
    time.sleep(0.05)
    return kept(peer.port)


def listening():
    port = next(ports)
    first, second = bound(port), socket.socket()
    first.listen()
    second.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return outcome(second.bind, (HERE, port))


signal.signal(signal.SIGPIPE, signal.SIG_IGN)
MADE = dict(refused=refused, untold=untold, reset=reset, closeWaitReset=reset_in_close_wait, timeWait=time_wait,
            closedByBoth=closed_by_both, finWait1=fin_wait_1, finWait2=fin_wait_2, closing=closing, lastAck=last_ack, closed=closed)
print(json.dumps({
    'kernel': '.'.join(os.uname().release.split('.')[:2]),
    'calls': {name: calls_in(make) for name, make in MADE.items()},
    'connectResetInSynReceived': connecting(crossed)[2],
    'sameConnection': {name: again(make) for name, make in dict(established=opened, finWait2=fin_wait_2, timeWait=time_wait).items()},
    'afterAbort': {name: aborted(make) for name, make in dict(established=opened, closing=closing, lastAck=last_ack, timeWait=time_wait).items()},
    'secondListener': listening(),
}, indent=1))
