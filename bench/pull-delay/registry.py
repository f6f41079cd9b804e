"""A registry with one image, and with a fault if one is asked for.

usage: registry.py ADDRESS PORT FAULT [CERTIFICATE KEY]
FAULT is none, mute (accepts connections and says nothing, not even TLS), hang (never answers a request), slow (1 KiB a second), stall (stops in the
middle of each layer) or steady (4 MiB a second). With a certificate it speaks TLS. The image is library/app:1, with two layers of 4 MiB.
"""

import gzip
import hashlib
import http.server
import io
import json
import random
import socket
import ssl
import sys
import tarfile
import threading
import time

LAYER = 4 << 20


def layer(number):
    """A layer whose bytes are always the same, and are random enough to stay long when they are compressed."""
    content = random.Random(number).randbytes(LAYER)
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        entry = tarfile.TarInfo(f"file-{number}")
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return tar.getvalue(), gzip.compress(tar.getvalue(), 1, mtime=0)


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def image():
    """The blobs and the manifest."""
    layers = [layer(number) for number in (1, 2)]
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {},
        "rootfs": {"type": "layers", "diff_ids": [digest(tar) for tar, _ in layers]},
    }).encode()
    kind = "application/vnd.oci.image."
    manifest = json.dumps({
        "schemaVersion": 2, "mediaType": kind + "manifest.v1+json",
        "config": {"mediaType": kind + "config.v1+json", "digest": digest(config), "size": len(config)},
        "layers": [{"mediaType": kind + "layer.v1.tar+gzip", "digest": digest(blob), "size": len(blob)} for _, blob in layers],
    }).encode()
    contents = {digest(content): ("application/octet-stream", content) for content in [config] + [blob for _, blob in layers]}
    contents[digest(manifest)] = contents["1"] = (kind + "manifest.v1+json", manifest)
    return contents


class Registry(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    contents = {}
    fault = "none"

    def log_message(self, format, *args):
        print(self.command, self.path, *args[1:], flush=True)

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        if self.fault == "hang":
            time.sleep(600)
        path = self.path.split("?")[0]
        kind, content = ("application/json", b"{}") if path == "/v2/" else self.contents.get(path.split("/")[-1], (None, b""))
        if kind is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        begin, wanted = 0, self.headers.get("Range")
        if wanted:
            begin = int(wanted.removeprefix("bytes=").split("-")[0])
        self.send_response(206 if wanted else 200)
        if wanted:
            self.send_header("Content-Range", f"bytes {begin}-{len(content) - 1}/{len(content)}")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) - begin))
        if len(path.split("/")[-1]) > 64:
            self.send_header("Docker-Content-Digest", path.split("/")[-1])
        elif path != "/v2/":
            self.send_header("Docker-Content-Digest", digest(content))
        self.end_headers()
        if self.command == "GET":
            self.send(content[begin:])

    def send(self, content):
        if self.fault == "slow":
            for at in range(0, len(content), 256):
                self.wfile.write(content[at:at + 256])
                time.sleep(0.25)
        elif self.fault == "stall" and len(content) > LAYER // 2:
            self.wfile.write(content[:LAYER // 2])
            time.sleep(600)
        elif self.fault == "steady":
            for at in range(0, len(content), 65536):
                self.wfile.write(content[at:at + 65536])
                time.sleep(65536 / (4 << 20))
        else:
            self.wfile.write(content)


class Threads(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    tls = None

    def get_request(self):
        connection, address = super().get_request()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection, address

    def finish_request(self, connection, address):
        if Registry.fault == "mute":
            time.sleep(600)
        if self.tls:
            connection = self.tls.wrap_socket(connection, server_side=True)
        super().finish_request(connection, address)

    def handle_error(self, request, client_address):
        pass  # clients hang up


def main(address, port, fault, *pair):
    Registry.fault = fault
    Registry.contents = image()
    server = Threads((address, int(port)), Registry)
    if pair:
        server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.tls.load_cert_chain(*pair)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("serves", flush=True)
    threading.Event().wait(3600)  # whoever forgot it is rid of it in an hour


main(*sys.argv[1:])
