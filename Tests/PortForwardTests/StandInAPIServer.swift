import Foundation
import TestSupport
import Transport

/// Speaks the port-forward of the Kubernetes API over TLS, as the pod's name says.
struct StandInAPIServer {
    let url: String
    let tls: TLSSettings

    static func serving(_ body: (StandInAPIServer) async throws -> Void) async throws {
        try await Repository.withFolder { folder in
            let authority = try TestAuthority(in: folder)
            let script = folder.appending(path: "server.py")
            try Data(program.utf8).write(to: script)
            let (log, path) = (folder.appending(path: "log"), folder.path)
            let arguments = ["python3", script.path, "\(path)/server.pem", "\(path)/server.key"]
            try await ChildProcess.serving(arguments, output: log) { port in
                try await body(StandInAPIServer(url: "https://127.0.0.1:\(port)", tls: try authority.tls()))
            }
        }
    }

    private static let program = #"""
        import base64, hashlib, json, socket, ssl, struct, sys, threading, time

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])


        def frame(payload, opcode=2, final=True):
            head = bytes([opcode | (0x80 if final else 0)])
            size = len(payload)
            if size < 126:
                return head + bytes([size]) + payload
            return head + (b"\x7e" + struct.pack(">H", size) if size < 65536 else b"\x7f" + struct.pack(">Q", size)) + payload


        def exactly(stream, count):
            data = stream.read(count)
            if len(data) < count:
                raise EOFError
            return data


        def message(stream):
            first, second = exactly(stream, 2)
            assert second & 0x80, "a client masks"
            size = second & 0x7F
            if size > 125:
                size = int.from_bytes(exactly(stream, 2 if size == 126 else 8), "big")
            mask, data = exactly(stream, 4), exactly(stream, size)
            return first & 0x0F, bytes(byte ^ mask[i & 3] for i, byte in enumerate(data))


        def refuse(connection, status, text):
            body = json.dumps({"kind": "Status", "message": text}).encode()
            connection.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)


        def serve(raw):
            connection = context.wrap_socket(raw, server_side=True)
            stream = connection.makefile("rb")
            target = stream.readline().split()[1].decode()
            headers = {}
            while (line := stream.readline().strip()):
                name, _, value = line.decode().partition(": ")
                headers[name.lower()] = value
            pod = target.split("/")[6]
            authorization = headers.get("authorization")
            if authorization in passing:
                passing.remove(authorization)
            elif authorization != "Bearer token":
                return refuse(connection, 401, "Unauthorized")
            if pod == "silent":
                return time.sleep(60)
            if pod == "forbidden":
                return refuse(connection, 403, 'pods "forbidden" is forbidden: cannot get pods/portforward')
            if pod == "missing":
                return refuse(connection, 404, 'pods "missing" not found')
            if pod == "page":
                return connection.sendall(b"HTTP/1.1 502 X\r\nContent-Length: 6\r\n\r\nhunter")
            accept = hashlib.sha1((headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode())
            accept = base64.b64encode(accept.digest()).decode() if pod != "liar" else "x"
            protocol = "" if pod == "old" else f"Sec-WebSocket-Protocol: {headers['sec-websocket-protocol']}\r\n"
            port = struct.pack("<H", int(target.split("ports=")[1]))
            # The first frames come in one piece with the header.
            connection.sendall(
                f"HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{protocol}"
                f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode() + frame(b"\0" + port) + frame(b"\1" + port)
            )
            if pod == "deaf":
                connection.sendall(frame(b"\1an error: connection refused"))
            if pod == "leaving":
                return connection.sendall(frame(b"\x03\xe8", 8))
            seen = b""
            while True:
                opcode, data = message(stream)
                if opcode == 8:
                    return
                if opcode == 10 or not data:
                    continue
                assert data[0] == 0
                if pod == "echo":
                    connection.sendall(frame(b"ping", 9) + frame(data[:3], 2, False) + frame(data[3:], 0, True))
                    continue
                seen += data[1:]
                head, _, body = seen.partition(b"\r\n\r\n")
                length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
                if b"\r\n\r\n" in seen and len(body) >= (int(length[0].split()[1]) if length else 0):
                    answer = hashlib.sha256(body).hexdigest().encode() + body
                    text = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer
                    for start in range(0, len(text), 40000):
                        connection.sendall(frame(b"\0" + text[start:start + 40000]))


        # Good for one forward.
        passing = ["Bearer passing-token", "Bearer passing-unknown"]


        def guarded(raw):
            try:
                serve(raw)
            except (EOFError, OSError):
                pass
            finally:
                raw.close()


        listener = socket.create_server(("127.0.0.1", 0))
        while True:
            threading.Thread(target=guarded, args=(listener.accept()[0],), daemon=True).start()
        """#
}
