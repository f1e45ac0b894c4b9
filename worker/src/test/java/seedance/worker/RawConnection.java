package seedance.worker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A client that says what it likes, and no more. */
final class RawConnection implements AutoCloseable {
  /** Nothing waits for so long unless something is wrong. */
  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket;

  private RawConnection(Socket socket) {
    this.socket = socket;
  }

  static RawConnection to(int port, String begins) throws IOException {
    RawConnection connection = new RawConnection(new Socket("127.0.0.1", port));
    connection.socket.setSoTimeout(PATIENCE_MILLIS);
    connection.send(begins);
    return connection;
  }

  void send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** All that comes until the other side closes; empty where it only closes. */
  String answer() {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) {
        answer.write(b);
      }
    } catch (SocketTimeoutException hangs) {
      throw new AssertionError("the connection is neither answered nor closed", hangs);
    } catch (IOException reset) {
      // Closed, too.
    }
    return answer.toString(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
