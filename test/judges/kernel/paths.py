#!/usr/bin/env python3
"""Two namespaces, a TUN device in each, a relay between them that harms; one connection a recording."""
import os, sys, fcntl, struct, socket, random, subprocess, threading, time, heapq, select, ctypes
libc = ctypes.CDLL(None, use_errno=True)
SEED, COUNT, OUT = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
CLONE_NEWNET = 0x40000000
def tun(name):
    fd = os.open('/dev/net/tun', os.O_RDWR)
    fcntl.ioctl(fd, 0x400454ca, struct.pack('16sH22x', name.encode(), 0x0001 | 0x1000))
    return fd
def sh(c): subprocess.run(c, shell=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
def in_ns(fd, f):
    """f in a thread of that namespace."""
    box = {}
    def go():
        if libc.setns(fd, CLONE_NEWNET): raise OSError(ctypes.get_errno())
        try: box['r'] = f()
        except Exception as e: box['e'] = e
    t = threading.Thread(target=go); t.start(); t.join()
    if 'e' in box: raise box['e']
    return box.get('r')
def newns():
    box = {}
    def go():
        if libc.unshare(CLONE_NEWNET): raise OSError(ctypes.get_errno())
        box['fd'] = os.open(f'/proc/self/task/{threading.get_native_id()}/ns/net', os.O_RDONLY)
    t = threading.Thread(target=go); t.start(); t.join()
    return box['fd']
def setup(fd, own, peer, gso1):
    def f():
        t = tun('tun0')
        sh('ip link set lo up'); sh(f'ip addr add {own} peer {peer} dev tun0')
        if gso1: sh('ip link set tun0 gso_max_segs 1')
        sh('ip link set tun0 up')
        for line in ('tcp_rmem=4096 131072 6291456', 'tcp_no_metrics_save=1'):
            k, v = line.split('=')
            open('/proc/sys/net/ipv4/' + k, 'w').write(v)
        return t
    return in_ns(fd, f)
class Relay(threading.Thread):
    def __init__(self, a, b, p, rnd):
        super().__init__(daemon=True); self.fds, self.p, self.rnd, self.stop = (a, b), p, rnd, False
    def run(self):
        p, rnd, heap, n = self.p, self.rnd, [], 0
        free, last = [0, 0], [0, 0]
        while not self.stop:
            now = time.monotonic()
            while heap and heap[0][0] <= now:
                _, _, out, data = heapq.heappop(heap)
                try: os.write(out, data)
                except OSError: pass
                now = time.monotonic()
            wait = 0.05 if not heap else max(0, min(0.05, heap[0][0] - now))
            r, _, _ = select.select(self.fds, [], [], wait if wait > 0.0008 else 0)
            for fd in r:
                data = os.read(fd, 65536); d = self.fds.index(fd); now = time.monotonic()
                if data[0] >> 4 != 4: continue
                if rnd.random() < p['loss']: continue
                due = now
                if p['rate']:
                    start = max(now, free[d])
                    if start - now > p['queue']: continue
                    free[d] = start + len(data) * 8 / p['rate']; due = free[d]
                due += p['delay'] + rnd.random() * p['jitter']
                if rnd.random() < p['reorder']: due += rnd.uniform(.003, .02)
                elif not p['free']: due = max(due, last[d]); last[d] = due
                n += 1; heapq.heappush(heap, (due, n, self.fds[1 - d], data))
                if rnd.random() < p['copy']: n += 1; heapq.heappush(heap, (due + rnd.random() * .005, n, self.fds[1 - d], data))
def sock(fd, port=None):
    def f():
        s = socket.socket(); s.setsockopt(socket.IPPROTO_TCP, 13, b'cubic')
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if port: s.bind(('', port))
        s.settimeout(15)
        return s
    return in_ns(fd, f)
def recvn(s, n):
    got = 0
    while got < n:
        d = s.recv(65536)
        if not d: return
        got += len(d)
def one(i):
    rnd = random.Random(f'{SEED}/{i}')
    kind = ['loss', 'reorder', 'queue', 'jitter', 'copies'][[0,0,0,1,1,2,2,2,3,4][i % 10]]
    p = dict(loss=0, rate=0, queue=0, delay=rnd.choice([.005, .01, .02, .04, .08]), jitter=0, reorder=0, copy=0, free=False)
    if kind == 'loss' or rnd.random() < .3: p['loss'] = rnd.uniform(.01, .04)
    if kind == 'reorder': p['reorder'] = rnd.uniform(.01, .03)
    if kind == 'queue' or (kind == 'jitter' and rnd.random() < .4): p['rate'] = rnd.uniform(1, 10) * 1e6; p['queue'] = rnd.uniform(.03, .15)
    if kind == 'jitter': p['jitter'] = rnd.uniform(.002, .008)
    if kind == 'copies': p['copy'] = .01; p['loss'] = p['loss'] or .01
    gso1, at = rnd.random() < .5, rnd.randrange(2)
    load = rnd.choice(['down', 'up', 'ask', 'bursts', 'small'])
    nodelay = rnd.random() < .5
    size = rnd.choice([15, 40, 100, 200, 300]) * 1000
    ns = [newns(), newns()]
    port = 42000 + i
    fds = [setup(ns[0], '10.88.0.1', '10.88.1.2', gso1), setup(ns[1], '10.88.1.2', '10.88.0.1', gso1)]
    lst = sock(ns[1], 8000); lst.listen(5)
    c = sock(ns[0], port)
    if nodelay: c.setsockopt(socket.IPPROTO_TCP, 1, 1)
    pcap = f'{OUT}/{i:03}.pcap'
    dump = in_ns(ns[at], lambda: subprocess.Popen(['tcpdump', '--immediate-mode', '-Z', 'root', '-i', 'tun0', '-s', '100', '-U', '-B', '4096', '-w', pcap, 'tcp'], stderr=subprocess.PIPE))
    dump.stderr.readline(); time.sleep(.15)
    relay = Relay(*fds, p, rnd); relay.start()
    def server():
        try:
            s, _ = lst.accept(); s.settimeout(15)
            if nodelay: s.setsockopt(socket.IPPROTO_TCP, 1, 1)
            if load == 'down': recvn(s, 120); s.sendall(b'd' * size)
            elif load == 'up': recvn(s, size); s.sendall(b'o' * 50)
            elif load == 'ask':
                for _ in range(6): recvn(s, 60); s.sendall(b'a' * (size // 8))
            elif load == 'bursts': recvn(s, 5 * 9000); s.sendall(b'o' * 20)
            else: recvn(s, sum(sizes)); s.sendall(b'o' * 20)
            s.close()
        except OSError: pass
    sizes = [rnd.randrange(20, 1000) for _ in range(12)]
    gaps = [rnd.uniform(.005, .05) for _ in range(12)]
    t = threading.Thread(target=server); t.start()
    ok = True
    try:
        c.connect(('10.88.1.2', 8000))
        if load == 'down': c.sendall(b'r' * 120); recvn(c, 1 << 30)
        elif load == 'up': c.sendall(b'u' * size); recvn(c, 50)
        elif load == 'ask':
            for _ in range(6): c.sendall(b'r' * 60); recvn(c, size // 8); time.sleep(.15)
        elif load == 'bursts':
            for _ in range(5): c.sendall(b'b' * 9000); time.sleep(.1)
            recvn(c, 20)
        else:
            for n, g in zip(sizes, gaps): c.sendall(b's' * n); time.sleep(g)
            recvn(c, 20)
        c.close()
    except OSError as e: ok = False
    t.join(); time.sleep(.5)
    dump.terminate(); dump.wait(); relay.stop = True; relay.join()
    lst.close()
    for f in fds + ns: os.close(f)
    return kind, load, ok, p['delay'], at, gso1
for i in range(COUNT):
    print(i, *one(i), flush=True)
