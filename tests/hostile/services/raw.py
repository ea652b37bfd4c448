"""A service that misbehaves at the level of bytes (W42 and W43 of the grading study).

    raw.py PORT TRICK

Bounded by construction: it sends at most 64 MiB, and ends by itself after a minute.
"""

import os
import socket
import sys
import threading
import time

PORT = int(sys.argv[1])
TRICK = sys.argv[2]
LIFE_S = 60
BYTES_MAX = 64 << 20
BLOCK = 64 << 10

GOOD = b'HTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n{"status":"paid"}'


def endless(connection, block):
    for _ in range(BYTES_MAX // len(block)):
        connection.sendall(block)


def endless_body(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    endless(connection, b"%x\r\n" % BLOCK + b"x" * BLOCK + b"\r\n")


def huge_head(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Header: ")
    endless(connection, b"x" * BLOCK)


def slow_byte(connection):
    for byte in GOOD:
        connection.sendall(bytes([byte]))
        time.sleep(1)


def too_long_a_length(connection):
    connection.sendall(GOOD.replace(b"17", b"170"))


def too_short_a_length(connection):
    connection.sendall(GOOD.replace(b"17", b"7"))


def two_lengths(connection):
    connection.sendall(GOOD.replace(b"Content-", b"Transfer-Encoding: chunked\r\nContent-"))


def babble(connection):
    connection.sendall(b"hello\r\n\r\nworld")


def silence(_connection):
    time.sleep(LIFE_S)


def drop(_connection):
    pass


def half_a_reply(connection):
    connection.sendall(GOOD[:-5])


def die(_connection):
    os._exit(1)


def no_json(connection):
    connection.sendall(GOOD.replace(b'{"status":"paid"}', b"everything's paid"))


TRICKS = {
    "endless-body": endless_body,
    "huge-head": huge_head,
    "slow-byte": slow_byte,
    "too-long-a-length": too_long_a_length,
    "too-short-a-length": too_short_a_length,
    "two-lengths": two_lengths,
    "babble": babble,
    "silence": silence,
    "drops": drop,
    "half-a-reply": half_a_reply,
    "dies": die,
    "no-json": no_json,
}


def serve(connection):
    try:
        if connection.recv(BLOCK):  # Not from one that only looks whether somebody listens.
            TRICKS[TRICK](connection)
    except OSError:
        pass  # The other side had enough.
    finally:
        connection.close()


threading.Timer(LIFE_S, lambda: os._exit(0)).start()
if TRICK == "never-listens":
    time.sleep(LIFE_S)
listener = socket.create_server(("127.0.0.1", PORT))
print("listening", flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
