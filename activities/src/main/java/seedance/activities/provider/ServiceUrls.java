package seedance.activities.provider;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Where the service's tasks are, and which URLs are the service's own. */
final class ServiceUrls {
  /** {@code …/api/v3}, {@code …/v1}, and {@code …/api/plan/v3} of Volcano's Agent Plan (M). */
  private static final Pattern ENDS_WITH_A_VERSION = Pattern.compile(".*/v\\d{1,3}");

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final HttpUrl tasks;
  private final String task;

  /**
   * @param baseUrl as {@link ProviderSettings} has judged it
   */
  ServiceUrls(URI baseUrl, Dialect dialect, TaskPaths paths) {
    HttpUrl base = HttpUrl.get(baseUrl.toString());
    String path = base.encodedPath().replaceAll("/+$", "");
    String ofTheDialect =
        (ENDS_WITH_A_VERSION.matcher(path).matches() ? "" : "/" + dialect.version())
            + "/"
            + dialect.tasks();
    String below = paths.tasks().orElse(ofTheDialect).replaceAll("/+$", "");
    this.tasks = base.newBuilder().encodedPath(path + below).build();
    HttpUrl origin = base.newBuilder().encodedPath("/").build();
    this.task =
        paths
            .look()
            .map(look -> origin.toString().replaceAll("/$", "") + path + look)
            .orElse(tasks + "/" + TaskPaths.ID);
  }

  /** Where tasks are created and listed. */
  HttpUrl tasks() {
    return tasks;
  }

  /** Where a task is looked at. */
  HttpUrl task(String id) {
    return HttpUrl.get(task.replace(TaskPaths.ID, encoded(id)));
  }

  /**
   * An id may hold anything printable. All that has a meaning somewhere in a URL is escaped: a
   * server may cut a segment at {@code ;}, too.
   */
  private static String encoded(String id) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean unreserved =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "-._~".indexOf(c) >= 0;
      if (unreserved) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }
}
