"""A TUN device of this network namespace: `tun.py ADDRESS COMMAND ...` runs a command that reads and writes its packets
on standard input and output, one packet each time. Needs no root inside `unshare -Urn`."""
import fcntl, os, struct, subprocess, sys

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def open_tun(address):
    """The descriptor of a new device that has this address; the other addresses of its /24 lie behind it."""
    device = os.open('/dev/net/tun', os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack('16sH', b'tun0', IFF_TUN | IFF_NO_PI))
    # One segment is one packet, as on the wire.
    for line in ('link set lo up', f'addr add {address}/24 dev tun0', 'link set dev tun0 up mtu 1500 gso_max_segs 1 txqueuelen 10000'):
        subprocess.run(['ip', *line.split()], check=True)
    os.set_inheritable(device, True)
    return device


if __name__ == '__main__':
    device = open_tun(sys.argv[1])
    os.dup2(device, 0)
    os.dup2(device, 1)
    os.execvp(sys.argv[2], sys.argv[2:])
