package seedance.worker;

import java.time.Duration;
import java.util.Objects;

/**
 * What strangers may take of a port.
 *
 * @param connections open at once, &gt; 0; one more closes the one that has waited longest
 * @param largestBody of a request, in bytes
 * @param longestCall from the connection to the last byte of the answer; then it is closed
 */
record PortLimits(int connections, int largestBody, Duration longestCall) {
  PortLimits {
    Objects.requireNonNull(longestCall, "longestCall");
    if (connections < 1 || largestBody < 0) {
      throw new IllegalArgumentException("a port takes connections, and bodies of no less than 0");
    }
  }
}
