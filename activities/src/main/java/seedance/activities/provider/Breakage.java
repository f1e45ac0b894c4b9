package seedance.activities.provider;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Says in our own words how a call broke. An exception's own message names hosts and URLs, and is
 * not passed on.
 *
 * <p>Any exception counts as a broken call, not the declared {@link java.io.IOException} alone:
 * OkHttp, being Kotlin, throws an undeclared {@link InterruptedException} while it waits for a
 * connection, and after a create even a library's bug must not hide that a task may exist.
 */
final class Breakage {
  private static final String STOPPED = "the worker was stopped during the call";
  private static final int DEEPEST_CAUSE = 10;

  private Breakage() {}

  /** Before the request had left whole. */
  static String beforeArrival(Exception failure) {
    return inWords(
        failure,
        "the request could not leave in time",
        "the connection broke before the request had left");
  }

  /** When the request may have arrived. */
  static String afterArrival(Exception failure) {
    return inWords(
        failure, "no answer came in time", "the connection broke before the answer came");
  }

  /** While a file was flowing. */
  static String duringDownload(Exception failure) {
    return inWords(failure, "the file stopped flowing", "the connection broke in the file");
  }

  private static String inWords(Exception failure, String timeIsUp, String broken) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return STOPPED;
    }
    if (failure instanceof InterruptedIOException) {
      // OkHttp reports a time that is up and a thread that is interrupted by the same type.
      return Thread.currentThread().isInterrupted() ? STOPPED : timeIsUp;
    }
    if (has(failure, Inflow.Flood.class)) {
      return "the host sends without end, and nothing that can be read";
    }
    if (has(failure, UnknownHostException.class)) {
      return "the host name was not found";
    }
    if (has(failure, CertificateException.class)
        || has(failure, SSLPeerUnverifiedException.class)) {
      return "the host's TLS certificate is not trusted";
    }
    if (has(failure, SSLException.class)) {
      return "the TLS connection failed";
    }
    if (has(failure, NoRouteToHostException.class)) {
      return "there is no route to the host";
    }
    return has(failure, ConnectException.class) ? "the connection was refused" : broken;
  }

  private static boolean has(Exception failure, Class<? extends Exception> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
