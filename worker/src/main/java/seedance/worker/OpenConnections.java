package seedance.worker;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The connections of a port, as many as it takes. One more closes the one that has waited longest
 * for its request, as whoever has something to say says it at once; where every request has come,
 * the one that is answered for longest. Used on the port's own thread alone.
 */
final class OpenConnections {
  private final int most;
  private final Set<Channel> unread = new LinkedHashSet<>();
  private final Set<Channel> read = new LinkedHashSet<>();

  OpenConnections(int most) {
    this.most = most;
  }

  void add(Channel connection) {
    if (unread.size() + read.size() >= most) {
      Channel longest = (unread.isEmpty() ? read : unread).iterator().next();
      forget(longest);
      longest.close();
    }
    unread.add(connection);
    connection.closeFuture().addListener(closed -> forget(connection));
  }

  /** Its request has come whole. */
  void hasAsked(Channel connection) {
    if (unread.remove(connection)) {
      read.add(connection);
    }
  }

  private void forget(Channel connection) {
    unread.remove(connection);
    read.remove(connection);
  }
}
