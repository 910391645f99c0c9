package dev.rowhouse.sql.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** What lies between a guarded socket and a driver: it may encrypt, and read every message before the driver does. */
@FunctionalInterface
public interface WireLayer {

    /** What the driver reads and writes. */
    record Wire(InputStream in, OutputStream out) {}

    /** Nothing lies between them. */
    WireLayer NONE = socket -> new Wire(socket.getInputStream(), socket.getOutputStream());

    /**
     * @param socket connected, nothing sent or read yet
     * @throws IOException when this server is not to be talked to; the socket is of no use then
     */
    Wire over(Socket socket) throws IOException;
}
