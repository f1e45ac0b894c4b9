package seedance.worker.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy whose connections can be held up and cut. It outlives both of its sides: a process
 * that is started again finds it at the same port.
 */
final class FaultProxy implements AutoCloseable {

  /** Carries one connection's bytes, until either side has no more. */
  interface Conversation {
    void hold(Line line) throws IOException;
  }

  /** Both ends of a connection. */
  final class Line {
    private final Socket caller;
    private final Socket target;

    private Line(Socket caller, Socket target) {
      this.caller = caller;
      this.target = target;
    }

    InputStream fromCaller() throws IOException {
      return caller.getInputStream();
    }

    OutputStream toCaller() throws IOException {
      return caller.getOutputStream();
    }

    InputStream fromTarget() throws IOException {
      return target.getInputStream();
    }

    OutputStream toTarget() throws IOException {
      return target.getOutputStream();
    }

    /** Waits while the proxy is paused. */
    void pass() throws IOException {
      synchronized (FaultProxy.this) {
        while (paused && lines.contains(this)) {
          try {
            FaultProxy.this.wait();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
        }
      }
      if (!lines.contains(this)) {
        throw new SocketException("the line was cut");
      }
    }

    /** Ends the connection so that the caller sees a reset. */
    void reset() {
      synchronized (FaultProxy.this) {
        lines.remove(this);
        FaultProxy.this.notifyAll();
      }
      try {
        caller.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already.
      }
      close();
    }

    private void close() {
      lines.remove(this);
      closed(caller);
      closed(target);
    }
  }

  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final ServerSocket server;
  private final int targetPort;
  private final Conversation conversation;
  private boolean paused;

  private FaultProxy(ServerSocket server, int targetPort, Conversation conversation) {
    this.server = server;
    this.targetPort = targetPort;
    this.conversation = conversation;
  }

  /** A proxy that carries bytes as they come. */
  static FaultProxy of(int targetPort) {
    return of(targetPort, FaultProxy::carryBothWays);
  }

  /**
   * @param targetPort of this machine
   */
  static FaultProxy of(int targetPort, Conversation conversation) {
    try {
      ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
      FaultProxy proxy = new FaultProxy(server, targetPort, conversation);
      inBackground(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code host:port}. */
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Holds everything up until {@link #resume} or {@link #cut}; connections stay open. */
  synchronized void pause() {
    paused = true;
  }

  /** Lets what was held up go on. */
  synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /** Resets every connection; what was held up is gone. */
  void cut() {
    lines.forEach(Line::reset);
  }

  @Override
  public void close() {
    closed(server);
    cut();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        inBackground(() -> connect(caller));
      } catch (IOException closing) {
        return;
      }
    }
  }

  private void connect(Socket caller) {
    Line line = new Line(caller, new Socket());
    lines.add(line);
    try {
      caller.setTcpNoDelay(true);
      line.target.setTcpNoDelay(true);
      line.target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort));
      conversation.hold(line);
    } catch (IOException e) {
      // One side went away; so does the other.
    } finally {
      line.close();
    }
  }

  private static void carryBothWays(Line line) throws IOException {
    inBackground(
        () -> {
          try {
            carry(line, line.fromTarget(), line.toCaller());
          } catch (IOException e) {
            // Closing ends the other direction too.
          } finally {
            line.close();
          }
        });
    carry(line, line.fromCaller(), line.toTarget());
  }

  private static void carry(Line line, InputStream from, OutputStream to) throws IOException {
    byte[] bytes = new byte[16 * 1024];
    for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
      line.pass();
      to.write(bytes, 0, count);
    }
  }

  private static void inBackground(Runnable work) {
    Thread thread = new Thread(work, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void closed(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no use any more.
    }
  }
}
