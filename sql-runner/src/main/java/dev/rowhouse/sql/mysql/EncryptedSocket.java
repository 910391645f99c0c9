package dev.rowhouse.sql.mysql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A socket after its handshake, with streams of ours over its own. An {@link SSLSocket} because the driver tells by that whether
 * it may let the server see the password, as a first login by {@code caching_sha2_password} needs. It can do what the driver
 * does with it, and nothing else.
 */
final class EncryptedSocket extends SSLSocket {
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;

    EncryptedSocket(SSLSocket socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return socket.getRemoteSocketAddress();
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        socket.setSoTimeout(timeout);
    }

    @Override
    public int getSoTimeout() throws SocketException {
        return socket.getSoTimeout();
    }

    @Override
    public boolean isClosed() {
        return socket.isClosed();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    @Override
    public SSLSession getSession() {
        return socket.getSession();
    }

    @Override
    public void startHandshake() {
        throw done();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return socket.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return socket.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        throw done();
    }

    @Override
    public String[] getSupportedProtocols() {
        return socket.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return socket.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        throw done();
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        throw done();
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        throw done();
    }

    @Override
    public void setUseClientMode(boolean client) {
        throw done();
    }

    @Override
    public boolean getUseClientMode() {
        return true;
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        throw done();
    }

    @Override
    public boolean getNeedClientAuth() {
        return false;
    }

    @Override
    public void setWantClientAuth(boolean want) {
        throw done();
    }

    @Override
    public boolean getWantClientAuth() {
        return false;
    }

    @Override
    public void setEnableSessionCreation(boolean enabled) {
        throw done();
    }

    @Override
    public boolean getEnableSessionCreation() {
        return false;
    }

    private static UnsupportedOperationException done() {
        return new UnsupportedOperationException("The handshake is done");
    }
}
