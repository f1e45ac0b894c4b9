package seedance.activities.provider;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.SocketFactory;

/**
 * Sockets that break off where an {@link Inflow} has no end, below TLS and everything that OkHttp
 * reads by itself. What is written begins it anew: an answer is expected.
 */
final class WatchedSockets extends SocketFactory {
  private final Supplier<Inflow> inflows;

  /**
   * @param inflows asked for each socket
   */
  WatchedSockets(Supplier<Inflow> inflows) {
    this.inflows = inflows;
  }

  @Override
  public Socket createSocket() {
    Inflow inflow = inflows.get();
    return new Socket() {
      @Override
      public InputStream getInputStream() throws IOException {
        return new Watched(super.getInputStream(), inflow);
      }

      @Override
      public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
          @Override
          public void write(byte[] from, int offset, int length) throws IOException {
            inflow.begin();
            out.write(from, offset, length);
          }
        };
      }
    };
  }

  private static final class Watched extends FilterInputStream {
    private final Inflow inflow;

    Watched(InputStream socket, Inflow inflow) {
      super(socket);
      this.inflow = inflow;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      inflow.came(1);
      return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      inflow.came(read);
      return read;
    }
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw unconnectedOnly();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw unconnectedOnly();
  }

  private static UnsupportedOperationException unconnectedOnly() {
    return new UnsupportedOperationException("OkHttp connects by itself");
  }
}
