package seedance.worker;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What is answered on a {@link BoundedPort}.
 *
 * @param status of HTTP
 * @param type the media type; empty without a body
 * @param body empty for none
 * @param allow the methods that there are, for 405; empty for others
 */
record HttpAnswer(int status, String type, String body, String allow) {
  HttpAnswer {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(allow, "allow");
  }

  static HttpAnswer of(int status) {
    return new HttpAnswer(status, "", "", "");
  }

  static HttpAnswer text(int status, String type, String body) {
    return new HttpAnswer(status, type, body, "");
  }

  /** For a method that there is not, with those that there are. */
  static HttpAnswer wrongMethod(String allow) {
    return new HttpAnswer(405, "", "", allow);
  }

  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
