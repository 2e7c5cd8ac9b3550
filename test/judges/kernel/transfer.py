"""One transfer: `transfer.py JOB RELAY.mjs` (transfer.ts says what a job is). Each end that is the kernel's
lives in a network namespace of its own behind a TUN device; the relay, a Node process, has both devices and our machine where that
is an end. Prints one line of JSON."""
import ctypes, hashlib, json, os, random, select, socket, struct, subprocess, sys, threading, time

from tun import open_tun

SENDER, RECEIVER, PORT = '10.77.9.1', '10.77.9.2', 7000
CLONE_NEWNET = 0x40000000
TCP_INFO, TCP_CONGESTION, SND_CWND_AT = 11, 13, 8 + 18 * 4
SAMPLE_SECONDS = 0.01
# The defaults of the kernel, whatever this machine has set; without what earlier connections left behind.
SYSCTLS = {'tcp_rmem': '4096 131072 6291456', 'tcp_wmem': '4096 16384 4194304', 'tcp_no_metrics_save': '1', 'tcp_ecn': '2',
           'tcp_sack': '1', 'tcp_timestamps': '1', 'tcp_window_scaling': '1', 'tcp_early_retrans': '3', 'tcp_recovery': '1',
           'tcp_min_tso_segs': '1'}


def device(address):
    for name, value in SYSCTLS.items():
        with open('/proc/sys/net/ipv4/' + name, 'w') as file: file.write(value)
    return open_tun(address)


def new_socket():
    made = socket.socket()
    made.setsockopt(socket.IPPROTO_TCP, TCP_CONGESTION, b'cubic')
    return made


def sends(job, gate):
    """The program at the kernel's sending end."""
    data = random.Random(job['seed']).randbytes(job['bytes'])
    gate.wait()
    s = new_socket()
    s.connect((RECEIVER, PORT))
    begun, cwnd, done = time.monotonic(), [], threading.Event()

    def sample():
        while not done.wait(SAMPLE_SECONDS):
            info = s.getsockopt(socket.IPPROTO_TCP, TCP_INFO, 104)
            cwnd.append([(time.monotonic() - begun) * 1000, struct.unpack_from('I', info, SND_CWND_AT)[0]])
    threading.Thread(target=sample, daemon=True).start()
    s.sendall(data)
    s.shutdown(socket.SHUT_WR)
    while s.recv(65536): pass
    done.set()
    return dict(sent=hashlib.sha256(data).hexdigest(), cwnd=cwnd)


def receives(_, gate):
    """The program at the kernel's receiving end."""
    listener = new_socket()
    listener.bind((RECEIVER, PORT))
    listener.listen(1)
    gate.open()
    s, hash = listener.accept()[0], hashlib.sha256()
    while got := s.recv(65536): hash.update(got)
    s.close()
    return dict(received=hash.hexdigest())


class Gate:
    """Opened in one process, waited for in another."""

    def __init__(self): self.out, self.into = os.pipe()
    def open(self): os.write(self.into, b'x')
    def wait(self): os.read(self.out, 1)


def forked(program, job, gate):
    """Runs a program in a process that stays in this namespace; gives its id and where its answer comes."""
    out, into = os.pipe()
    pid = os.fork()
    if pid: return pid, os.fdopen(out)
    os.write(into, json.dumps(program(job, gate)).encode() + b'\n')
    os._exit(0)


def promptly():
    """Where we may, ahead of other programs: a stack in a process that waits for its turn sees round trips that are none."""
    try: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(20))
    except OSError: pass


def main():
    if '--inside' not in sys.argv:
        promptly()
        os.execvp('unshare', ['unshare', '-Urn', sys.executable, *sys.argv, '--inside'])
    with open(sys.argv[1]) as file: job = json.load(file)
    listening, may_connect, programs, devices = Gate(), Gate(), [], {}
    for role, address, program, gate in (('receiver', RECEIVER, receives, listening), ('sender', SENDER, sends, may_connect)):
        if job[role] == 'ours': continue
        if programs: ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET)
        devices[role] = device(address)
        programs.append(forked(program, job, gate))
    if 'receiver' in devices: listening.wait()
    relay = subprocess.Popen(['node', sys.argv[2], sys.argv[1], *(str(devices.get(x, '-')) for x in ('sender', 'receiver'))],
                             stdout=subprocess.PIPE, pass_fds=tuple(devices.values()))
    relay.stdout.readline()
    may_connect.open()
    outcome, deadline = {}, time.monotonic() + job['limitMs'] / 1000
    for stream in [relay.stdout, *(answer for _, answer in programs)]:
        if select.select([stream], [], [], max(0, deadline - time.monotonic()))[0]:
            outcome.update(json.loads(stream.readline() or '{}'))
    relay.kill()
    for pid, _ in programs:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
    print(json.dumps(outcome))


main()
